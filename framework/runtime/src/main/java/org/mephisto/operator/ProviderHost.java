package org.mephisto.operator;

import java.net.http.HttpClient;
import java.nio.file.Path;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.spi.config.TaskArgs;
import org.mephisto.spi.model.Requester;
import org.mephisto.spi.provider.CrowdProviderContext;
import org.mephisto.spi.provider.CrowdProviderFactory;
import org.mephisto.spi.provider.ProviderStore;

/** What a crowd provider sees of the host. */
record ProviderHost(RunParts parts, CrowdProviderFactory factory) implements CrowdProviderContext {
    @Override
    public <C extends Record> C config(Class<C> type) {
        return parts.bind(type, "provider", parts.config().provider());
    }

    @Override
    public <C extends Record> C credentials(Class<C> type) {
        Requester requester = parts.requester();
        return new ConfigBinder(Path.of(""))
                .bind(
                        type,
                        "requester \"" + requester.name() + "\"",
                        requester.credentials().node());
    }

    @Override
    public TaskArgs task() {
        return parts.config().task();
    }

    @Override
    public Requester requester() {
        return parts.requester();
    }

    @Override
    public ProviderStore store() {
        return parts.platform().store().providerStore(factory.type());
    }

    @Override
    public HttpClient http() {
        return parts.platform().http();
    }
}
