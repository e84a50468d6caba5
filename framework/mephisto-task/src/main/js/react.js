/** mephisto-task for React: everything of the core, and the hooks. React itself comes from the page. */
export * from "./core.js";
export { ErrorBoundary, MephistoContext, useMephistoTask } from "./react-task.js";
export { useMephistoLiveTask, useMephistoRemoteProcedureTask, useMephistoSocket } from "./react-live.js";
