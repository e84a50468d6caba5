package org.mephisto.spi.config;

import java.util.List;
import java.util.stream.Collectors;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/** A configuration that cannot be used, with all that is wrong with it. */
public final class ConfigException extends MephistoException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ConfigException(List<Problem> problems) {
        super(ErrorCode.INVALID_CONFIG, message(problems));
        this.problems = List.copyOf(problems);
    }

    /** A configuration with one problem. */
    public ConfigException(String path, String message) {
        this(List.of(new Problem(path, message)));
    }

    public List<Problem> problems() {
        return problems;
    }

    private static String message(List<Problem> problems) {
        if (problems.size() == 1) {
            return "The configuration has a problem: " + problems.getFirst();
        }
        return problems.stream()
                .map(problem -> "  - " + problem)
                .collect(Collectors.joining("\n", "The configuration has " + problems.size() + " problems:\n", ""));
    }
}
