package org.mephisto.spi.model;

/** The three plugin types that make a task run. */
public record RunTypes(String blueprint, String architect, String provider) {}
