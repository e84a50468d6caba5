package org.mephisto.spi.provider;

import java.net.http.HttpClient;
import org.mephisto.spi.config.TaskArgs;
import org.mephisto.spi.model.Requester;

/** All that a provider gets from the host. Thread-safe. */
public interface CrowdProviderContext {
    /** The options under {@code mephisto.provider}, bound and validated. */
    <C extends Record> C config(Class<C> type);

    /** What the requester registered, bound to the factory's requester record. */
    <C extends Record> C credentials(Class<C> type);

    TaskArgs task();

    Requester requester();

    /** The provider type's own tables. */
    ProviderStore store();

    /** For calls to the provider's API. */
    HttpClient http();
}
