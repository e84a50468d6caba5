package org.mephisto.blueprint.chat;

import java.nio.file.Path;
import java.util.Optional;
import org.mephisto.spi.config.Option;

/** What people see. */
record ChatPageArgs(
        @Option(help = "The HTML that people see before they accept. Absent: the task's description.")
        Optional<Path> previewSource,

        @Option(help = "The HTML that stands beside the chat. Absent: the task's description.")
        Optional<Path> taskDescriptionFile,

        @Option(help = "A page of your own, as one JavaScript bundle, in place of the one that is built in.")
        Optional<Path> customSourceBundle,

        @Option(help = "Not built here: build the bundle yourself and name it as custom_source_bundle.")
        Optional<String> customSourceDir,

        @Option(
                help = "The page that shows finished work to reviewers. Empty: the data as they are.",
                defaultValue = "")
        String taskSourceReview,

        @Option(help = "A folder whose files are served beside the page, such as images.")
        Optional<Path> extraSourceDir) {}
