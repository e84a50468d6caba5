package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What pages shall say for a while. Immutable.
 *
 * @param active how many of them say something; the others only send their heartbeats
 * @param window live updates that each has open at once, the next sent when one is answered; unused where there is a rate
 * @param perSecond live updates a second of all together, evenly, whether or not those before are answered; 0 for as many as can be
 * @param seconds how long
 */
record Talk(int active, int window, double perSecond, double seconds) {
    /** As fast as the server answers. */
    static Talk flood(int active, int window, double seconds) {
        return new Talk(active, window, 0, seconds);
    }

    /** At a steady rate. */
    static Talk pace(int active, double perSecond, double seconds) {
        return new Talk(active, 1, perSecond, seconds);
    }

    /** Nothing but heartbeats. */
    static Talk rest(double seconds) {
        return new Talk(0, 1, 0, seconds);
    }

    /** The part of it that falls to one event loop with so many of the active pages. */
    Talk share(int activeHere) {
        return new Talk(activeHere, window, active == 0 ? 0 : perSecond * activeHere / active, seconds);
    }

    /** One of so many turns that it is divided into. */
    Talk turn(int turns) {
        return new Talk(active, window, perSecond, seconds / turns);
    }

    ObjectNode toJson() {
        return ChildProcess.command("talk")
                .put("active", active)
                .put("window", window)
                .put("per_second", perSecond)
                .put("seconds", seconds);
    }

    static Talk fromJson(JsonNode json) {
        return new Talk(
                json.path("active").asInt(),
                json.path("window").asInt(),
                json.path("per_second").asDouble(),
                json.path("seconds").asDouble());
    }
}
