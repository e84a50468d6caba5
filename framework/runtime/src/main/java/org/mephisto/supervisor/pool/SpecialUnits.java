package org.mephisto.supervisor.pool;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.mephisto.spi.model.Unit;
import org.mephisto.store.Judgement.Kind;
import org.mephisto.supervisor.eligibility.Eligibility;
import org.mephisto.supervisor.eligibility.GoldRule;
import org.mephisto.supervisor.eligibility.ScreeningRule;
import org.mephisto.supervisor.eligibility.SpecialItem;

/** How many screening and gold units a run may still have, and what they are made of. Thread-safe. */
final class SpecialUnits implements AutoCloseable {
    private final RunContext run;
    private final Eligibility rules;
    private final AtomicLong screeningUnits = new AtomicLong();
    private final AtomicLong goldUnits = new AtomicLong();

    SpecialUnits(RunContext run) {
        this.run = run;
        this.rules = run.eligibility();
    }

    /** Counts what an earlier process has made. */
    void resume() {
        long id = run.taskRun().id();
        rules.screening().ifPresent(rule -> {
            screeningUnits.set(run.store().read(tx -> tx.judgements().countKept(id, Kind.SCREENING)));
            long used = run.store().read(tx -> tx.judgements().countMade(id, Kind.SCREENING));
            rule.items().ifPresent(items -> items.skip(used));
        });
        rules.gold()
                .ifPresent(rule ->
                        goldUnits.set(run.store().read(tx -> tx.judgements().countMade(id, Kind.GOLD))));
    }

    /** The next screening unit's item, and a slot with it; empty when there are no more. */
    Optional<SpecialItem> takeScreening(ScreeningRule rule) {
        if (!take(screeningUnits, rule.most())) {
            return Optional.empty();
        }
        Optional<SpecialItem> item = rule.items().orElseThrow().next();
        if (item.isEmpty()) {
            screeningUnits.decrementAndGet();
        }
        return item;
    }

    /** An item of gold that the worker has not had, and a slot with it; empty when there is none. */
    Optional<SpecialItem> takeGold(GoldRule rule, WorkerGates worker) {
        if (!take(goldUnits, rule.most().isPresent() ? rule.most().getAsInt() : Long.MAX_VALUE)) {
            return Optional.empty();
        }
        Optional<SpecialItem> item = rule.items().nextBut(worker.goldSeen());
        if (item.isEmpty()) {
            goldUnits.decrementAndGet();
        }
        return item;
    }

    private static boolean take(AtomicLong used, long most) {
        long before = used.getAndUpdate(count -> count < most ? count + 1 : count);
        return before < most;
    }

    /** The unit could not even be made. */
    void notMade(Kind kind) {
        (kind == Kind.SCREENING ? screeningUnits : goldUnits).decrementAndGet();
    }

    /** The unit has expired: a screening one gives its slot back. */
    void gone(Unit unit) {
        if (unit.index() == Unit.SCREENING_INDEX) {
            screeningUnits.decrementAndGet();
        }
    }

    @Override
    public void close() {
        rules.screening().flatMap(ScreeningRule::items).ifPresent(items -> items.close());
        rules.gold().map(GoldRule::items).ifPresent(items -> items.close());
    }
}
