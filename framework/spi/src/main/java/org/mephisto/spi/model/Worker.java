package org.mephisto.spi.model;

/**
 * A person, as one crowd provider knows them.
 *
 * @param name the provider's name for the person; unique within the provider type
 */
public record Worker(long id, String name, String providerType) {}
