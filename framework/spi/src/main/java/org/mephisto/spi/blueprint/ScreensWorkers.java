package org.mephisto.spi.blueprint;

/** A {@link Blueprint} whose workers can be screened by their first unit; the framework does it when its options say so. */
public interface ScreensWorkers {
    ScreeningArgs screening();
}
