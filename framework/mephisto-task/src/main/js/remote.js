/** Functions on the server that a page calls by name. Each call is a live update, and its answer another that names it. */

import { CONNECTION_STATUS, LiveError, STATUS_TO_TEXT_MAP, isEnded } from "./live-status.js";
import { newId } from "./outbox.js";

/**
 * @param live a live task of createLiveTask
 * @returns {remoteProcedure(target), makeRemoteCall(target, args)}
 */
export function createRemoteProcedures(live) {
  const calls = createCalls(() => live.getState().agentId);
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

/**
 * The calls that wait for an answer.
 *
 * @param currentAgent gives the id of the agent for whom a call is made now
 */
export function createCalls(currentAgent) {
  const waiting = new Map();

  /**
   * Resolves to what the function returns; rejects with a LiveError, whose `code` is the failed function's, `ended` when the task is over,
   * or `closed` when the worker goes on as another agent or the page closes the connection. A call outlives the connection: it is sent, or
   * answered, on the next one.
   *
   * @param target the function's name; or {targetEvent, args, callback}, whose callback is given what the function returns
   */
  function call(send, target, args) {
    if (typeof target === "object" && target !== null) {
      const answer = call(send, target.targetEvent, target.args);
      answer.then(target.callback, () => {});
      return answer;
    }
    return new Promise((resolve, reject) => {
      const id = newId();
      waiting.set(id, { agentId: currentAgent(), resolve, reject });
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

  /** Ends calls once no answer to them can come any more. */
  function follow({ agentStatus, connectionStatus }) {
    // The connection of the agent before closes unseen. A call of the present agent may be made before this is told of the change.
    const agentId = currentAgent();
    reject(
      (caller) => caller.agentId !== agentId,
      new LiveError("closed", "The worker went on as another agent before the remote function answered."),
    );
    if (isEnded(agentStatus)) {
      reject(() => true, new LiveError("ended", STATUS_TO_TEXT_MAP[agentStatus]));
    } else if (connectionStatus === CONNECTION_STATUS.DISCONNECTED) {
      reject(() => true, new LiveError("closed", "The connection was closed before the remote function answered."));
    }
  }

  function reject(isHopeless, error) {
    for (const [id, caller] of waiting) {
      if (isHopeless(caller)) {
        waiting.delete(id);
        caller.reject(error);
      }
    }
  }

  return { call, answered, follow };
}
