/**
 * The data model: immutable records and their statuses. The words are the same in Java, SQL, JSON, the CLI and the docs:
 *
 * <p>Task &gt; TaskRun &gt; Assignment &gt; Unit (one worker's role in an assignment); Worker, Agent (a worker on one unit), Requester,
 * Qualification.
 */
@NullMarked
package org.mephisto.spi.model;

import org.jspecify.annotations.NullMarked;
