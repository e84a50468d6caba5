/** mephisto-task for pages without modules: everything is in the global `mephistoTask`. */
import * as mephistoTask from "./core.js";

globalThis.mephistoTask = mephistoTask;
