package org.mephisto.spi.blueprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mephisto.spi.config.Problem;

/**
 * A page that is one JavaScript bundle, made with React or anything else: {@code index.html} with a {@code <div id="app">}, the files of
 * {@code extra_source_dir}, and {@code bundle.js}. Immutable.
 *
 * @param bundle the user's file, absolute
 * @param extra the folder of files that are served beside it, absolute
 * @param link whether the bundle is linked instead of copied, so that a new build shows at once
 */
public record BundlePage(Path bundle, Optional<Path> extra, boolean link, String title) implements TaskBuilder {
    /** The page that the keys {@code task_source}, {@code link_task_source} and {@code extra_source_dir} describe. */
    public static BundlePage of(
            Path taskSource, boolean link, Optional<Path> extraSourceDir, BlueprintContext context) {
        Path folder = context.taskDirectory();
        return new BundlePage(
                folder.resolve(taskSource),
                extraSourceDir.map(folder::resolve),
                link,
                context.task().taskTitle());
    }

    /** What is wrong with the files. That links only work where the router runs is the runtime's to check. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (!Files.isReadable(bundle) || Files.isDirectory(bundle)) {
            problems.add(new Problem(
                    "mephisto.blueprint.task_source",
                    "\"" + bundle
                            + "\" is not a file that can be read. Build the bundle first, or check the path; a relative one stands in the"
                            + " folder of the task."));
        }
        extra.filter(folder -> !Files.isDirectory(folder))
                .ifPresent(
                        folder -> problems.add(
                                new Problem(
                                        "mephisto.blueprint.extra_source_dir",
                                        "\"" + folder
                                                + "\" is not a folder. Check the path; a relative one stands in the folder of the task.")));
        return problems;
    }

    @Override
    public void buildInDir(Path folder) throws IOException {
        PageFolder page = new PageFolder(folder);
        page.writePage(BundlePage.class, "bundle-page.html", "index.html", title);
        if (extra.isPresent()) {
            page.copyContents(extra.get());
        }
        if (link) {
            page.linkFile(bundle, "bundle.js");
        } else {
            page.copyFile(bundle, "bundle.js");
        }
    }
}
