package org.mephisto.provider.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.config.TaskArgs;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Requester;
import org.mephisto.spi.model.RunTypes;
import org.mephisto.spi.model.TaskRun;
import org.mephisto.spi.provider.CrowdProvider;
import org.mephisto.spi.provider.CrowdProviderContext;
import org.mephisto.spi.provider.CrowdProviderFactory;
import org.mephisto.spi.provider.ProviderStore;

final class MockProviderTest {
    private static final URI TASK_URL = URI.create("http://localhost:3000");

    @Test
    void factoryIsFoundByItsServiceFile() {
        assertThat(ServiceLoader.load(CrowdProviderFactory.class))
                .singleElement()
                .isInstanceOf(MockProviderFactory.class)
                .satisfies(factory -> assertThat(factory.type()).isEqualTo("mock"))
                .satisfies(factory -> assertThat(factory.description()).isNotBlank())
                .satisfies(factory -> assertThat(factory.defaultRequester()).contains("MOCK_REQUESTER"));
    }

    @Test
    void requesterDoesNotFailByDefault() {
        var components = new MockProviderFactory().requesterType().getRecordComponents();

        assertThat(components).singleElement().satisfies(component -> {
            assertThat(component.getName()).isEqualTo("forceFail");
            assertThat(Objects.requireNonNull(component.getAnnotation(Option.class))
                            .defaultValue())
                    .isEqualTo("false");
        });
    }

    @Test
    void providerHasNoOptionsOfItsOwn() {
        assertThat(new MockProviderFactory().configType().getRecordComponents()).isEmpty();
    }

    @Test
    void workersComeByLinkWithWorkerAndAssignmentId() {
        CrowdProvider provider = provider(false);

        assertThat(provider.workerUrl(TASK_URL, "ann b&c", "7"))
                .hasToString("http://localhost:3000/?worker_id=ann%20b%26c&assignment_id=7");
    }

    @Test
    void scriptReadsTheParametersOfTheLink() {
        assertThat(provider(false).wrapCrowdSource())
                .contains("PROVIDER_TYPE = \"mock\"", "= \"worker_id\"", "= \"assignment_id\"")
                .doesNotContain("__");
    }

    @Test
    void workerIsWhoeverTheLinkNames() {
        CrowdProvider provider = provider(false);

        assertThat(provider.workerName(JsonValue.of(Map.of("worker_name", "ann"))))
                .isEqualTo("ann");
        assertThatThrownBy(() -> provider.workerName(JsonValue.emptyObject()))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT));
    }

    @Test
    void runIsSetUpUnlessTheRequesterAsksForFailure() {
        TaskRun run = new TaskRun(
                1,
                1,
                "task",
                1,
                new RunTypes("static_task", "local", "mock"),
                JsonValue.emptyObject(),
                Instant.EPOCH,
                false);

        provider(false).setUpTaskRun(run, TASK_URL);

        assertThatThrownBy(() -> provider(true).setUpTaskRun(run, TASK_URL))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER_FAILED))
                .hasMessageContaining("\"MOCK_REQUESTER\"")
                .hasMessageContaining("force_fail=false");
    }

    private static CrowdProvider provider(boolean forceFail) {
        return new MockProviderFactory().create(new CrowdProviderContext() {
            @Override
            public <C extends Record> C config(Class<C> type) {
                return type.cast(new MockProviderConfig());
            }

            @Override
            public <C extends Record> C credentials(Class<C> type) {
                return type.cast(new MockRequester(forceFail));
            }

            @Override
            public TaskArgs task() {
                throw new AssertionError("not asked");
            }

            @Override
            public Requester requester() {
                return new Requester(1, "MOCK_REQUESTER", "mock", JsonValue.emptyObject());
            }

            @Override
            public ProviderStore store() {
                throw new AssertionError("not asked");
            }

            @Override
            public HttpClient http() {
                throw new AssertionError("not asked");
            }
        });
    }
}
