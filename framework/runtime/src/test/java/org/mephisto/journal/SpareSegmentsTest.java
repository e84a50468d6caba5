package org.mephisto.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.json.JsonValue;

class SpareSegmentsTest {
    private static final int SMALL = 4096;

    @TempDir
    Path data;

    private Path parent;
    private SpareSegments spares;

    @BeforeEach
    void open() {
        parent = data.resolve("spare");
        spares = SpareSegments.open(parent);
    }

    private UpdateJournal journal(String name) {
        return UpdateJournal.open(data.resolve(name), spares, SMALL);
    }

    private static LiveUpdate update(int n) {
        return new LiveUpdate("id-" + n, true, Instant.EPOCH, JsonValue.ofText("{\"n\":" + n + "}"));
    }

    private static long append(UpdateJournal journal, long agentId, int count) {
        long last = UpdateJournal.NONE;
        for (int n = 0; n < count; n++) {
            last = journal.append(agentId, last, update(n));
        }
        return last;
    }

    private List<Path> spareFiles() throws IOException {
        Path own = parent.resolve(Long.toString(ProcessHandle.current().pid()));
        if (!Files.exists(own)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(own)) {
            return files.toList();
        }
    }

    private void endAJournalOf(String name, int segments) {
        UpdateJournal ended = journal(name);
        append(ended, 1, segments * SMALL / 50);
        ended.delete();
    }

    @Test
    void theNextJournalHasTheFilesOfTheLastAndNothingOfWhatTheyHeld() throws Exception {
        endAJournalOf("ended", 10);
        int kept = spareFiles().size();

        UpdateJournal killed = journal("next");
        append(killed, 2, 100);
        killed.awaitNext();

        assertThat(spareFiles()).hasSizeBetween(1, kept - 1);
        try (UpdateJournal reopened = journal("next")) {
            assertThat(reopened.found()).containsOnlyKeys(2L);
            assertThat(reopened.read(reopened.found().getOrDefault(2L, UpdateJournal.NONE), UpdateJournal.NONE))
                    .hasSize(100)
                    .last()
                    .isEqualTo(update(99));
        }
    }

    @Test
    void moreThanAFewAreNotKept() throws Exception {
        endAJournalOf("long", 3 * SpareSegments.MOST);

        assertThat(spareFiles()).hasSize(SpareSegments.MOST);
    }

    @Test
    void aFileThatSomebodyDeletedIsMadeAnew() throws Exception {
        endAJournalOf("ended", 10);
        for (Path spare : spareFiles()) {
            Files.delete(spare);
        }

        try (UpdateJournal next = journal("next")) {
            assertThat(next.read(append(next, 2, 100), UpdateJournal.NONE)).hasSize(100);
        }
    }

    @Test
    void closingLeavesNoFiles() throws Exception {
        endAJournalOf("ended", 10);

        spares.close();
        endAJournalOf("later", 10);

        assertThat(parent).doesNotExist();
    }

    @Test
    void theFilesOfAKilledProcessAreDeletedAndThoseOfALivingOneAreNot() throws Exception {
        Process living = new ProcessBuilder("cat").start();
        Process dead = new ProcessBuilder("cat").start();
        dead.getOutputStream().close();
        dead.waitFor();
        Path livingSpare = spareOf(living);
        Path deadSpare = spareOf(dead);

        SpareSegments.open(parent);
        boolean wasLeftAlone = Files.exists(livingSpare);
        living.getOutputStream().close();

        assertThat(wasLeftAlone).isTrue();
        assertThat(deadSpare).doesNotExist();
        assertThat(living.waitFor()).isZero();
    }

    private Path spareOf(Process process) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(Long.toString(process.pid())));
        return Files.writeString(folder.resolve("1.spare"), "");
    }
}
