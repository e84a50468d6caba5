package org.mephisto.blueprint.chat.talk;

import org.mephisto.spi.config.Option;

/** {@code mephisto.blueprint.on_partner_left}. */
public record PartnerLeftConfig(
        @Option(
                help =
                        "end: the others are thanked and paid; wait: likewise, once seconds have gone by; continue: the others go on"
                                + " while there is somebody to talk with; bot: a bot takes the place.",
                defaultValue = "end")
        Action action,

        @Option(
                help = "With wait: how much longer than usual a page may be silent before its person counts as gone.",
                defaultValue = "60",
                min = 0,
                max = 3_600)
        int seconds) {
    /** What follows when somebody leaves. */
    public enum Action {
        END,
        WAIT,
        CONTINUE,
        BOT
    }
}
