package org.mephisto.spi.blueprint;

/** What a judge says of a screening or gold unit. */
public enum Verdict {
    PASSED,
    FAILED,
    /** Neither: nothing is granted or counted. */
    UNDECIDED;

    public static Verdict of(boolean passed) {
        return passed ? PASSED : FAILED;
    }
}
