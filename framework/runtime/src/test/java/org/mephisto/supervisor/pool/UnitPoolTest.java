package org.mephisto.supervisor.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mephisto.store.NewUnits;
import org.mephisto.supervisor.pool.UnitPool.FreeUnit;

final class UnitPoolTest {
    private final UnitPool pool = new UnitPool();

    @Test
    void unitsComeInTheOrderInWhichTheyBecameFree() {
        pool.add(units(1, 3));

        FreeUnit first = pool.peek(0).orElseThrow();
        boolean taken = pool.take(first);
        Optional<FreeUnit> next = pool.peek(0);

        assertThat(first.unitId()).isEqualTo(1);
        assertThat(taken).isTrue();
        assertThat(next.orElseThrow().unitId()).isEqualTo(2);
    }

    @Test
    void aUnitIsTakenOnce() {
        pool.add(units(1, 1));
        FreeUnit unit = pool.peek(0).orElseThrow();

        boolean first = pool.take(unit);
        boolean second = pool.take(unit);

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(pool.size()).isZero();
    }

    @Test
    void aUnitThatComesBackStandsBehindAllOthersSoThatEveryWorkerSeesItAgain() {
        pool.add(units(1, 2));
        FreeUnit first = pool.peek(0).orElseThrow();
        pool.take(first);

        pool.add(first);

        FreeUnit again = pool.peek(2).orElseThrow();
        assertThat(again.unitId()).isEqualTo(1);
        assertThat(again.position()).isEqualTo(2);
    }

    @Test
    void aClearedPoolIsEmptyForThoseWhoHoldAnOldLook() {
        pool.add(units(1, 10_000));
        FreeUnit late = pool.peek(9_000).orElseThrow();

        pool.clear();

        assertThat(pool.peek(0)).isEmpty();
        assertThat(pool.take(late)).isFalse();
    }

    @Test
    void anyOrderOfAddingTakingAndLookingAgreesWithAPlainModel() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            UnitPool tested = new UnitPool();
            TreeMap<Long, Long> model = new TreeMap<>();
            long nextUnit = 1;
            long end = 0;
            for (int step = 0; step < 3_000; step++) {
                if (random.nextInt(3) == 0) {
                    int count = 1 + random.nextInt(50);
                    tested.add(units(nextUnit, count));
                    for (int i = 0; i < count; i++) {
                        model.put(end++, nextUnit++);
                    }
                } else {
                    long from = end == 0 ? 0 : random.nextLong(end);
                    var expected = Optional.ofNullable(model.ceilingEntry(from));

                    Optional<FreeUnit> found = tested.peek(from);

                    assertThat(found.map(FreeUnit::unitId))
                            .as("seed %d, step %d", seed, step)
                            .isEqualTo(expected.map(entry -> entry.getValue()));
                    expected.ifPresent(entry -> model.remove(entry.getKey()));
                    found.ifPresent(unit -> assertThat(tested.take(unit)).isTrue());
                }
            }
            assertThat(tested.size()).isEqualTo(model.size());
        }
    }

    private static NewUnits units(long firstId, int count) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(firstId + i);
        }
        long[] unitIds = ids.stream().mapToLong(Long::longValue).toArray();
        return new NewUnits(unitIds, unitIds.clone(), new int[count]);
    }
}
