/**
 * The store in SQL: one schema, two dialects. {@link org.mephisto.store.sql.SqlStores#open} is the way in; {@code SqlStore} puts together
 * a {@code GroupWriter} (one connection on one platform thread, which commits the work of many callers at once), its {@code Forcer} (the
 * thread that fsyncs what SQLite has only written, and answers the callers), {@code Readers} (a pool of reading connections beside them),
 * {@code GrantChanges} (which spares both a look at qualifications that nobody has changed) and {@code Migrations}. Statements stand as
 * text beside the mapper of their rows, in one class for each feature; what differs between SQLite and MySQL stands in the two
 * {@code Dialect}s.
 *
 * <p>Plain JDBC, on purpose: a registration is three statements of some microseconds each, which any mapper between would double, and a
 * warm start pays one query for the schema's version where a migration library takes half a second.
 */
@NullMarked
package org.mephisto.store.sql;

import org.jspecify.annotations.NullMarked;
