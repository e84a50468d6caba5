package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.mephisto.cli.CommandExtension;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code mephisto bench}: what this machine makes of Mephisto, beside what it makes of the bare libraries. Progress goes to the error
 * writer; the last line on the output is one JSON object.
 */
@Command(
        name = "bench",
        description =
                "Measures registering, submitting, launching and live work on this machine, beside the bare libraries' limit.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchCommand.Register.class,
            BenchCommand.Submit.class,
            BenchCommand.Launch.class,
            BenchCommand.Live.class,
            BenchCommand.Throughput.class,
            BenchCommand.Capacity.class
        })
public final class BenchCommand implements CommandExtension {
    private final Class<?> serverMain;

    /** Measures a real Mephisto. */
    public BenchCommand() {
        this(OperatorUnderTest.class);
    }

    /** @param serverMain its main method serves a {@link BenchServer} */
    BenchCommand(Class<?> serverMain) {
        this.serverMain = serverMain;
    }

    /** One scenario's command. */
    abstract static class Scenario implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private BenchCommand bench;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private CommandSpec spec;

        @Mixin
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private BenchOptions options;

        @Override
        public Integer call() {
            options.check();
            Consumer<String> progress = line -> {
                spec.commandLine().getErr().println(line);
                spec.commandLine().getErr().flush();
            };
            ObjectNode result = run(options, progress, bench.serverMain);
            spec.commandLine().getOut().println(Json.write(result));
            spec.commandLine().getOut().flush();
            return 0;
        }

        abstract ObjectNode run(BenchOptions options, Consumer<String> progress, Class<?> serverMain);
    }

    /** {@code mephisto bench register}. */
    @Command(name = "register", description = "Workers who arrive and get a unit.", mixinStandardHelpOptions = true)
    static final class Register extends Scenario {
        @Option(
                names = "--growth",
                description = "Compare a task run of 1,000 units with one of --units (default 1,000,000).")
        private boolean growth;

        @Option(
                names = "--gates",
                description =
                        "on: compare a run that asks for a qualification, a passed onboarding and gold units with one "
                                + "that asks for nothing. Default: off.")
        private String gates = "off";

        @Override
        ObjectNode run(BenchOptions options, Consumer<String> progress, Class<?> serverMain) {
            if (!gates.equals("on") && !gates.equals("off")) {
                throw new MephistoException(ErrorCode.INVALID_INPUT, "--gates \"" + gates + "\" must be on or off.");
            }
            if (gates.equals("on")) {
                return new GatesScenario(options, progress, serverMain).run();
            }
            return growth
                    ? new GrowthScenario(options, progress, serverMain).run()
                    : RequestScenario.register(options, progress, serverMain).run();
        }
    }

    /** {@code mephisto bench submit}. */
    @Command(name = "submit", description = "Workers who hand their work in.", mixinStandardHelpOptions = true)
    static final class Submit extends Scenario {
        @Override
        ObjectNode run(BenchOptions options, Consumer<String> progress, Class<?> serverMain) {
            return RequestScenario.submit(options, progress, serverMain).run();
        }
    }

    /** {@code mephisto bench launch}. */
    @Command(name = "launch", description = "A task run with many units.", mixinStandardHelpOptions = true)
    static final class Launch extends Scenario {
        @Override
        ObjectNode run(BenchOptions options, Consumer<String> progress, Class<?> serverMain) {
            return new LaunchScenario(options, progress, serverMain).run();
        }
    }

    /** A scenario of live work. */
    abstract static class LiveWork extends Scenario {
        @Mixin
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private LiveOptions live;

        @Override
        ObjectNode run(BenchOptions options, Consumer<String> progress, Class<?> serverMain) {
            live.check();
            return run(options, live, progress, serverMain);
        }

        abstract ObjectNode run(BenchOptions options, LiveOptions live, Consumer<String> progress, Class<?> serverMain);
    }

    /** {@code mephisto bench live}. */
    @Command(
            name = "live",
            description = "How long a live update takes from page to blueprint and back, at 200 a second.",
            mixinStandardHelpOptions = true)
    static final class Live extends LiveWork {
        @Override
        ObjectNode run(BenchOptions options, LiveOptions live, Consumer<String> progress, Class<?> serverMain) {
            return LiveScenario.live(options, live, progress, serverMain).run();
        }
    }

    /** {@code mephisto bench throughput}. */
    @Command(
            name = "throughput",
            description = "How many live updates a second are echoed by a blueprint.",
            mixinStandardHelpOptions = true)
    static final class Throughput extends LiveWork {
        @Override
        ObjectNode run(BenchOptions options, LiveOptions live, Consumer<String> progress, Class<?> serverMain) {
            return LiveScenario.throughput(options, live, progress, serverMain).run();
        }
    }

    /** {@code mephisto bench capacity}. */
    @Command(
            name = "capacity",
            description = "Many connected agents at once, each with its page and its running blueprint.",
            mixinStandardHelpOptions = true)
    static final class Capacity extends LiveWork {
        @Override
        ObjectNode run(BenchOptions options, LiveOptions live, Consumer<String> progress, Class<?> serverMain) {
            return new CapacityScenario(options, live, progress, serverMain).run();
        }
    }
}
