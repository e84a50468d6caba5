package org.mephisto.config.hooks;

import java.lang.reflect.Method;
import java.util.List;

/**
 * A method that fits a function.
 *
 * @param home where it stands, such as {@code Hooks.java}
 * @param taken what it takes, in its order
 */
public record HookMethod(String home, Method method, List<HookSignature.Given> taken) {
    public HookMethod {
        taken = List.copyOf(taken);
        method.setAccessible(true);
    }

    /** For people: the method and where it stands. */
    public String name() {
        return method.getName() + " of " + home;
    }
}
