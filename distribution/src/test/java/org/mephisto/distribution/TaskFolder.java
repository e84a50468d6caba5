package org.mephisto.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small task folders. */
final class TaskFolder {
    /** Questions that CSV files and HTML pages get wrong. */
    static final String[] QUESTIONS = {"Is \"this\", well, right?", "Is 1 < 2 & 3 > 2?\nSay so.", "¿Qué tal, 世界?"};

    private TaskFolder() {}

    /** A question and a text field; answers go to the field {@code answer}. */
    static Path questions(Path folder, String taskName, int rows) throws IOException {
        StringBuilder csv = new StringBuilder("number,question\n");
        for (int i = 0; i < rows; i++) {
            String question = QUESTIONS[i % QUESTIONS.length].replace("\"", "\"\"");
            csv.append(i).append(",\"").append(question).append("\"\n");
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("data.csv"), csv);
        Files.writeString(folder.resolve("task.html"), """
                <h1 id="question">${question}</h1>
                <input type="hidden" name="number" value="${number}">
                <label>Your answer <input name="answer" required></label>
                """);
        Files.writeString(folder.resolve("task.yaml"), """
                #@package _global_
                defaults:
                  - /mephisto/blueprint: static_task
                  - /mephisto/architect: local
                  - /mephisto/provider: mock
                mephisto:
                  blueprint:
                    task_source: ${task_dir}/task.html
                    data_csv: ${task_dir}/data.csv
                    escape_html: true
                  architect:
                    port: 0
                  task:
                    task_name: %s
                    task_title: Questions
                    task_description: Answer a question.
                    task_reward: 0.1
                    task_tags: test
                    closing_time_in_seconds: 0
                """.formatted(taskName));
        return folder;
    }

    /** Live work of the given blueprint, whose options are lines of YAML. */
    static Path live(Path folder, String taskName, String blueprint, String options) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("task.yaml"), """
                #@package _global_
                defaults:
                  - /mephisto/blueprint: %s
                  - /mephisto/architect: local
                  - /mephisto/provider: mock
                mephisto:
                  blueprint:
                %s
                  architect:
                    port: 0
                  task:
                    task_name: %s
                    task_title: Live work
                    task_description: Work on something while the server answers.
                    task_reward: 0
                    task_tags: test
                    allowed_concurrent: 1
                    closing_time_in_seconds: 0
                """.formatted(blueprint, options.indent(4), taskName));
        return folder;
    }

    /** A chat of two, Buyer and Seller, on our page or on one that is made with the original's packages. */
    static Path chat(Path folder, String taskName, ChatWindow.Kind page, String options)
            throws IOException, InterruptedException {
        String bundle = "";
        if (page == ChatWindow.Kind.PUBLISHED) {
            Files.createDirectories(folder);
            NpmPage.bundle("chat-page", folder.resolve("bundle.js"));
            bundle = "custom_source_bundle: ${task_dir}/bundle.js\n";
        }
        return live(
                folder, taskName, "parlai_chat", bundle + "num_conversations: 1\nroles: [Buyer, Seller]\n" + options);
    }
}
