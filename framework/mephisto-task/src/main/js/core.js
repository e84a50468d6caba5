/** mephisto-task without React. */
export * from "./static.js";
export { createLiveTask, pageLiveTask } from "./live.js";
export { AGENT_STATUS, CONNECTION_STATUS, LiveError, STATUS_TO_TEXT_MAP } from "./live-status.js";
export { createRemoteProcedures } from "./remote.js";
