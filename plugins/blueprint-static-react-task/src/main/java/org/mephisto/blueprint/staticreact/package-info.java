/**
 * The {@code static_react_task} blueprint: a page that is one JavaScript bundle, made with React or anything else. The registry creates the
 * factory; all else follows the SPI's threads.
 */
@NullMarked
package org.mephisto.blueprint.staticreact;

import org.jspecify.annotations.NullMarked;
