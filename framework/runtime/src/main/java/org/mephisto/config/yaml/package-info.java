/**
 * YAML as text: reads it into Jackson trees as OmegaConf reads it (YAML 1.1 with its number forms), keeps the order of keys and the line of
 * each. Knows nothing of what the keys mean. Called by the other configuration packages; holds no state.
 */
@NullMarked
package org.mephisto.config.yaml;

import org.jspecify.annotations.NullMarked;
