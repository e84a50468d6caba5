package org.mephisto.spi.config;

import java.util.List;
import java.util.Optional;

/** The keys under {@code mephisto.task}: what the task is called, pays and allows. All times are in seconds; 0 limits mean no limit. */
public record TaskArgs(
        @Option(help = "Groups runs: limits and exports go by it. Absent: the blueprint type, with a warning.")
        Optional<String> taskName,

        @Option(help = "What workers see as the title.") String taskTitle,

        @Option(help = "What workers read before they accept.")
        String taskDescription,

        @Option(help = "Pay for one unit, in dollars.", min = 0, max = 10_000)
        double taskReward,

        @Option(help = "Words by which workers find the task, parted by commas.")
        String taskTags,

        @Option(help = "How long the task stays open to workers.", defaultValue = "2678400", min = 1, max = 31_536_000)
        int taskLifetimeInSeconds,

        @Option(help = "How long one worker has for one unit.", defaultValue = "1800", min = 1, max = 31_536_000)
        int assignmentDurationInSeconds,

        @Option(
                help = "The run ends early, with a warning, after this long without any submission.",
                defaultValue = "43200",
                min = 1,
                max = 31_536_000)
        int noSubmissionPatience,

        @Option(help = "Units that one worker may hold at once.", defaultValue = "0", min = 0)
        int allowedConcurrent,

        @Option(help = "Units that one worker may do over all runs of the task.", defaultValue = "0", min = 0)
        int maximumUnitsPerWorker,

        @Option(help = "Units that are launched or in work at once.", defaultValue = "0", min = 0)
        int maxNumConcurrentUnits,

        @Option(
                help = "How long to wait for the worker to submit once the blueprint is done.",
                defaultValue = "600",
                min = 0,
                max = 31_536_000)
        int submissionTimeout,

        @Option(
                help = "Units that were done faster are flagged for the reviewer; 0: none is.",
                defaultValue = "0",
                min = 0,
                max = 86_400)
        double minimumSeconds,

        @Option(
                help = "How long the page stays up after the last unit is done, for feedback that comes after it.",
                defaultValue = "10",
                min = 0,
                max = 86_400)
        int closingTimeInSeconds,

        @Option(
                help = "How long the page of live work may be silent before its worker counts as gone.",
                defaultValue = "15",
                min = 1,
                max = 86_400)
        int disconnectAfterInSeconds,

        @Option(
                help =
                        "Write live updates to a file before the task's code sees them, so that a killed process loses none.",
                defaultValue = "true")
        boolean journalLiveUpdates,

        @Option(help = "Not needed here: accepted, and ignored with a warning.", defaultValue = "")
        String postInstallScript,

        @Option(help = "Not needed here: accepted, and ignored with a warning.", defaultValue = "false")
        boolean forceRebuild,

        @Option(help = "Take up the task's last unfinished run instead of a new one.", defaultValue = "false")
        boolean resumeIncompleteRun) {

    /** The tags one by one. */
    public List<String> tags() {
        return List.of(taskTags.split(",", -1)).stream()
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
    }
}
