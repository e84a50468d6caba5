package org.mephisto.spi.model;

import java.time.Instant;

/** A named kind of work; its runs share limits and exports. */
public record Task(long id, String name, Instant createdAt) {}
