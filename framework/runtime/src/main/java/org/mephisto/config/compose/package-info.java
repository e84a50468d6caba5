/**
 * Puts one configuration together from its files and the command line, as Hydra does: {@code defaults:} lists, profiles, overrides; then
 * resolves references as OmegaConf does. Knows the plugin groups, but no option. Called once for each configuration; reads files.
 */
@NullMarked
package org.mephisto.config.compose;

import org.jspecify.annotations.NullMarked;
