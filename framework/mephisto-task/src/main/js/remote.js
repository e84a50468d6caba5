/** Functions on the server that a page calls by name. Each call is a live update, and its answer another that names it. */

import { CONNECTION_STATUS, LiveError, STATUS_TO_TEXT_MAP, isEnded } from "./live-status.js";
import { newId } from "./outbox.js";

/**
 * @param live a live task of createLiveTask
 * @returns {remoteProcedure(target), makeRemoteCall(target, args)}
 */
export function createRemoteProcedures(live) {
  const calls = createCalls();
  live.onLiveUpdate(calls.answered);
  live.subscribe(calls.follow);
  const makeRemoteCall = (target, args) => calls.call(live.sendLiveUpdate, target, args);
  return { makeRemoteCall, remoteProcedure: procedures(makeRemoteCall) };
}

/** Makes remoteProcedure of makeRemoteCall: a function of the arguments, which is its own `invoke` too. */
export function procedures(makeRemoteCall) {
  return (target) => {
    const procedure = (args) => makeRemoteCall(target, args);
    procedure.invoke = procedure;
    return procedure;
  };
}

/** The calls that wait for an answer. */
export function createCalls() {
  const waiting = new Map();

  /**
   * Resolves to what the function returns; rejects with a LiveError, whose `code` is the failed function's, or `ended` when the task is
   * over. A call outlives the connection: it is sent, or answered, on the next one.
   *
   * @param target the function's name; or {targetEvent, args, callback}
   */
  function call(send, target, args) {
    if (typeof target === "object" && target !== null) {
      const answer = call(send, target.targetEvent, target.args);
      answer.then(target.callback, () => {});
      return answer;
    }
    return new Promise((resolve, reject) => {
      const id = newId();
      waiting.set(id, { resolve, reject });
      send({ request_id: id, target, args: JSON.stringify(args ?? null) }).catch((error) => {
        waiting.delete(id);
        reject(error);
      });
    });
  }

  function answered({ handles, response, error }) {
    const caller = waiting.get(handles);
    if (!caller) {
      return;
    }
    waiting.delete(handles);
    if (error) {
      caller.reject(new LiveError(error.code ?? "failed", error.message ?? String(error)));
      return;
    }
    try {
      caller.resolve(JSON.parse(response));
    } catch {
      caller.reject(new LiveError("bad_response", "The answer of the remote function is not JSON."));
    }
  }

  /** Ends all calls once no answer can come any more. */
  function follow({ agentStatus, connectionStatus }) {
    if (isEnded(agentStatus)) {
      rejectAll(new LiveError("ended", STATUS_TO_TEXT_MAP[agentStatus]));
    } else if (connectionStatus === CONNECTION_STATUS.DISCONNECTED) {
      rejectAll(new LiveError("closed", "The connection was closed before the remote function answered."));
    }
  }

  function rejectAll(error) {
    waiting.forEach((caller) => caller.reject(error));
    waiting.clear();
  }

  return { call, answered, follow };
}
