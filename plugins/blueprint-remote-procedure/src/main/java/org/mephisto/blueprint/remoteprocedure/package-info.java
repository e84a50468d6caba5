/**
 * The {@code remote_procedure} blueprint: a page calls functions on the server while its worker works, for example a model that suggests a
 * label. A page's calls come in as live updates and are answered as live updates ({@code PageCalls}, a virtual thread for each page and two
 * for each call); a function is Java code, a web address or a program, each within its limits ({@code LimitedFunction}). Every call is
 * answered, if only by an error. The registry creates the factory; all else follows the SPI's threads.
 */
@NullMarked
package org.mephisto.blueprint.remoteprocedure;

import org.jspecify.annotations.NullMarked;
