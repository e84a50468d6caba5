package org.mephisto.config.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mephisto.config.hooks.HookSources.LONG;
import static org.mephisto.config.hooks.HookSources.VALUES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.config.hooks.HookSignature.Given;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.json.JsonValue;

final class HookClassTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public boolean may(Worker worker, Unit unit) { return worker.id() == 7 && unit.id() == 3; }",
                "public boolean may(Unit unit, Worker worker) { return worker.id() == 7 && unit.id() == 3; }",
                "Boolean may(Worker worker) { return worker.name().equals(\"ann\"); }",
                "static boolean may(Unit unit) { return unit.id() == 3; }",
                "protected boolean may() { return true; }",
                "boolean may(String other) { return false; } boolean may(Unit unit) { return true; }",
                "boolean may() { return false; } boolean may(Worker worker, Unit unit) { return true; }",
            })
    void aMethodTakesWhatItWantsInAnyOrder(String method) throws IOException {
        HookClass hooks = HookSources.compile(folder, method);

        Object answer = new HookCalls(hooks.newInstance())
                .call(hooks.require("p", "may", HookSignature.WORKER_CAN_DO_UNIT), LONG, VALUES);

        assertThat(answer).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boolean may(String other) { return true; }",
                "boolean may(Worker one, Worker other) { return true; }",
                "int may(Worker worker) { return 1; }",
                "void may(Worker worker) { }",
            })
    void aMethodOfAnotherShapeIsRefusedWithOneThatWouldDo(String method) throws IOException {
        HookClass hooks = HookSources.compile(folder, method);

        assertThatThrownBy(() -> hooks.require("the.path", "may", HookSignature.WORKER_CAN_DO_UNIT))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "the.path", "may(", "worker_can_do_unit", "public boolean may(Worker worker, Unit unit)");
    }

    @Test
    void aMethodThatIsNotThereIsToldWithTheNearest() throws IOException {
        HookClass hooks = HookSources.compile(
                folder, "boolean isFine(Worker worker) { return true; } private boolean hidden() { return true; }");

        assertThatThrownBy(() -> hooks.require("p", "isFin", HookSignature.WORKER_CAN_DO_UNIT))
                .hasMessageContainingAll("\"isFin\"", "did you mean \"isFine\"?", "public boolean isFin(");
        assertThatThrownBy(() -> hooks.require("p", "hidden", HookSignature.WORKER_CAN_DO_UNIT))
                .hasMessageContaining("no method \"hidden\"");
    }

    @Test
    void dataAreGivenAsTheMethodWantsThem() throws IOException {
        HookClass hooks = HookSources.compile(folder, """
                boolean asNode(JsonNode data) { return data.path("x").asInt() == 4; }
                boolean asValue(JsonValue data) { return data.node().path("x").asInt() == 4; }""");
        HookCalls calls = new HookCalls(hooks.newInstance());
        Map<Given, Object> data = Map.of(Given.DATA, JsonValue.of(Map.of("x", 4)));

        for (String name : new String[] {"asNode", "asValue"}) {
            HookMethod method = hooks.require("p", name, HookSignature.VALIDATE_ONBOARDING);

            assertThat(calls.call(method, LONG, data)).isEqualTo(true);
        }
    }

    @Test
    void errorsOfTheCompilerComeWithTheirLineAndACaretBelowThePlace() throws IOException {
        Files.writeString(folder.resolve("Hooks.java"), """
                public class Hooks {
                \tpublic boolean may() { return tru; }
                    public int number() {
                        return "text";
                    }
                }
                """);

        ConfigException error = catchThrowableOfType(ConfigException.class, () -> HookClass.compile(folder));

        assertThat(error.problems()).hasSize(2);
        assertThat(error.problems().getFirst().path()).isEqualTo("Hooks.java:2");
        assertThat(error.problems().getFirst().message())
                .contains(
                        "cannot find symbol",
                        "\n    \tpublic boolean may() { return tru; }\n    \t" + " ".repeat(30) + "^");
        assertThat(error.problems().getLast().path()).isEqualTo("Hooks.java:4");
        assertThat(error.problems().getLast().message())
                .contains("incompatible types", "\n            return \"text\";\n" + " ".repeat(19) + "^");
    }

    @Test
    void theHostsOwnClassesAreNotSeen() throws IOException {
        Files.writeString(folder.resolve("Hooks.java"), """
                public class Hooks {
                    public boolean may() throws Exception {
                        try {
                            Class.forName("org.mephisto.store.Store");
                            return false;
                        } catch (ClassNotFoundException e) {
                            return Class.forName("com.fasterxml.jackson.databind.JsonNode") != null
                                    && Class.forName("org.slf4j.Logger") != null;
                        }
                    }
                }
                """);
        HookClass hooks = HookClass.compile(folder);

        Object seesWhatPluginsSee = new HookCalls(hooks.newInstance())
                .call(hooks.require("p", "may", HookSignature.WORKER_CAN_DO_UNIT), LONG, VALUES);

        assertThat(seesWhatPluginsSee).isEqualTo(true);
    }

    @Test
    void eachRunHasAnObjectOfItsOwnWithStaticsOfItsOwn() throws IOException {
        String counter = "static int all; int own; String count() { return ++all + \" \" + ++own; }";
        HookClass one = HookSources.compile(folder, counter);
        HookCalls calls = new HookCalls(one.newInstance());
        HookMethod count = one.require("p", "count", HookSignature.ON_UNIT_SUBMITTED);

        Object first = calls.call(count, LONG, Map.of());
        Object second = calls.call(count, LONG, Map.of());
        HookClass other = HookSources.compile(folder, counter);
        Object ofAnotherRun = new HookCalls(other.newInstance())
                .call(other.require("p", "count", HookSignature.ON_UNIT_SUBMITTED), LONG, Map.of());

        assertThat(first).isEqualTo("1 1");
        assertThat(second).isEqualTo("2 2");
        assertThat(ofAnotherRun).isEqualTo("1 1");
    }

    @Test
    void aFileThatCannotServeSaysWhy() throws IOException {
        assertThatThrownBy(() -> HookClass.compile(folder))
                .hasMessageContainingAll("Hooks.java", "is missing", folder.toString());

        Files.writeString(folder.resolve("Hooks.java"), "class Other {}");
        assertThatThrownBy(() -> HookClass.compile(folder)).hasMessageContaining("has no class \"Hooks\"");

        HookClass needy = HookSources.compile(folder, "Hooks(int number) {}");
        assertThatThrownBy(needy::newInstance).hasMessageContaining("constructor without parameters");

        HookClass broken =
                HookSources.compile(folder, "Hooks() { throw new IllegalStateException(\"no model file\"); }");
        assertThatThrownBy(broken::newInstance).hasMessageContainingAll("no model file", "(line ");
    }

    @Test
    void aHooksClassMayStandInAPackageAndHaveClassesBesideIt() throws IOException {
        Files.writeString(folder.resolve("Hooks.java"), """
                package lab.birds;
                public class Hooks {
                    record Bird(String name) {}
                    boolean may() { return new Bird("a").equals(new Helper().bird()); }
                }
                class Helper { Hooks.Bird bird() { return new Hooks.Bird("a"); } }
                """);
        HookClass hooks = HookClass.compile(folder);

        assertThat(new HookCalls(hooks.newInstance())
                        .call(hooks.require("p", "may", HookSignature.WORKER_CAN_DO_UNIT), LONG, VALUES))
                .isEqualTo(true);
    }
}
