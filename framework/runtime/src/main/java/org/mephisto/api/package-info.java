/**
 * What can be done to running task runs from outside their process: an HTTP endpoint on the loopback address, and the client that commands
 * use. Each process has an endpoint of its own; where it is and what it takes to be let in stands in a file of {@code MEPHISTO_HOME} that
 * only its user can read. Requests arrive on an event loop; what they ask for is done on virtual threads.
 */
@NullMarked
package org.mephisto.api;

import org.jspecify.annotations.NullMarked;
