package org.mephisto.config.hooks;

import java.lang.reflect.Method;
import java.util.List;

/**
 * A method of {@code Hooks.java} that fits a function.
 *
 * @param taken what it takes, in its order
 */
public record HookMethod(Method method, List<HookSignature.Given> taken) {
    public HookMethod {
        taken = List.copyOf(taken);
        method.setAccessible(true);
    }

    String name() {
        return method.getName();
    }
}
