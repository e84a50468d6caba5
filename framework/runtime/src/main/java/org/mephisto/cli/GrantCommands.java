package org.mephisto.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.mephisto.qualification.Qualifications;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.Worker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The subcommands of {@code mephisto qualifications} that change what one worker holds. */
final class GrantCommands {
    private GrantCommands() {}

    /** One of them: about a qualification and a worker. */
    abstract static class OfWorker extends QualificationAction {
        @Parameters(index = "0", paramLabel = "NAME", description = "The qualification.")
        private String name;

        @Parameters(index = "1", paramLabel = "WORKER", description = "The worker's name.")
        private String workerName;

        @Mixin
        private final WorkerProvider provider = new WorkerProvider();

        OfWorker(Installation installation) {
            super(installation);
        }

        final String name() {
            return name;
        }

        final String workerName() {
            return workerName;
        }

        final Optional<String> provider() {
            return provider.type();
        }

        final Worker worker(Qualifications qualifications) {
            return qualifications.requireWorker(workerName, provider());
        }
    }

    /** {@code grant}. */
    @Command(
            name = "grant",
            mixinStandardHelpOptions = true,
            description = "Grants a qualification to a worker, or changes its value.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  mephisto qualifications grant birds ann",
                "  mephisto qualifications grant birds ann --value 3",
                "  mephisto qualifications grant birds ann --new --provider inhouse    before ann has ever come"
            })
    static final class Grant extends OfWorker {
        @Option(
                names = {"-v", "--value"},
                paramLabel = "NUMBER",
                defaultValue = "1",
                description = "A whole number, for comparators such as GreaterThan (default: 1).")
        private int value;

        @Option(
                names = "--new",
                description = "Also if no such worker has ever come; then --provider says where they will come from.")
        private boolean mayBeNew;

        Grant(Installation installation) {
            super(installation);
        }

        @Override
        void run(Qualifications qualifications) {
            qualifications.require(name());
            Worker worker = mayBeNew ? known(qualifications) : worker(qualifications);
            qualifications.grant(name(), worker, value);
            tell(
                    toJson(worker).put("qualification_name", name()).put("value", value),
                    "Worker \"" + worker.name() + "\" holds \"" + name() + "\" with the value " + value + ".");
        }

        private Worker known(Qualifications qualifications) {
            return qualifications.findOrCreateWorker(
                    workerName(),
                    provider()
                            .orElseThrow(() -> new MephistoException(
                                    ErrorCode.INVALID_INPUT,
                                    "With --new, --provider must say where worker \"" + workerName()
                                            + "\" will come from, such as --provider inhouse.")));
        }
    }

    /** {@code revoke}. */
    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Takes a qualification from a worker.",
            footerHeading = "%nExample:%n",
            footer = "  mephisto qualifications revoke birds ann")
    static final class Revoke extends OfWorker {
        Revoke(Installation installation) {
            super(installation);
        }

        @Override
        void run(Qualifications qualifications) {
            qualifications.require(name());
            Worker worker = worker(qualifications);
            boolean had = qualifications.revoke(name(), worker);
            tell(
                    toJson(worker).put("qualification_name", name()).put("had", had),
                    "Worker \"" + worker.name() + "\" "
                            + (had ? "no longer holds \"" + name() + "\"." : "did not hold \"" + name() + "\"."));
        }
    }

    /** {@code block} and {@code unblock}: about a worker only. */
    abstract static class Blocking extends QualificationAction {
        @Parameters(index = "0", paramLabel = "WORKER", description = "The worker's name.")
        private String workerName;

        @Mixin
        private final WorkerProvider provider = new WorkerProvider();

        @Option(
                names = {"-r", "--reason"},
                paramLabel = "TEXT",
                defaultValue = "",
                description = "Why; told to the provider, which may tell the worker.")
        private String reason;

        Blocking(Installation installation) {
            super(installation);
        }

        @Override
        final void run(Qualifications qualifications) {
            Worker worker = qualifications.requireWorker(workerName, provider.type());
            ObjectNode node = toJson(worker);
            String sentence = change(qualifications, worker, reason, node);
            tell(node, sentence);
        }

        /** @return what to say of it */
        abstract String change(Qualifications qualifications, Worker worker, String because, ObjectNode node);
    }

    /** {@code block}. */
    @Command(
            name = "block",
            mixinStandardHelpOptions = true,
            description = {
                "Keeps a worker out of all tasks, also of those that go on now. What they have begun they may end.",
                "Who is blocked: mephisto qualifications show " + Qualifications.BLOCKED
            },
            footerHeading = "%nExample:%n",
            footer = "  mephisto qualifications block bob --reason \"Answers without reading\"")
    static final class Block extends Blocking {
        Block(Installation installation) {
            super(installation);
        }

        @Override
        String change(Qualifications qualifications, Worker worker, String because, ObjectNode node) {
            qualifications.block(worker, because);
            node.put("blocked", true);
            return "Worker \"" + worker.name() + "\" is blocked.";
        }
    }

    /** {@code unblock}. */
    @Command(
            name = "unblock",
            mixinStandardHelpOptions = true,
            description = "Lets a blocked worker in again.",
            footerHeading = "%nExample:%n",
            footer = "  mephisto qualifications unblock bob")
    static final class Unblock extends Blocking {
        Unblock(Installation installation) {
            super(installation);
        }

        @Override
        String change(Qualifications qualifications, Worker worker, String because, ObjectNode node) {
            boolean was = qualifications.unblock(worker, because);
            node.put("blocked", false).put("was_blocked", was);
            return "Worker \"" + worker.name() + "\" " + (was ? "is no longer blocked." : "was not blocked.");
        }
    }
}
