package org.mephisto.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands, giving the installation to those whose constructor asks for it. */
final class CommandFactory implements IFactory {
    private final Installation installation;

    CommandFactory(Installation installation) {
        this.installation = installation;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Installation.class) {
                return type.cast(constructor.newInstance(installation));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
