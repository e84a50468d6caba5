/** What static pages use. */
export { doesSupportWebsockets, getBlockedExplanation, isMobile } from "./browser.js";
export { formObject } from "./form.js";
export { RequestError, postData, postErrorLog, postProviderRequest } from "./http.js";
export { PROTOCOL_VERSION, PROTOCOL_VERSION as libVersion, createTask, pageTask } from "./task.js";
