package org.mephisto.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;

class UpdateJournalTest {
    private static final int SMALL = 4096;

    @TempDir
    Path folder;

    @TempDir
    Path spareFolder;

    private SpareSegments spares;

    @BeforeEach
    void openSpares() {
        spares = SpareSegments.open(spareFolder);
    }

    @AfterEach
    void closeSpares() {
        spares.close();
    }

    private UpdateJournal open() {
        return UpdateJournal.open(folder, spares, SMALL);
    }

    private static LiveUpdate update(int n) {
        return new LiveUpdate(
                "id-" + n,
                n % 2 == 0,
                Instant.parse("2026-01-02T03:04:05.678901Z").plusSeconds(n),
                JsonValue.ofText("{\"n\":" + n + ",\"text\":\"Grüße 🙂\"}"));
    }

    private static long append(UpdateJournal journal, long agentId, long previous, int from, int to) {
        long last = previous;
        for (int n = from; n < to; n++) {
            last = journal.append(agentId, last, update(n));
        }
        return last;
    }

    private static List<LiveUpdate> updates(int from, int to) {
        List<LiveUpdate> updates = new ArrayList<>();
        for (int n = from; n < to; n++) {
            updates.add(update(n));
        }
        return updates;
    }

    @Test
    void eachAgentsUpdatesAreReadInOrderAcrossSegments() {
        try (UpdateJournal journal = open()) {
            long one = UpdateJournal.NONE;
            long two = UpdateJournal.NONE;
            for (int n = 0; n < 300; n++) {
                one = journal.append(1, one, update(n));
                two = journal.append(2, two, update(1000 + n));
            }

            assertThat(journal.read(one, UpdateJournal.NONE)).isEqualTo(updates(0, 300));
            assertThat(journal.read(two, UpdateJournal.NONE)).isEqualTo(updates(1000, 1300));
        }
    }

    @Test
    void onlyWhatCameAfterAPositionIsRead() {
        try (UpdateJournal journal = open()) {
            long mark = append(journal, 1, UpdateJournal.NONE, 0, 100);
            long last = append(journal, 1, mark, 100, 105);

            assertThat(journal.read(last, mark)).isEqualTo(updates(100, 105));
            assertThat(journal.read(last, last)).isEmpty();
        }
    }

    @Test
    void muchIsReadInPortions() {
        try (UpdateJournal journal = open()) {
            long mark = append(journal, 1, UpdateJournal.NONE, 0, 3);
            long last = append(journal, 1, mark, 3, 100);

            List<LiveUpdate> read = new ArrayList<>();
            UpdateJournal.Portion portion = journal.readSome(last, mark, 100);
            while (portion.isMore()) {
                assertThat(portion.updates()).isNotEmpty().hasSizeLessThan(50);
                read.addAll(portion.updates());
                portion = journal.readSome(last, portion.end(), 100);
            }
            read.addAll(portion.updates());

            assertThat(read).isEqualTo(updates(3, 100));
            assertThat(portion.end()).isEqualTo(last);
            assertThat(journal.readSome(last, last, 100).updates()).isEmpty();
        }
    }

    @Test
    void anUpdateLargerThanASegmentHasOneOfItsOwn() {
        LiveUpdate large = new LiveUpdate(
                "large", true, Instant.EPOCH, JsonValue.ofText("{\"text\":\"" + "x".repeat(3 * SMALL) + "\"}"));
        try (UpdateJournal journal = open()) {
            long first = append(journal, 1, UpdateJournal.NONE, 0, 1);
            long second = journal.append(1, first, large);
            long third = append(journal, 1, second, 1, 2);

            assertThat(journal.read(third, UpdateJournal.NONE)).containsExactly(update(0), large, update(1));
        }
    }

    @Test
    void aJournalThatWasNeverClosedIsTakenUpWhereItEnded() {
        UpdateJournal killed = open();
        append(killed, 1, UpdateJournal.NONE, 0, 100);
        append(killed, 2, UpdateJournal.NONE, 500, 501);
        killed.awaitNext();

        try (UpdateJournal journal = open()) {
            long last = append(journal, 1, journal.found().getOrDefault(1L, UpdateJournal.NONE), 100, 102);

            assertThat(journal.found()).containsOnlyKeys(1L, 2L);
            assertThat(journal.read(last, UpdateJournal.NONE)).isEqualTo(updates(0, 102));
            assertThat(journal.read(journal.found().getOrDefault(2L, UpdateJournal.NONE), UpdateJournal.NONE))
                    .isEqualTo(updates(500, 501));
        }
    }

    @Test
    void aRecordThatWasNotWrittenToItsEndIsNotThereAndLeavesNothing() throws Exception {
        UpdateJournal killed = open();
        long first = append(killed, 1, UpdateJournal.NONE, 0, 1);
        long second = append(killed, 1, first, 1, 2);
        killed.awaitNext();
        Path file = folder.resolve("updates-000000.journal");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[4]), second);
        }

        try (UpdateJournal journal = open()) {
            assertThat(journal.found()).containsEntry(1L, first);
            assertThat(Arrays.copyOfRange(Files.readAllBytes(file), (int) second, SMALL))
                    .containsOnly(0);
        }
    }

    @Test
    void manyWritersLoseNothing() throws Exception {
        try (UpdateJournal journal = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> agents = new ArrayList<>();
            for (int agent = 0; agent < 50; agent++) {
                int id = agent;
                agents.add(threads.submit(() -> append(journal, id, UpdateJournal.NONE, 1000 * id, 1000 * id + 100)));
            }

            for (int id = 0; id < agents.size(); id++) {
                assertThat(journal.read(agents.get(id).get(), UpdateJournal.NONE))
                        .isEqualTo(updates(1000 * id, 1000 * id + 100));
            }
        }
    }

    @Test
    void whenAJournalIsClosedItsFilesAreThoseThatAreWrittenTo() throws Exception {
        for (int round = 0; round < 50; round++) {
            UpdateJournal journal = open();
            append(journal, 1, UpdateJournal.NONE, 0, 1);

            journal.close();

            try (var files = Files.list(folder)) {
                assertThat(files).hasSize(1);
            }
            journal.delete();
        }
    }

    @Test
    void aDeletedJournalLeavesNoFiles() throws Exception {
        UpdateJournal journal = open();
        append(journal, 1, UpdateJournal.NONE, 0, 200);

        journal.delete();

        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
        assertThatThrownBy(() -> journal.append(1, UpdateJournal.NONE, update(1)))
                .isInstanceOf(MephistoException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void ofADeletedJournalNothingIsRead() {
        UpdateJournal journal = open();
        long last = append(journal, 1, UpdateJournal.NONE, 0, 200);

        journal.delete();

        assertThat(journal.read(last, UpdateJournal.NONE)).isEmpty();
    }

    @Test
    void inMemoryTheOldestIsForgotten() {
        try (UpdateJournal journal = UpdateJournal.inMemory(2, SMALL)) {
            long last = append(journal, 1, UpdateJournal.NONE, 0, 1000);

            List<LiveUpdate> kept = journal.read(last, UpdateJournal.NONE);

            assertThat(kept).hasSizeBetween(30, 999).last().isEqualTo(update(999));
            assertThat(kept).isEqualTo(updates(1000 - kept.size(), 1000));
        }
    }
}
