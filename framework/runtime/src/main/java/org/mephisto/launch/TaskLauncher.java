package org.mephisto.launch;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mephisto.logging.Logging;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.model.TaskRun;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.spi.provider.CrowdProvider;
import org.mephisto.store.NewUnits;
import org.mephisto.store.Store;
import org.mephisto.supervisor.pool.RunProgress;
import org.mephisto.supervisor.pool.WorkerPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Launches the units of one task run. Two virtual threads: {@link #createAssignments} starts one that draws from the source, which may be
 * slow or endless; {@link #launchUnits} starts one that takes whatever has been drawn by then and stores and launches it together. So a
 * quick source is launched in large batches, and what a slow one gives is launched at once.
 *
 * <p>Without a limit units are stored as launched in one step. With {@code max_num_concurrent_units} they are stored as created and
 * launched as room comes free.
 */
public final class TaskLauncher {
    private static final Logger LOG = LoggerFactory.getLogger(TaskLauncher.class);
    private static final int DRAWN_AHEAD = 10_000;

    private final TaskRun taskRun;
    private final CrowdProvider provider;
    private final Store store;
    private final WorkerPool pool;
    private final RunProgress progress;
    private final IntSupplier limit;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final BlockingQueue<Drawn> drawn;
    private @Nullable Thread drawing;
    private boolean launching;

    /** @param limit units that may be launched or in work at once; 0 for no limit; asked each time */
    public TaskLauncher(
            TaskRun taskRun,
            CrowdProvider provider,
            Store store,
            WorkerPool pool,
            RunProgress progress,
            IntSupplier limit) {
        this.taskRun = taskRun;
        this.provider = provider;
        this.store = store;
        this.pool = pool;
        this.progress = progress;
        this.limit = limit;
        this.drawn = new ArrayBlockingQueue<>(limit.getAsInt() == 0 ? DRAWN_AHEAD : 1);
    }

    /** What the drawing thread hands over. */
    private sealed interface Drawn {
        record One(AssignmentData data) implements Drawn {}

        record Exhausted() implements Drawn {}

        record Failed(RuntimeException cause) implements Drawn {}
    }

    /** Begins to draw from the source, which is closed in the end. Called once. */
    public void createAssignments(Stream<AssignmentData> source) {
        drawing = Thread.ofVirtual().name("draw-" + taskRun.id()).start(() -> draw(source));
    }

    private void draw(Stream<AssignmentData> source) {
        Logging.enterRun(taskRun.id());
        try {
            Drawn end = new Drawn.Exhausted();
            try (source) {
                var iterator = source.iterator();
                while (!progress.isStopping() && iterator.hasNext()) {
                    drawn.put(new Drawn.One(iterator.next()));
                }
            } catch (RuntimeException e) {
                end = new Drawn.Failed(e);
            }
            drawn.put(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Begins to launch what is drawn. Called once.
     *
     * @param url where workers find the task
     * @param onFailure told when the source, the provider or the store throws; nothing more is launched then
     */
    public void launchUnits(URI url, Consumer<RuntimeException> onFailure) {
        launching = true;
        Thread.ofVirtual().name("launch-" + taskRun.id()).start(() -> {
            Logging.enterRun(taskRun.id());
            Optional<RuntimeException> failure = Optional.empty();
            try {
                launchAll(url);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                failure = Optional.of(e);
            }
            begun.countDown();
            finished.countDown();
            failure.ifPresent(onFailure);
            progress.sourceExhausted();
        });
    }

    /** Waits until the first units are launched or there will be none, at most this long: the source may be slow. */
    public void awaitBegun(Duration timeout) {
        try {
            if (!begun.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("The source of assignments has not given any yet; units are launched as it does.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void launchAll(URI url) throws InterruptedException {
        launchLeftOver(url);
        List<Drawn> batch = new ArrayList<>();
        while (!progress.isStopping()) {
            batch.add(drawn.take());
            if (progress.isStopping()) {
                return;
            }
            drawn.drainTo(batch);
            List<AssignmentData> data = new ArrayList<>(batch.size());
            for (Drawn next : batch) {
                switch (next) {
                    case Drawn.One one -> data.add(one.data());
                    case Drawn.Failed failed -> {
                        launch(data, url);
                        throw failed.cause();
                    }
                    case Drawn.Exhausted exhausted -> {
                        launch(data, url);
                        return;
                    }
                }
            }
            launch(data, url);
            batch.clear();
        }
    }

    /** Units that an earlier process had created and not launched. */
    private void launchLeftOver(URI url) throws InterruptedException {
        NewUnits units =
                store.read(tx -> tx.units().listByStatus(taskRun.id(), UnitStatus.CREATED, 0, Integer.MAX_VALUE));
        launchWithinLimit(units, url);
    }

    private void launch(List<AssignmentData> data, URI url) throws InterruptedException {
        if (data.isEmpty()) {
            return;
        }
        boolean isUnlimited = limit.getAsInt() == 0;
        UnitStatus first = isUnlimited ? UnitStatus.LAUNCHED : UnitStatus.CREATED;
        NewUnits units = store.inTransaction(tx -> tx.assignments().create(taskRun.id(), data, first));
        progress.unitsCreated(units.size());
        if (isUnlimited) {
            publish(units, url);
        } else {
            launchWithinLimit(units, url);
        }
    }

    private void launchWithinLimit(NewUnits created, URI url) throws InterruptedException {
        int next = 0;
        while (next < created.size()) {
            int left = created.size() - next;
            int room = (int) Math.min(progress.awaitRoom(limit), left);
            if (room == 0) {
                return;
            }
            publish(launchCreated(created.range(next, room)), url);
            next += room;
        }
    }

    private NewUnits launchCreated(NewUnits units) {
        store.inTransaction(tx -> {
            for (int i = 0; i < units.size(); i++) {
                tx.units().changeStatus(units.unitId(i), UnitStatus.CREATED, UnitStatus.LAUNCHED);
            }
            return true;
        });
        return units;
    }

    private void publish(NewUnits units, URI url) {
        progress.unitsLaunched(units.size());
        provider.launchUnits(new LaunchedUnits(taskRun.id(), units), url);
        pool.add(units);
        begun.countDown();
    }

    /**
     * Ends the launching and expires every unit that nobody has begun. Blocks until that is in the database; what the provider throws is
     * logged. Harmless when repeated.
     */
    public void expireUnits() {
        progress.stop();
        if (drawing != null) {
            drawing.interrupt();
        }
        drawn.clear();
        drawn.offer(new Drawn.Exhausted());
        pool.close();
        if (launching) {
            awaitLaunched();
        }
        List<Unit> expired = store.inTransaction(tx -> tx.units().expireOpen(taskRun.id()));
        long launched = expired.stream()
                .filter(unit -> unit.status() == UnitStatus.LAUNCHED)
                .count();
        progress.openUnitsExpired(launched, expired.size() - launched);
        if (expired.isEmpty()) {
            return;
        }
        try {
            provider.expireUnits(expired);
        } catch (RuntimeException e) {
            LOG.warn("The crowd provider could not take back {} units: {}", expired.size(), e.toString());
        }
    }

    private void awaitLaunched() {
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
