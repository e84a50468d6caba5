package org.mephisto.blueprint.statictask;

import java.nio.file.Path;
import java.util.Optional;

/** The user's files that make the page, as absolute paths. */
record StaticTaskFiles(Path task, Optional<Path> preview, Optional<Path> onboarding, Optional<Path> extra) {
    static StaticTaskFiles of(StaticTaskConfig config, Path taskDirectory) {
        return new StaticTaskFiles(
                taskDirectory.resolve(config.taskSource()),
                config.previewSource().map(taskDirectory::resolve),
                config.onboardingSource().map(taskDirectory::resolve),
                config.data().extraSourceDir().map(taskDirectory::resolve));
    }

    /** The name under which the task is served, and which the page gets as {@code html}. */
    String taskName() {
        return String.valueOf(task.getFileName());
    }
}
