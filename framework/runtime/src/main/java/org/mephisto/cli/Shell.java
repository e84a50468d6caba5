package org.mephisto.cli;

/** Text that users may copy into a shell. */
final class Shell {
    private Shell() {}

    /** The word, in quotes where a shell needs them. */
    static String quote(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
