package org.mephisto.spi.blueprint;

/** A {@link Blueprint} whose workers can be checked by units with known answers; the framework does it when its options say so. */
public interface UsesGoldUnits {
    GoldArgs golds();
}
