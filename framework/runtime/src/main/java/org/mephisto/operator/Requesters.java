package org.mephisto.operator;

import java.util.Optional;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Requester;
import org.mephisto.spi.provider.CrowdProviderFactory;
import org.mephisto.store.Store;

/** Finds in whose name a run is launched. */
final class Requesters {
    private Requesters() {}

    /**
     * The named one; else the one registered last; else the provider's default one, which is made.
     *
     * @throws MephistoException {@code NOT_FOUND} when there is none, saying how to register
     */
    static Requester resolve(Store store, CrowdProviderFactory provider, Optional<String> name) {
        String type = provider.type();
        Optional<Requester> known = store.read(tx -> name.isPresent()
                ? tx.requesters().find(name.get(), type)
                : tx.requesters().findLatest(type));
        if (known.isPresent()) {
            return known.get();
        }
        Optional<String> toMake = provider.defaultRequester()
                .filter(standard -> name.orElse(standard).equals(standard));
        if (toMake.isPresent()) {
            return store.inTransaction(tx -> tx.requesters().register(toMake.get(), type, JsonValue.emptyObject()));
        }
        throw new MephistoException(
                ErrorCode.NOT_FOUND,
                name.map(missing -> "No requester \"" + missing + "\" of type " + type + " is registered.")
                                .orElse("No requester of type " + type + " is registered.")
                        + " Register one: mephisto register " + type + " name=... (mephisto wut requester=" + type
                        + " lists what it needs).");
    }
}
