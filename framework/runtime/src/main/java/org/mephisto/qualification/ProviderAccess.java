package org.mephisto.qualification;

import java.util.Optional;
import org.mephisto.spi.provider.CrowdProvider;

/** The way to a crowd provider outside a run of its own. Thread-safe; blocks. */
@FunctionalInterface
public interface ProviderAccess {
    /**
     * The provider as it was configured last, to be closed by the caller; empty where none of this type has ever been used.
     *
     * @throws org.mephisto.spi.error.MephistoException when it cannot be had: its plugin is missing, or what it needs is no longer known
     */
    Optional<CrowdProvider> open(String providerType);
}
