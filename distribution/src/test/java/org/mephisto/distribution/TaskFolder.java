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
}
