package org.mephisto.supervisor.pool;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mephisto.store.Judgement;

/** What onboarding, screening and gold units have to do with one worker. Thread-safe; never waits. */
final class WorkerGates {
    private final Map<String, Long> onboardings = new HashMap<>();
    private final Set<String> goldSeen = new HashSet<>();
    private @Nullable LiveOnboarding open;
    private @Nullable Judgement pending;
    private boolean owed;

    /** An onboarding of this run, begun now or found in the database. */
    synchronized void remember(String registrationId, long onboardingId) {
        onboardings.put(registrationId, onboardingId);
    }

    synchronized Optional<Long> onboardingOf(String registrationId) {
        return Optional.ofNullable(onboardings.get(registrationId));
    }

    /** The worker is being tried out. */
    synchronized void opened(LiveOnboarding agent) {
        open = agent;
    }

    synchronized void closed(LiveOnboarding agent) {
        if (open == agent) {
            open = null;
        }
    }

    /** The onboarding in which the worker is now. */
    synchronized Optional<LiveOnboarding> open() {
        return Optional.ofNullable(open);
    }

    /** The items of gold units that the worker has had. */
    synchronized Set<String> goldSeen() {
        return Set.copyOf(goldSeen);
    }

    synchronized void sawGold(String itemKey) {
        goldSeen.add(itemKey);
    }

    /** The worker has got, or had got, a unit of this run by which they are judged. */
    synchronized void judgedBy(Judgement judgement) {
        pending = judgement;
        owed = false;
    }

    synchronized boolean isJudgedBy(long agentId) {
        return pending != null && pending.agentId() == agentId;
    }

    /** By what the worker is being judged; until then they wait. */
    synchronized Optional<Judgement> pending() {
        return Optional.ofNullable(pending);
    }

    /** The judge could not be asked. */
    synchronized void owe() {
        owed = true;
    }

    /** The judgement that could not be made before, given to one caller, who tries again. */
    synchronized Optional<Judgement> takeOwed() {
        if (!owed) {
            return Optional.empty();
        }
        owed = false;
        return Optional.ofNullable(pending);
    }

    /** It is decided, or never will be. */
    synchronized void settled(long agentId) {
        if (isJudgedBy(agentId)) {
            pending = null;
            owed = false;
        }
    }
}
