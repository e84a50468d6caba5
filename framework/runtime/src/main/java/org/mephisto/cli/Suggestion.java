package org.mephisto.cli;

import java.util.List;
import org.mephisto.config.bind.NearestName;

/** What to say after "there is no such name". */
final class Suggestion {
    private Suggestion() {}

    /** A sentence or two with a blank before them: the name that may have been meant, and all that there are. */
    static String of(String given, List<String> known) {
        String nearest = NearestName.of(given, known)
                .map(name -> " Did you mean \"" + name + "\"?")
                .orElse("");
        return nearest + (known.isEmpty() ? " There are none." : " There are: " + String.join(", ", known) + ".");
    }
}
