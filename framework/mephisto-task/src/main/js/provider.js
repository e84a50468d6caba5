/** What the crowd provider's wrap_crowd_source.js tells the page, and what the page hands back to it. */

/** The provider's name for the worker; null in a preview. */
export function workerName() {
  return ask("getWorkerName");
}

/** The visit's assignment id; null in a preview. */
export function assignmentId() {
  return ask("getAssignmentId");
}

/** What registration sends. */
export function agentRegistration() {
  return ask("getAgentRegistration") ?? {};
}

/** Tells one visit from another in what the browser keeps. */
export function visitId() {
  return JSON.stringify([workerName(), assignmentId()]);
}

/** Gives the page over to the provider; only ever called once the work is saved. */
export function handOver(data) {
  if (typeof window.handleSubmitToProvider === "function") {
    window.handleSubmitToProvider(data);
  }
}

function ask(name) {
  if (typeof window[name] !== "function") {
    console.error(`wrap_crowd_source.js does not define ${name}(). Load it before the page's own script.`);
    return null;
  }
  return window[name]() ?? null;
}
