package org.mephisto.supervisor.pool;

import org.mephisto.supervisor.eligibility.UserCalls;

/** The parts of a worker pool that a registration works with. */
record PoolParts(
        Workers workers,
        Agents agents,
        Onboardings onboardings,
        Candidates candidates,
        Placement placement,
        SpecialUnits specials,
        Judging judging,
        Refusals refusals,
        ProviderGrants providerGrants,
        UserCalls calls) {
    static PoolParts of(RunContext run, UnitPool units) {
        AssignmentCache assignments =
                new AssignmentCache(run.store(), run.taskRun().id());
        PageLine line = new PageLine(run);
        UserCalls calls = new UserCalls(run.taskRun().id(), run.sharedState().functionTimeout());
        SpecialUnits specials = new SpecialUnits(run);
        ProviderGrants providerGrants = new ProviderGrants(run);
        Judging judging = new Judging(run, specials, calls, providerGrants);
        Agents agents = new Agents(run, units, assignments, line, judging, new Aftermath(run, calls, judging));
        return new PoolParts(
                new Workers(run),
                agents,
                new Onboardings(run, line, calls, providerGrants),
                new Candidates(run, units, agents.assemblies(), calls),
                new Placement(run, units, agents, assignments),
                specials,
                judging,
                new Refusals(run),
                providerGrants,
                calls);
    }
}
