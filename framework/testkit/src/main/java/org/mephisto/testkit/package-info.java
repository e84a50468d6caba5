/**
 * What plugin authors test with. {@link org.mephisto.testkit.TestRun} launches a real run (store, router on a real port, Supervisor) of the
 * plugin under test; {@link org.mephisto.testkit.SimulatedWorker} does what a worker's page does, over real HTTP, and
 * {@link org.mephisto.testkit.SimulatedPage} is its live side, over a real WebSocket. {@link org.mephisto.testkit.TestContext} makes a
 * blueprint without a run. {@link org.mephisto.testkit.BlueprintContract}, {@link org.mephisto.testkit.ArchitectContract} and {@link
 * org.mephisto.testkit.CrowdProviderContract} hold what every plugin of a kind must keep; a test class of a few lines extends them.
 */
@NullMarked
package org.mephisto.testkit;

import org.jspecify.annotations.NullMarked;
