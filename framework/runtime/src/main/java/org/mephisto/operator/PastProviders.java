package org.mephisto.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Optional;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.config.bind.Problems;
import org.mephisto.qualification.ProviderAccess;
import org.mephisto.registry.Registry;
import org.mephisto.spi.config.TaskArgs;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.Requester;
import org.mephisto.spi.model.TaskRun;
import org.mephisto.spi.provider.CrowdProvider;
import org.mephisto.spi.provider.CrowdProviderContext;
import org.mephisto.spi.provider.CrowdProviderFactory;
import org.mephisto.spi.provider.ProviderStore;
import org.mephisto.store.Store;

/**
 * Crowd providers for what is done outside a run: with the options and the requester of the last run whose workers came from there. All
 * workers came with a run, so a provider of whom none is known has nobody to be told of. Thread-safe.
 */
public record PastProviders(Registry registry, Store store, HttpClient http) implements ProviderAccess {
    @Override
    public Optional<CrowdProvider> open(String providerType) {
        return store.read(tx -> tx.taskRuns().findLatest(providerType)).map(run -> {
            CrowdProviderFactory factory = registry.getCrowdProviderFromType(providerType);
            Requester requester = store.read(tx -> tx.requesters().find(run.requesterId()))
                    .orElseThrow(() -> new MephistoException(
                            ErrorCode.NOT_FOUND,
                            "The requester of the last run with it is no longer registered; register one: mephisto register "
                                    + providerType + " name=..."));
            return factory.create(new PastRun(run, requester, this));
        });
    }

    /** What a provider sees of the host. */
    private record PastRun(TaskRun run, Requester requester, PastProviders platform) implements CrowdProviderContext {
        @Override
        public <C extends Record> C config(Class<C> type) {
            return bind(type, "provider");
        }

        @Override
        public <C extends Record> C credentials(Class<C> type) {
            return new ConfigBinder(Path.of(""))
                    .bind(
                            type,
                            "requester \"" + requester.name() + "\"",
                            requester.credentials().node());
        }

        @Override
        public TaskArgs task() {
            return bind(TaskArgs.class, "task");
        }

        /** Of the run's whole configuration, without the secrets, which are not kept with it. */
        private <C extends Record> C bind(Class<C> type, String group) {
            JsonNode kept = ConfigBinder.withoutMasks(run.config().object())
                    .path("mephisto")
                    .path(group);
            Problems problems = new Problems();
            Optional<C> bound = new ConfigBinder(Path.of("")).bindKnown(type, "mephisto." + group, kept, problems);
            problems.throwIfAny();
            return bound.orElseThrow();
        }

        @Override
        public ProviderStore store() {
            return platform.store().providerStore(run.types().provider());
        }

        @Override
        public HttpClient http() {
            return platform.http();
        }
    }
}
