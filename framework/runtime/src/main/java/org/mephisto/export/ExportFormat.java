package org.mephisto.export;

/** How rows are written. */
public enum ExportFormat {
    /** One JSON object a line. */
    JSONL,
    /** One JSON array. */
    JSON,
    /** A header and a line a row. */
    CSV
}
