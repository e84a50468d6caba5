package org.mephisto.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mephisto.qualification.Qualifications;
import org.mephisto.spi.json.Json;
import org.mephisto.store.QualificationStore.Holder;
import org.mephisto.store.QualificationStore.Qualification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes, shows and deletes qualifications; those in {@link GrantCommands} give and take them. */
@Command(
        name = "qualifications",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "ACTION",
        description = {
            "Says which workers may take part in which tasks.",
            "",
            "A qualification is a name that workers hold with a value, a whole number. A task asks for it in mephisto.shared_state.qualifications; a worker who lacks it gets no unit."
        },
        subcommands = {
            QualificationsCommand.ListAction.class,
            QualificationsCommand.Show.class,
            QualificationsCommand.Create.class,
            GrantCommands.Grant.class,
            GrantCommands.Revoke.class,
            QualificationsCommand.Sync.class,
            QualificationsCommand.Delete.class,
            GrantCommands.Block.class,
            GrantCommands.Unblock.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mephisto qualifications create birds --description \"Knows birds\"",
            "  mephisto qualifications grant birds ann --value 3",
            "  mephisto qualifications list",
            "  mephisto qualifications show birds",
            "",
            "and in the task's task.yaml:",
            "  shared_state:",
            "    qualifications:",
            "      - {qualification_name: birds, comparator: GreaterThanOrEqualTo, value: 2}"
        })
final class QualificationsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** {@code list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists all qualifications, and how many workers hold each.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  mephisto qualifications list",
                "  mephisto qualifications list mephisto.datapath=/data/mephisto"
            })
    static final class ListAction extends QualificationAction {
        ListAction(Installation installation) {
            super(installation);
        }

        @Override
        void run(Qualifications qualifications) {
            List<Qualification> all = qualifications.list();
            if (json()) {
                ArrayNode list = Json.array();
                all.forEach(each -> list.add(toJson(each)));
                out().println(Json.write(list));
                return;
            }
            Table table = new Table("NAME", "HELD BY", "DESCRIPTION");
            all.forEach(each -> table.row(
                    each.name(),
                    Long.toString(each.holders()),
                    each.description().orElse("")));
            if (table.isEmpty()) {
                out().println(
                                "There is no qualification yet. Make one: mephisto qualifications create NAME --description \"...\"");
            } else {
                table.print(out());
            }
        }
    }

    /** {@code show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows a qualification and the workers who hold it.",
            footerHeading = "%nExample:%n",
            footer = "  mephisto qualifications show birds")
    static final class Show extends QualificationAction {
        @Parameters(index = "0", paramLabel = "NAME", description = "The qualification.")
        private String name;

        Show(Installation installation) {
            super(installation);
        }

        @Override
        void run(Qualifications qualifications) {
            Qualification shown = qualifications.require(name);
            List<Holder> holders = qualifications.holders(name);
            if (json()) {
                ObjectNode node = toJson(shown);
                ArrayNode workers = node.putArray("workers");
                holders.forEach(holder -> workers.add(toJson(holder.worker())
                        .put("value", holder.value())
                        .put("granted_at", holder.grantedAt().toString())
                        .put("changed_at", holder.changedAt().toString())));
                out().println(Json.write(node));
                return;
            }
            out().println(shown.name()
                    + shown.description().map(text -> ": " + text).orElse(""));
            out().println("Made " + shown.createdAt() + ", held by " + workers(shown.holders()) + ".");
            Table table = new Table("WORKER", "PROVIDER", "VALUE", "SINCE", "VALUE SET");
            holders.forEach(holder -> table.row(
                    holder.worker().name(),
                    holder.worker().providerType(),
                    Integer.toString(holder.value()),
                    holder.grantedAt().toString(),
                    holder.changedAt().toString()));
            if (!table.isEmpty()) {
                out().println();
                table.print(out());
            }
        }
    }

    /** {@code create}. */
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a qualification.",
            footerHeading = "%nExample:%n",
            footer = "  mephisto qualifications create birds --description \"Knows birds\"")
    static final class Create extends QualificationAction {
        @Parameters(index = "0", paramLabel = "NAME", description = "Its name, by which tasks ask for it.")
        private String name;

        @Option(
                names = {"-d", "--description"},
                paramLabel = "TEXT",
                description = "What it stands for, for those who read the list.")
        private @Nullable String description;

        Create(Installation installation) {
            super(installation);
        }

        @Override
        void run(Qualifications qualifications) {
            Qualification made = qualifications.create(name, Optional.ofNullable(description));
            tell(
                    toJson(made),
                    "Qualification \"" + name + "\" is made. Grant it: mephisto qualifications grant "
                            + Shell.quote(name) + " WORKER");
        }
    }

    /** {@code delete}. */
    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = {
                "Deletes a qualification that nobody holds.",
                "A task that still asks for it lets nobody in who would need it; the name can be made again."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  mephisto qualifications delete birds",
                "  mephisto qualifications delete birds --revoke    from all who hold it, then delete"
            })
    static final class Delete extends QualificationAction {
        @Parameters(index = "0", paramLabel = "NAME", description = "The qualification.")
        private String name;

        @Option(names = "--revoke", description = "Revoke it first from all who hold it.")
        private boolean revoke;

        Delete(Installation installation) {
            super(installation);
        }

        @Override
        void run(Qualifications qualifications) {
            int revoked = 0;
            if (revoke) {
                for (Holder holder : qualifications.holders(name)) {
                    qualifications.revoke(name, holder.worker());
                    revoked++;
                }
            }
            qualifications.delete(name);
            tell(
                    Json.object().put("deleted", name).put("revoked", revoked),
                    "Qualification \"" + name + "\" is deleted"
                            + (revoked > 0 ? "; " + workers(revoked) + " held it." : "."));
        }
    }

    /** {@code sync}. */
    @Command(
            name = "sync",
            mixinStandardHelpOptions = true,
            description = {
                "Tells crowd providers that keep qualifications of their own again who holds this one, and with which value.",
                "They are told of each change as it is made; this makes up for what they were not told while they could not be reached. A revocation that they missed is told by revoking again."
            },
            footerHeading = "%nExample:%n",
            footer = "  mephisto qualifications sync birds")
    static final class Sync extends QualificationAction {
        @Parameters(index = "0", paramLabel = "NAME", description = "The qualification.")
        private String name;

        Sync(Installation installation) {
            super(installation);
        }

        @Override
        void run(Qualifications qualifications) {
            int told = qualifications.sync(name);
            tell(
                    Json.object().put("qualification_name", name).put("told", told),
                    told == 0
                            ? "Nobody who holds \"" + name + "\" came from a provider that keeps qualifications itself."
                            : "Providers know again that " + workers(told) + " hold" + (told == 1 ? "s" : "") + " \""
                                    + name + "\".");
        }
    }
}
