package org.mephisto.spi.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param path the key, such as {@code mephisto.task.task_reward}
 * @param message what is wrong, the value in quotes, and what to do
 */
public record Problem(String path, String message) {
    @Override
    public String toString() {
        return path + ": " + message;
    }
}
