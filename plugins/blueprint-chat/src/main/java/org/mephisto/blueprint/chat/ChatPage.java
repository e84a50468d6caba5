package org.mephisto.blueprint.chat;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.BundlePage;
import org.mephisto.spi.blueprint.PageFolder;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.config.TaskArgs;

/**
 * The page of a run: ours, or the user's bundle in its place, and what it is told through {@code task_config.json}. Immutable.
 *
 * @param bundle the user's own page
 * @param extra the user's folder of more files
 * @param previewHtml what people see before they accept
 * @param peopleMayEnd whether the page shows a button for it
 */
record ChatPage(
        TaskArgs task,
        String descriptionHtml,
        Optional<String> previewHtml,
        Optional<Path> bundle,
        Optional<Path> extra,
        boolean peopleMayEnd) {
    /** What pages made for the original system expect where nothing else is said, in pixels. */
    private static final int FRAME_HEIGHT = 650;

    /** Reads the user's files; adds a problem for each that cannot be used. */
    static ChatPage of(ChatConfig config, BlueprintContext context, List<Problem> problems) {
        Path folder = context.taskDirectory();
        ChatPageArgs args = config.page();
        Optional<String> description = args.taskDescriptionFile()
                .map(folder::resolve)
                .map(file -> read("task_description_file", file, problems));
        Optional<String> preview =
                args.previewSource().map(folder::resolve).map(file -> read("preview_source", file, problems));
        Optional<Path> bundle = args.customSourceBundle().map(folder::resolve);
        bundle.filter(file -> !Files.isReadable(file) || Files.isDirectory(file))
                .ifPresent(file -> problems.add(problem(
                        "custom_source_bundle",
                        file,
                        "is not a file that can be read. Build the bundle first, or check the path")));
        Optional<Path> extra = args.extraSourceDir().map(folder::resolve);
        extra.filter(directory -> !Files.isDirectory(directory))
                .ifPresent(directory ->
                        problems.add(problem("extra_source_dir", directory, "is not a folder. Check the path")));
        return new ChatPage(
                context.task(),
                description.orElse(escaped(context.task().taskDescription())),
                preview,
                bundle,
                extra,
                config.peopleMayEnd());
    }

    private static String read(String option, Path file, List<Problem> problems) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            problems.add(problem(option, file, "is not UTF-8 text. Save it with that encoding, and check the path"));
        } catch (IOException e) {
            problems.add(problem(option, file, "is not a file that can be read. Check the path"));
        }
        return "";
    }

    private static Problem problem(String option, Path path, String what) {
        return new Problem(
                "mephisto.blueprint." + option,
                "\"" + path + "\" " + what + "; a relative one stands in the folder of the task.");
    }

    private static String escaped(String text) {
        return "<p>" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</p>";
    }

    /** Writes what browsers load. */
    void build(Path folder) throws IOException {
        PageFolder page = new PageFolder(folder);
        page.write("task_description.html", descriptionHtml);
        if (previewHtml.isPresent()) {
            page.write("preview.html", previewHtml.get());
        }
        if (bundle.isPresent()) {
            // Pages made with bootstrap-chat play this name when it is their turn; browsers go by what is in it.
            page.copyResource(ChatPage.class, "notif.wav", "notif.mp3");
            new BundlePage(bundle.get(), extra, false, task.taskTitle()).buildInDir(folder);
            return;
        }
        page.writePage(ChatPage.class, "index.html", "index.html", task.taskTitle());
        page.copyResource(ChatPage.class, "chat.css", "chat.css");
        page.copyResource(ChatPage.class, "chat-form.js", "chat-form.js");
        page.copyResource(ChatPage.class, "chat.js", "chat.js");
        if (extra.isPresent()) {
            page.copyContents(extra.get());
        }
    }

    /** The keys of {@code task_config.json} that chat pages read. */
    Map<String, Object> frontendArgs() {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("chat_title", task.taskTitle());
        keys.put("task_description", descriptionHtml);
        keys.put("has_preview", previewHtml.isPresent());
        previewHtml.ifPresent(html -> keys.put("preview_html", html));
        keys.put("frame_height", FRAME_HEIGHT);
        keys.put("block_mobile", true);
        keys.put("frontend_task_opts", Map.of());
        keys.put("people_may_end", peopleMayEnd);
        return keys;
    }
}
