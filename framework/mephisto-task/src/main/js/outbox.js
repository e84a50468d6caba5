/**
 * The live updates of one agent that the server has not acknowledged, in the order in which the page sent them. A copy is in sessionStorage,
 * so that a reload loses none of them; where the browser does not allow that, they live as long as the page.
 */

import { LiveError } from "./live-status.js";

const PREFIX = "mephisto-task:live:";
const MOST_UPDATES = 1_000;

export function createOutbox(agentId) {
  const prefix = `${PREFIX}${agentId}:`;
  const entries = new Map(restored(prefix).map((entry) => [entry.id, entry]));
  /** Those of whom nobody knows yet whether they are through. */
  const open = new Set(entries.values());
  let clock = Math.max(0, ...[...entries.values()].map((entry) => entry.sentAt));

  /** Puts an update at the end; throws a LiveError when there are too many already. The entry's `promise` says when it is through. */
  function add(data) {
    const known = entries.get(data.update_id);
    if (known) {
      return known;
    }
    if (open.size >= MOST_UPDATES) {
      throw new LiveError("too_many_updates", `${MOST_UPDATES} live updates wait for the server; wait for some before sending more.`);
    }
    // The server orders by this time, so it never stands still or goes back, whatever the computer's clock does.
    clock = Math.max(Date.now(), clock + 1);
    const packet = { packet_type: "mephisto_bound_live_update", subject_id: agentId, data, client_timestamp: clock / 1000 };
    const entry = newEntry(data.update_id, JSON.stringify(packet), data, clock);
    entries.set(entry.id, entry);
    open.add(entry);
    store(prefix + entry.id, entry.frame);
    return entry;
  }

  function remove(entry) {
    entries.delete(entry.id);
    open.delete(entry);
    discard(prefix + entry.id);
  }

  /** The server has these: they are forgotten, and whoever waits for them goes on. */
  function acknowledge(ids) {
    for (const id of ids) {
      const entry = entries.get(id);
      if (entry) {
        remove(entry);
        entry.resolve(entry.data);
      }
    }
  }

  /** Takes it that an update is through, although nobody has said so: whoever waits for it goes on. It is kept in case it is not. */
  function presume(entry) {
    open.delete(entry);
    entry.resolve(entry.data);
  }

  /** Gives up on the largest, which the server will not take. */
  function rejectLargest() {
    const largest = list().reduce((a, b) => (b.frame.length > a.frame.length ? b : a), { frame: "" });
    if (largest.id !== undefined) {
      remove(largest);
      largest.reject(new LiveError("too_large", `A live update of ${largest.frame.length} characters is more than the server takes.`));
    }
  }

  /** Ends all waits with the error; `forget` says whether the updates go too, or wait in the browser for the page to come back. */
  function rejectAll(error, forget) {
    for (const entry of list()) {
      entry.reject(error);
      if (forget) {
        remove(entry);
      }
    }
    entries.clear();
    open.clear();
  }

  function list() {
    return [...entries.values()];
  }

  return { add, acknowledge, presume, rejectLargest, rejectAll, list, isEmpty: () => entries.size === 0 };
}

/** An id that no other update or call has. */
export function newId() {
  // randomUUID is there on secure pages only.
  return window.crypto.randomUUID?.() ?? [...window.crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("-");
}

/** A `writtenAt` of null: not yet on any socket. */
function newEntry(id, frame, data, sentAt) {
  const entry = { id, frame, data, sentAt, writtenAt: null };
  entry.promise = new Promise((resolve, reject) => {
    entry.resolve = resolve;
    entry.reject = reject;
  });
  // Pages may send and never look back.
  entry.promise.catch(() => {});
  return entry;
}

function restored(prefix) {
  try {
    return Object.keys(window.sessionStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => window.sessionStorage.getItem(key))
      .map((frame) => ({ frame, ...JSON.parse(frame) }))
      .sort((a, b) => a.client_timestamp - b.client_timestamp)
      .map(({ frame, data, client_timestamp }) => newEntry(data.update_id, frame, data, Math.round(client_timestamp * 1000)));
  } catch (error) {
    console.warn("Live updates from before cannot be read.", error);
    return [];
  }
}

function store(key, text) {
  try {
    window.sessionStorage.setItem(key, text);
  } catch {
    // Full or not allowed: then a reload loses what is not acknowledged.
  }
}

function discard(key) {
  try {
    window.sessionStorage.removeItem(key);
  } catch {
    // Not allowed: then nothing is there.
  }
}
