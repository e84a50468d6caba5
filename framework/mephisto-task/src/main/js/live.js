/**
 * A visit to a live task: the task's visit, and the connection of its agent, which opens by itself as soon as there is an agent. The worker
 * is told while the connection is away, and told when the work is over if the page does not listen for it.
 */

import { blockedWithoutSockets, doesSupportWebsockets } from "./browser.js";
import { createLiveSocket } from "./live-socket.js";
import { CONNECTION_STATUS, STATUS_TO_TEXT_MAP, isEnded } from "./live-status.js";
import { pageTask } from "./task.js";

/** A connection that is back before this is not worth a word. */
const SAY_LOST_AFTER_MS = 1_000;

const NOTICES = {
  [CONNECTION_STATUS.RECONNECTING_ROUTER]: "The connection is lost. Keep this page open; what you send is kept.",
  [CONNECTION_STATUS.RECONNECTING_SERVER]: "The task's server does not answer at the moment. Keep this page open; what you send is kept.",
};

/**
 * State: that of the task, and `connectionStatus` ("" before there is an agent) and `agentStatus` (null until the server tells), in the
 * words of CONNECTION_STATUS and AGENT_STATUS.
 *
 * @param task a task of createTask
 * @param config see createConnection
 */
export function createLiveTask(task = pageTask(), config = {}) {
  const listeners = { state: new Set(), connection: new Set(), status: new Set(), update: new Set() };
  let live = { connectionStatus: "", agentStatus: null };
  let state = merged();
  let saying = 0;
  const socket = createLiveSocket(
    {
      onConnectionStatusChange(connectionStatus) {
        live = { ...live, connectionStatus };
        publish();
        tell(listeners.connection, connectionStatus);
        scheduleNotice();
      },
      onStatusUpdate({ status }) {
        live = { ...live, agentStatus: status };
        publish();
        if (isEnded(status) && listeners.status.size === 0) {
          task.showNotice(STATUS_TO_TEXT_MAP[status], "ended");
        }
        tell(listeners.status, { status });
      },
      onLiveUpdate: (data) => tell(listeners.update, data),
    },
    config,
  );
  task.subscribe(follow);
  if (task.getState().agentId !== null) {
    follow(task.getState());
  }

  function merged() {
    return { ...task.getState(), ...live, ...blockedWithoutSockets() };
  }

  function publish() {
    state = merged();
    tell(listeners.state, state);
  }

  function follow({ agentId, submission }) {
    if (agentId !== null) {
      connect(agentId);
    }
    if (submission === "saved") {
      socket.expectEnd();
      scheduleNotice();
    }
    publish();
  }

  /** Opens the connection of this agent. That of the task's own agent opens by itself. */
  function connect(agentId) {
    if (!doesSupportWebsockets()) {
      live = { ...live, connectionStatus: CONNECTION_STATUS.WEBSOCKETS_FAILURE };
      return;
    }
    const { agentId: own, initialTaskData } = task.getState();
    const past = agentId === own ? initialTaskData?.past_live_updates : null;
    socket.connect(agentId, Array.isArray(past) ? past : []);
  }

  function scheduleNotice() {
    clearTimeout(saying);
    const { connectionStatus, submission } = state;
    const text = submission === "saved" ? undefined : NOTICES[connectionStatus];
    if (text) {
      saying = setTimeout(() => task.showNotice(text), SAY_LOST_AFTER_MS);
    } else if (!isEnded(live.agentStatus)) {
      task.showNotice(null);
    }
  }

  function destroy() {
    clearTimeout(saying);
    socket.destroy();
  }

  return {
    getState: () => state,
    subscribe: (listener) => listen(listeners.state, listener),
    start: task.start,
    connect,
    destroy,
    sendLiveUpdate: socket.sendLiveUpdate,
    sendData: socket.sendLiveUpdate,
    onConnectionStatusChange: (listener) => listen(listeners.connection, listener),
    onStatusUpdate: (listener) => listen(listeners.status, listener),
    onLiveUpdate: (listener) => listen(listeners.update, listener),
    submit: task.submit,
    submitMetadata: task.submitMetadata,
    reportError: task.reportError,
  };
}

/** Returns the function that ends it. */
function listen(listeners, listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** One listener's error is not the next one's. */
function tell(listeners, value) {
  for (const listener of [...listeners]) {
    try {
      listener(value);
    } catch (error) {
      reportUncaught(error);
    }
  }
}

function reportUncaught(error) {
  setTimeout(() => {
    throw error;
  });
}

let visit = null;

/** The page's one live task; the configuration of the first call counts. */
export function pageLiveTask(config) {
  visit ??= createLiveTask(pageTask(), config);
  return visit;
}
