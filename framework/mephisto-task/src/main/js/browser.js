/** What the browser can do, and what blocked workers read. */

/** Whether this is a phone or a tablet. */
export function isMobile() {
  const claimed = navigator.userAgentData?.mobile === true;
  return claimed || /android|iphone|ipad|ipod|mobile|blackberry|opera mini/i.test(navigator.userAgent);
}

export function doesSupportWebsockets() {
  return typeof window.WebSocket === "function";
}

const EXPLANATIONS = {
  no_mobile: "This task does not work on phones and tablets. Please open it on a computer.",
  no_websockets: "This task needs a newer browser. Please update yours or use another one, then open the link again.",
  refused: "The task cannot be opened. Please check the link, or ask for a new one.",
  null_agent_id: "This task is not open to you at the moment.",
};

/** A sentence for a `blockedReason`. */
export function getBlockedExplanation(reason) {
  return EXPLANATIONS[reason] ?? `You cannot work on this task (reason: ${reason}).`;
}

/** What a live task's state says in a browser that has no WebSockets; nothing in any other. */
export function blockedWithoutSockets() {
  const blockedReason = "no_websockets";
  return doesSupportWebsockets() ? {} : { blockedReason, blockedExplanation: getBlockedExplanation(blockedReason) };
}
