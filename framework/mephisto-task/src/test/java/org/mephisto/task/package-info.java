/** Pages in a real browser against a real HTTP server that speaks the task server's protocol. Other modules test their pages with it. */
@NullMarked
package org.mephisto.task;

import org.jspecify.annotations.NullMarked;
