package org.mephisto.spi.model;

/** How a worker's granted value is held against a required one. Without the grant all but {@link #DOES_NOT_EXIST} fail. */
public enum QualificationComparator {
    GREATER_THAN("GreaterThan"),
    GREATER_THAN_OR_EQUAL_TO("GreaterThanOrEqualTo"),
    LESS_THAN("LessThan"),
    LESS_THAN_OR_EQUAL_TO("LessThanOrEqualTo"),
    EQUAL_TO("EqualTo"),
    NOT_EQUAL_TO("NotEqualTo"),
    EXISTS("Exists"),
    DOES_NOT_EXIST("DoesNotExist"),
    IN("In"),
    NOT_IN("NotIn");

    private final String word;

    QualificationComparator(String word) {
        this.word = word;
    }

    /** The word in configurations. */
    public String word() {
        return word;
    }

    /** Whether a value must be given with it. */
    public boolean needsValue() {
        return this != EXISTS && this != DOES_NOT_EXIST;
    }
}
