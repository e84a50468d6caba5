package org.mephisto.config.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.config.hooks.HookSignature.Given;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.spi.model.Worker;

final class HookClassTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Map<Given, Object> VALUES =
            Map.of(Given.WORKER, new Worker(7, "ann", "mock"), Given.UNIT, new Unit(3, 2, 1, 0, UnitStatus.LAUNCHED));

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
        HookClass hooks = compile(method);

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
        HookClass hooks = compile(method);

        assertThatThrownBy(() -> hooks.require("the.path", "may", HookSignature.WORKER_CAN_DO_UNIT))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "the.path", "may(", "worker_can_do_unit", "public boolean may(Worker worker, Unit unit)");
    }

    @Test
    void aMethodThatIsNotThereIsToldWithTheNearest() throws IOException {
        HookClass hooks =
                compile("boolean isFine(Worker worker) { return true; } private boolean hidden() { return true; }");

        assertThatThrownBy(() -> hooks.require("p", "isFin", HookSignature.WORKER_CAN_DO_UNIT))
                .hasMessageContainingAll("\"isFin\"", "did you mean \"isFine\"?", "public boolean isFin(");
        assertThatThrownBy(() -> hooks.require("p", "hidden", HookSignature.WORKER_CAN_DO_UNIT))
                .hasMessageContaining("no method \"hidden\"");
    }

    @Test
    void dataAreGivenAsTheMethodWantsThem() throws IOException {
        HookClass hooks = compile("""
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
        HookClass one = compile(counter);
        HookCalls calls = new HookCalls(one.newInstance());
        HookMethod count = one.require("p", "count", HookSignature.ON_UNIT_SUBMITTED);

        Object first = calls.call(count, LONG, Map.of());
        Object second = calls.call(count, LONG, Map.of());
        HookClass other = compile(counter);
        Object ofAnotherRun = new HookCalls(other.newInstance())
                .call(other.require("p", "count", HookSignature.ON_UNIT_SUBMITTED), LONG, Map.of());

        assertThat(first).isEqualTo("1 1");
        assertThat(second).isEqualTo("2 2");
        assertThat(ofAnotherRun).isEqualTo("1 1");
    }

    @Test
    void aMethodThatDoesNotReturnIsGivenUpAndOthersGoOn() throws IOException {
        HookClass hooks = compile("""
                static volatile boolean spinning = true;
                boolean spin() { while (spinning) { Thread.onSpinWait(); } return true; }
                boolean quick() { spinning = false; return true; }""");
        HookCalls calls = new HookCalls(hooks.newInstance());

        assertThatThrownBy(() -> calls.call(
                        hooks.require("p", "spin", HookSignature.WORKER_CAN_DO_UNIT), Duration.ofMillis(50), VALUES))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMED_OUT))
                .hasMessageContainingAll("spin", "50 ms", "\"timeout\"");
        assertThat(calls.call(hooks.require("p", "quick", HookSignature.WORKER_CAN_DO_UNIT), LONG, VALUES))
                .isEqualTo(true);
    }

    /** As many as there are processors would stop every virtual thread of the process, if these were not threads of their own. */
    @Test
    void methodsThatComputeWithoutEndDoNotStopTheProcess() throws Exception {
        HookClass hooks = compile("""
                static volatile boolean spinning = true;
                boolean spin() { while (spinning) { Thread.onSpinWait(); } return true; }
                boolean stop() { spinning = false; return true; }""");
        HookCalls calls = new HookCalls(hooks.newInstance());
        HookMethod spin = hooks.require("p", "spin", HookSignature.WORKER_CAN_DO_UNIT);
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            assertThatThrownBy(() -> calls.call(spin, Duration.ofMillis(20), VALUES))
                    .hasMessageContaining("20 ms");
        }

        CountDownLatch ran = new CountDownLatch(1);
        Thread.ofVirtual().start(ran::countDown);

        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(calls.call(hooks.require("p", "stop", HookSignature.WORKER_CAN_DO_UNIT), LONG, VALUES))
                .isEqualTo(true);
    }

    @Test
    void closingClosesTheObjectInterruptsWhatStillRunsAndRefusesLaterCalls() throws Exception {
        HookClass hooks = compileCloseable("""
                static final java.util.concurrent.CountDownLatch interrupted = new java.util.concurrent.CountDownLatch(1);
                boolean hang() {
                    try {
                        new java.util.concurrent.CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return true;
                }
                static boolean closed;
                public void close() { closed = true; }""");
        Object object = hooks.newInstance();
        HookCalls calls = new HookCalls(object);
        HookMethod hang = hooks.require("p", "hang", HookSignature.WORKER_CAN_DO_UNIT);
        Thread waiting = Thread.startVirtualThread(() -> calls.call(hang, LONG, VALUES));
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        calls.close();
        waiting.join();

        assertThat(field(object, "closed")).isEqualTo(true);
        assertThat(((CountDownLatch) field(object, "interrupted")).await(30, TimeUnit.SECONDS))
                .isTrue();
        assertThatThrownBy(() -> calls.call(hang, LONG, VALUES))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContainingAll("hang of Hooks.java", "has ended");
    }

    @Test
    void anObjectWhoseCloseFailsHarmsNothing() throws Exception {
        HookCalls calls = new HookCalls(
                compileCloseable("public void close() { throw new IllegalStateException(\"disk full\"); }")
                        .newInstance());

        calls.close();
        calls.close();
    }

    private static Object field(Object object, String name) throws ReflectiveOperationException {
        var field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }

    @Test
    void whatAMethodThrowsIsNamed() throws IOException {
        HookClass hooks = compile("""
                boolean fails() { throw new IllegalStateException("no luck"); }
                boolean refuses() { throw new org.mephisto.spi.error.MephistoException(
                        org.mephisto.spi.error.ErrorCode.UNAVAILABLE, "come back"); }
                boolean overflows() { return overflows(); }""");
        HookCalls calls = new HookCalls(hooks.newInstance());

        assertThatThrownBy(
                        () -> calls.call(hooks.require("p", "fails", HookSignature.WORKER_CAN_DO_UNIT), LONG, VALUES))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PLUGIN_FAILED))
                .hasMessageContainingAll("fails", "no luck");
        assertThatThrownBy(
                        () -> calls.call(hooks.require("p", "refuses", HookSignature.WORKER_CAN_DO_UNIT), LONG, VALUES))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessage("come back");
        assertThatThrownBy(() ->
                        calls.call(hooks.require("p", "overflows", HookSignature.WORKER_CAN_DO_UNIT), LONG, VALUES))
                .hasMessageContaining("StackOverflowError");
    }

    @Test
    void aFileThatCannotServeSaysWhy() throws IOException {
        assertThatThrownBy(() -> HookClass.compile(folder))
                .hasMessageContainingAll("Hooks.java", "is missing", folder.toString());

        Files.writeString(folder.resolve("Hooks.java"), "class Other {}");
        assertThatThrownBy(() -> HookClass.compile(folder)).hasMessageContaining("has no class \"Hooks\"");

        HookClass needy = compile("Hooks(int number) {}");
        assertThatThrownBy(needy::newInstance).hasMessageContaining("constructor without parameters");

        HookClass broken = compile("Hooks() { throw new IllegalStateException(\"no model file\"); }");
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

    private HookClass compile(String members) throws IOException {
        return compile("Hooks", members);
    }

    private HookClass compileCloseable(String members) throws IOException {
        return compile("Hooks implements AutoCloseable", members);
    }

    private HookClass compile(String type, String members) throws IOException {
        Files.writeString(
                folder.resolve("Hooks.java"),
                "import com.fasterxml.jackson.databind.JsonNode;\nimport org.mephisto.spi.json.JsonValue;\n"
                        + "import org.mephisto.spi.model.*;\npublic class " + type + " {\n" + members + "\n}\n");
        return HookClass.compile(folder);
    }
}
