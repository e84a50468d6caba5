/**
 * The words for how a live task stands, the sentences for workers, and the error that ends a wait. Plain literals, so that bundlers can leave
 * out what a page does not use.
 */

/** How the page's connection is. The page keeps trying in all but `disconnected` and `websockets_failure`. */
export const CONNECTION_STATUS = {
  FAILED: "failed",
  INITIALIZING: "initializing",
  WEBSOCKETS_FAILURE: "websockets_failure",
  CONNECTED: "connected",
  DISCONNECTED: "disconnected",
  RECONNECTING_ROUTER: "reconnecting_router",
  DISCONNECTED_ROUTER: "disconnected_router",
  RECONNECTING_SERVER: "reconnecting_server",
  DISCONNECTED_SERVER: "disconnected_server",
};

/** How the agent is. */
export const AGENT_STATUS = {
  NONE: "none",
  ACCEPTED: "accepted",
  ONBOARDING: "onboarding",
  WAITING: "waiting",
  IN_TASK: "in task",
  COMPLETED: "completed",
  DONE: "done",
  DISCONNECT: "disconnect",
  TIMEOUT: "timeout",
  PARTNER_DISCONNECT: "partner disconnect",
  EXPIRED: "expired",
  RETURNED: "returned",
  APPROVED: "approved",
  SOFT_REJECTED: "soft_rejected",
  REJECTED: "rejected",
  MEPHISTO_DISCONNECT: "mephisto disconnect",
};

/** What a worker may be told when the work ends before it is done. */
export const STATUS_TO_TEXT_MAP = {
  expired: "This task has been closed and takes no more work. Please return it and choose another one.",
  timeout: "The time for this task is over, so it has gone to someone else. Please return it and choose another one.",
  disconnect:
    "You were away for too long, so this task has gone to someone else. If you had done a good part of it, please write to the requester.",
  returned:
    "This task was returned and has gone to someone else. If you had done a good part of it, please write to the requester.",
  "partner disconnect": "Your partner has left. That is not held against you: please submit the task as it is.",
  "mephisto disconnect":
    "The server of this task does not answer any more. If you had done a good part of it, please write to the requester.",
};

const ENDED = new Set(["disconnect", "returned", "expired", "timeout", "partner disconnect"]);
const DONE = new Set(["completed", "done", "approved", "soft_rejected", "rejected"]);

/** Whether nothing can be sent for the agent any more. */
export function isEnded(status) {
  return ENDED.has(status);
}

/** Whether the work is handed in: a connection is still used, but no longer missed. */
export function isDone(status) {
  return DONE.has(status);
}

export class LiveError extends Error {
  /** @param {string} code `ended`, `closed`, `not_connected`, `too_many_updates`, `too_large`, or what a remote call failed with */
  constructor(code, message) {
    super(message);
    this.name = "LiveError";
    this.code = code;
  }

  /** The name under which pages for the original client read the message. */
  get reason() {
    return this.message;
  }

  /** Whether it failed because there is no connection and will be none. */
  get disconnected() {
    return this.code === "ended" || this.code === "closed";
  }
}
