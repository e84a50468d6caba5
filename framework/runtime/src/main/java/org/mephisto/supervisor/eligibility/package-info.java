/**
 * What a run asks of its workers beside its limits, worked out once at its launch: qualifications, onboarding, screening and gold units. The
 * worker pool asks it in each registration; nothing here touches the database or knows agents. Users' functions are called through {@link
 * org.mephisto.supervisor.eligibility.UserCalls}, which keeps their time.
 */
@NullMarked
package org.mephisto.supervisor.eligibility;

import org.jspecify.annotations.NullMarked;
