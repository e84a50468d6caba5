/**
 * What must never be lost. {@link org.mephisto.store.Store#inTransaction} runs a piece of work in one transaction and returns when it is
 * committed and fsynced; inside, {@link org.mephisto.store.Transaction} gives the feature-sized interfaces ({@code UnitStore}, {@code
 * AgentStore} and so on). SQL lives in {@link org.mephisto.store.sql} alone.
 *
 * <p>Callers are virtual threads and commands; never an event loop. Work inside a transaction touches the database only: no network, no
 * plugin code, no waiting. It may be run a second time when the group it was committed with had to be rolled back, so it changes nothing
 * outside the database before it returns.
 */
@NullMarked
package org.mephisto.store;

import org.jspecify.annotations.NullMarked;
