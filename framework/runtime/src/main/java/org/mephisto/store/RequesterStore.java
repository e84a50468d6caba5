package org.mephisto.store;

import java.util.List;
import java.util.Optional;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Requester;

/** Requesters; a name is unique within a provider type. */
public interface RequesterStore {
    /** Registers, or replaces the credentials of the one with this name and type. */
    Requester register(String name, String providerType, JsonValue credentials);

    Optional<Requester> find(String name, String providerType);

    Optional<Requester> find(long id);

    /** The one registered (or changed) last. */
    Optional<Requester> findLatest(String providerType);

    /** All, ordered by name. */
    List<Requester> list();
}
