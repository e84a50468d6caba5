package org.mephisto.spi.blueprint;

/** One worker at one unit. */
public interface UnitSession extends Session {
    Agent agent();

    /** Short for {@code agent().awaitSubmit()}. */
    default Submission awaitSubmit() throws InterruptedException {
        return agent().awaitSubmit();
    }
}
