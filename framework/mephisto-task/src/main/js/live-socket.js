/**
 * Live updates of one agent after the other, over connections that come back by themselves. What the page sends is kept until the server
 * acknowledges it and sent again, in order, on every new socket: the server takes each `update_id` once. What the server sends is shown
 * once. A server that acknowledges nothing, as the original's, is taken at the word of its open socket.
 */

import { createConnection } from "./connection.js";
import { CONNECTION_STATUS, LiveError, STATUS_TO_TEXT_MAP, isDone, isEnded } from "./live-status.js";
import { createOutbox, newId } from "./outbox.js";

/** So long a first update waits for an acknowledgement from a server that has never sent any. */
const FIRST_ACKNOWLEDGEMENT_MS = 1_000;
/** And so long any is kept on a socket that works, before it is sent again. */
const KEEP_WRITTEN_MS = 10_000;
/** So long a connection outlives its agent, to bring out what is left. */
const LEAVE_MS = 10_000;
const MOST_SEEN = 10_000;
const TOO_LARGE = 1009;

/**
 * @param on {onConnectionStatusChange(status), onStatusUpdate({status}), onLiveUpdate(data)}
 * @param config see createConnection
 */
export function createLiveSocket(on, config = {}) {
  let session = null;
  let acknowledges = false;
  let isDestroyed = false;

  /** Opens the connection of an agent; of the one that is connected already, does nothing. `seen` are updates that are not to be shown. */
  function connect(agentId, seen = []) {
    if (isDestroyed || session?.agentId === agentId) {
      return;
    }
    session?.leave();
    session = openSession(agentId, seen);
    // Only now: who is told may have something to send at once.
    on.onConnectionStatusChange(session.status());
  }

  /** Resolves to the data with its `update_id` when the server has it; rejects with a LiveError when it never will. */
  async function sendLiveUpdate(data) {
    if (data === null || typeof data !== "object" || Array.isArray(data)) {
      throw new TypeError("A live update is an object.");
    }
    if (isDestroyed) {
      throw new LiveError("closed", "The connection has been closed by the page.");
    }
    if (session === null) {
      throw new LiveError("not_connected", "There is no agent yet for whom a live update could be sent.");
    }
    return session.send({ ...data, update_id: data.update_id ?? newId() });
  }

  function openSession(agentId, past) {
    const outbox = createOutbox(agentId);
    const seen = createSeen(past);
    outbox.acknowledge(past.map((update) => update?.update_id));
    let agentStatus = null;
    let connectionStatus = CONNECTION_STATUS.INITIALIZING;
    let endedBy = null;
    let isLeaving = false;
    let isMissed = true;

    const connection = createConnection(agentId, config, {
      open() {
        connection.write(packet("alive", { update_id: newId(), acknowledge: true }));
        outbox.list().forEach(write);
        changeConnection(CONNECTION_STATUS.CONNECTED);
      },
      packet: received,
      system(isThere, behindMs) {
        if (isThere) {
          review(connectionStatus === CONNECTION_STATUS.RECONNECTING_SERVER, performance.now() - behindMs);
        }
        changeConnection(isThere ? CONNECTION_STATUS.CONNECTED : CONNECTION_STATUS.RECONNECTING_SERVER);
      },
      lost(closeCode) {
        if (closeCode === TOO_LARGE) {
          outbox.rejectLargest();
        }
        if (!isMissed && outbox.isEmpty()) {
          close(new LiveError("closed", "The task is handed in."), true);
        } else {
          changeConnection(CONNECTION_STATUS.RECONNECTING_ROUTER);
        }
      },
    });

    function packet(packet_type, data) {
      return JSON.stringify({ packet_type, subject_id: agentId, data, client_timestamp: Date.now() / 1000 });
    }

    function send(data) {
      if (endedBy) {
        throw endedBy;
      }
      const entry = outbox.add(data);
      if (entry.writtenAt === null) {
        write(entry);
      }
      return entry.promise;
    }

    function write(entry) {
      if (!connection.write(entry.frame)) {
        return;
      }
      entry.writtenAt = performance.now();
      if (!acknowledges) {
        setTimeout(() => acknowledges || outbox.presume(entry), FIRST_ACKNOWLEDGEMENT_MS);
      }
    }

    /**
     * What waits for its acknowledgement although the system side was there is sent again now and then. A server that never acknowledges
     * may not know duplicates either, so there it is forgotten instead.
     */
    function review(isBack, aliveAt) {
      const before = aliveAt - KEEP_WRITTEN_MS;
      const old = outbox.list().filter((entry) => entry.writtenAt !== null && entry.writtenAt < before);
      if (isBack || (acknowledges && old.length > 0)) {
        outbox.list().forEach(write);
      } else if (!acknowledges) {
        outbox.acknowledge(old.map((entry) => entry.id));
      }
    }

    function received({ packet_type, data }) {
      if (packet_type === "client_bound_live_update" && data) {
        if (seen.isNew(data.update_id)) {
          on.onLiveUpdate(data);
        }
      } else if (packet_type === "acknowledge" && Array.isArray(data?.update_ids)) {
        acknowledges = true;
        outbox.acknowledge(data.update_ids);
        if (isLeaving && outbox.isEmpty()) {
          close(new LiveError("closed", "The agent has changed."), true);
        }
      } else if (packet_type === "update_status" && typeof data?.status === "string") {
        changeAgent(data.status);
      }
    }

    function changeAgent(status) {
      if (status === agentStatus) {
        return;
      }
      agentStatus = status;
      isMissed &&= !isDone(status);
      if (!isLeaving) {
        on.onStatusUpdate({ status });
      }
      if (isEnded(status)) {
        close(new LiveError("ended", STATUS_TO_TEXT_MAP[status]), true);
      }
    }

    function changeConnection(status) {
      if (status !== connectionStatus) {
        connectionStatus = status;
        if (!isLeaving) {
          on.onConnectionStatusChange(status);
        }
      }
    }

    function close(error, forget) {
      if (!endedBy) {
        endedBy = error;
        connection.end();
        outbox.rejectAll(error, forget);
        changeConnection(CONNECTION_STATUS.DISCONNECTED);
      }
    }

    /** The worker goes on as another agent: what is left still goes out, unseen. */
    function leave() {
      isLeaving = true;
      isMissed = false;
      const gone = () => close(new LiveError("closed", "The agent has changed."), true);
      if (outbox.isEmpty()) {
        gone();
      } else {
        setTimeout(gone, LEAVE_MS);
      }
    }

    /** The work is handed in: from now on a lost connection is opened again only for what is left to send. */
    function expectEnd() {
      isMissed = false;
    }

    return { agentId, status: () => connectionStatus, send, leave, close, expectEnd };
  }

  /** Closes for good. What the server does not have yet waits in the browser for a reload. */
  function destroy() {
    isDestroyed = true;
    session?.close(new LiveError("closed", "The connection has been closed by the page."), false);
  }

  return { connect, sendLiveUpdate, destroy, expectEnd: () => session?.expectEnd() };
}

/** The latest update ids; an update without one is always new. */
function createSeen(past) {
  const ids = new Set(past.map((update) => update?.update_id));
  function isNew(id) {
    if (id === undefined || id === null) {
      return true;
    }
    if (ids.has(id)) {
      return false;
    }
    ids.add(id);
    if (ids.size > MOST_SEEN) {
      ids.delete(ids.values().next().value);
    }
    return true;
  }
  return { isNew };
}
