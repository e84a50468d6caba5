package org.mephisto.journal;

import java.io.IOException;

/** Where a journal's segments are. Thread-safe. */
sealed interface SegmentStore permits SegmentFiles, SegmentMemory {
    /** Makes a new segment; may block. */
    Segment create(int number, int bytes) throws IOException;

    /** The segment is not needed any more. */
    void discard(Segment segment);

    /** How many segments there may be before the oldest is forgotten. */
    int most();
}
