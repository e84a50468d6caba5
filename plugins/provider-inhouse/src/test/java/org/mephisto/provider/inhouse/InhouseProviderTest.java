package org.mephisto.provider.inhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.config.TaskArgs;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Requester;
import org.mephisto.spi.model.Worker;
import org.mephisto.spi.provider.CrowdProviderContext;
import org.mephisto.spi.provider.CrowdProviderFactory;
import org.mephisto.spi.provider.ProviderStore;

final class InhouseProviderTest {
    private static final String DEFAULT_URL = "http://localhost:3000";
    private static final URI TASK_URL = URI.create("http://localhost:41234");

    private final MapStore store = new MapStore();

    @Test
    void factoryIsFoundByItsServiceFile() {
        assertThat(ServiceLoader.load(CrowdProviderFactory.class))
                .singleElement()
                .isInstanceOf(InhouseProviderFactory.class)
                .satisfies(factory -> assertThat(factory.type()).isEqualTo("inhouse"))
                .satisfies(factory -> assertThat(factory.description()).isNotBlank())
                .satisfies(factory -> assertThat(factory.defaultRequester()).contains("inhouse"));
    }

    @Test
    void optionHasItsDefault() {
        var components = new InhouseProviderFactory().configType().getRecordComponents();

        assertThat(components).singleElement().satisfies(component -> {
            assertThat(component.getName()).isEqualTo("uiBaseUrl");
            assertThat(Objects.requireNonNull(component.getAnnotation(Option.class))
                            .defaultValue())
                    .isEqualTo("http://localhost:3000");
        });
    }

    @Test
    void requesterIsAskedForNothingButTheName() {
        assertThat(new InhouseProviderFactory().requesterType().getRecordComponents())
                .isEmpty();
    }

    @Test
    void linksAreBuiltOnUiBaseUrl() {
        assertThat(provider("https://tasks.example/work/").workerUrl(TASK_URL, "ann b", "7"))
                .hasToString("https://tasks.example/work/?worker_id=ann%20b&id=7");
    }

    @Test
    void linksGoToTheArchitectsAddressUnlessToldOtherwise() {
        assertThat(provider(DEFAULT_URL).workerUrl(TASK_URL, "ann", "7"))
                .hasToString("http://localhost:41234/?worker_id=ann&id=7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tasks.example", "ftp://tasks.example", "https://", "/work", "https://a b"})
    void uiBaseUrlThatIsNoWebAddressIsConfigurationError(String url) {
        assertThatThrownBy(() -> provider(url))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mephisto.provider.ui_base_url")
                .hasMessageContaining("\"" + url + "\"");
    }

    @Test
    void scriptReadsTheParametersOfTheLink() {
        assertThat(provider(DEFAULT_URL).wrapCrowdSource())
                .contains("PROVIDER_TYPE = \"inhouse\"", "= \"worker_id\"", "= \"id\"")
                .doesNotContain("__");
    }

    @Test
    void everyWorkerWhoCameIsKeptOnce() {
        InhouseProvider provider = provider(DEFAULT_URL);

        assertThat(comes(provider, "ann")).isEqualTo("ann");
        comes(provider, "ann");
        comes(provider, "bob");

        assertThat(store.list("workers").keySet()).containsExactly("ann", "bob");
        assertThat(store.writes()).isEqualTo(2);
    }

    @Test
    void emptyIdIsRefusedAndNotKept() {
        InhouseProvider provider = provider(DEFAULT_URL);

        assertThatThrownBy(() -> comes(provider, ""))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT))
                .hasMessageContaining("does not say who you are");
        assertThat(store.list("workers")).isEmpty();
    }

    @Test
    void blockLastsUntilItIsLifted() {
        InhouseProvider provider = provider(DEFAULT_URL);
        Worker ann = new Worker(1, "ann", "inhouse");
        comes(provider, "ann");
        assertThat(provider.isBlocked(ann)).isFalse();

        provider.blockWorker(ann, "left the team");
        comes(provider(DEFAULT_URL), "ann");

        assertThat(provider(DEFAULT_URL).isBlocked(ann)).isTrue();
        provider.unblockWorker(ann, "is back");
        assertThat(provider.isBlocked(ann)).isFalse();
    }

    @Test
    void workerWhoNeverCameIsNotBlocked() {
        assertThat(provider(DEFAULT_URL).isBlocked(new Worker(1, "nobody", "inhouse")))
                .isFalse();
    }

    private static String comes(InhouseProvider provider, String name) {
        return provider.workerName(JsonValue.of(Map.of("worker_name", name)));
    }

    private InhouseProvider provider(String uiBaseUrl) {
        return (InhouseProvider) new InhouseProviderFactory().create(new CrowdProviderContext() {
            @Override
            public <C extends Record> C config(Class<C> type) {
                return type.cast(new InhouseProviderConfig(uiBaseUrl));
            }

            @Override
            public <C extends Record> C credentials(Class<C> type) {
                return type.cast(new InhouseRequester());
            }

            @Override
            public TaskArgs task() {
                throw new AssertionError("not asked");
            }

            @Override
            public Requester requester() {
                return new Requester(1, "inhouse", "inhouse", JsonValue.emptyObject());
            }

            @Override
            public ProviderStore store() {
                return store;
            }

            @Override
            public HttpClient http() {
                throw new AssertionError("not asked");
            }
        });
    }
}
