package org.mephisto.store;

/** All that a store has to do, whatever the engine. */
interface StoreContract
        extends TransactionContract,
                CatalogueContract,
                EligibilityContract,
                GrantStampContract,
                AgentContract,
                UnitContract {}
