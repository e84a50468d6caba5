package org.mephisto.qualification;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.QualificationRequirement;
import org.mephisto.spi.model.Worker;
import org.mephisto.spi.provider.BlocksWorkers;
import org.mephisto.spi.provider.CrowdProvider;
import org.mephisto.spi.provider.HoldsQualifications;
import org.mephisto.store.QualificationStore.Holder;
import org.mephisto.store.QualificationStore.Qualification;
import org.mephisto.store.Store;
import org.mephisto.store.Transaction;

/**
 * Qualifications and the workers who hold them. Every change is committed here first, as it is here that runs check it, and then told to
 * the worker's provider where that keeps qualifications or blocks of its own. A provider that fails is named in a {@code
 * PROVIDER_FAILED}; the change stands, and making it again is harmless. Thread-safe; every method blocks.
 */
public final class Qualifications {
    /** The qualification by which blocked workers are kept out of every run. */
    public static final String BLOCKED = "mephisto-blocked";

    private final Store store;
    private final ProviderAccess providers;

    public Qualifications(Store store, ProviderAccess providers) {
        this.store = store;
        this.providers = providers;
    }

    /** What every run asks, beside what it is configured to ask. */
    public static QualificationRequirement mustNotBeBlocked() {
        return QualificationRequirement.mustNotExist(BLOCKED);
    }

    /** All, ordered by name. */
    public List<Qualification> list() {
        return store.read(tx -> tx.qualifications().listDescribed());
    }

    /** @throws MephistoException {@code NOT_FOUND}, with the nearest name */
    public Qualification require(String name) {
        return store.read(tx -> KnownNames.requireQualification(tx, name));
    }

    /** @throws MephistoException {@code CONFLICT} when there is one of this name */
    public Qualification create(String name, Optional<String> description) {
        requireOrdinary(name);
        if (name.isBlank() || !name.equals(name.strip())) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT,
                    "\"" + name + "\" is no name for a qualification: it must be a text without blanks around it.");
        }
        return store.inTransaction(tx -> {
            if (tx.qualifications().find(name).isPresent()) {
                throw new MephistoException(
                        ErrorCode.CONFLICT,
                        "There is a qualification \"" + name
                                + "\" already. Take another name, or use that one: mephisto qualifications show "
                                + name);
            }
            tx.qualifications().findOrCreate(name);
            tx.qualifications().describe(name, description);
            return tx.qualifications().find(name).orElseThrow();
        });
    }

    /** Changes the description, or takes it away. */
    public Qualification describe(String name, Optional<String> description) {
        return store.inTransaction(tx -> {
            KnownNames.requireQualification(tx, name);
            tx.qualifications().describe(name, description);
            return tx.qualifications().find(name).orElseThrow();
        });
    }

    /** Who holds it, ordered by name. */
    public List<Holder> holders(String name) {
        return store.read(tx -> {
            KnownNames.requireQualification(tx, name);
            return tx.qualifications().listHolders(name);
        });
    }

    /** All that a worker holds, by name. */
    public Map<String, Integer> held(Worker worker) {
        return store.read(tx -> tx.qualifications().listGranted(worker.id()));
    }

    /**
     * Deletes a qualification that nobody holds.
     *
     * @throws MephistoException {@code CONFLICT} when somebody holds it
     */
    public void delete(String name) {
        requireOrdinary(name);
        store.inTransaction(tx -> {
            Qualification known = KnownNames.requireQualification(tx, name);
            if (!tx.qualifications().deleteUnused(name)) {
                throw new MephistoException(
                        ErrorCode.CONFLICT,
                        "\"" + name + "\" is held by " + known.holders() + " worker" + (known.holders() == 1 ? "" : "s")
                                + ", so it is not deleted. Revoke it first, or have it revoked from all: mephisto"
                                + " qualifications delete " + name + " --revoke");
            }
            return true;
        });
    }

    /** The worker of this name; the type says which where several providers have one. */
    public Worker requireWorker(String name, Optional<String> providerType) {
        return store.read(tx -> KnownNames.requireWorker(tx, name, providerType));
    }

    /** The worker, who may never have come yet: so that the qualification is there when they do. */
    public Worker findOrCreateWorker(String name, String providerType) {
        return store.inTransaction(tx -> tx.workers().findOrCreate(name, providerType))
                .worker();
    }

    /** Grants, or changes the value. */
    public void grant(String name, Worker worker, int value) {
        requireOrdinary(name);
        change(tx -> {
            KnownNames.requireQualification(tx, name);
            tx.qualifications().grant(name, worker.id(), value);
        });
        tellHolder(worker, "was granted \"" + name + "\"", holder -> holder.grantQualification(worker, name, value));
    }

    /** @return whether the worker had it here */
    public boolean revoke(String name, Worker worker) {
        requireOrdinary(name);
        boolean had = store.inTransaction(tx -> {
            KnownNames.requireQualification(tx, name);
            return tx.qualifications().revoke(name, worker.id());
        });
        tellHolder(worker, "is rid of \"" + name + "\"", holder -> holder.revokeQualification(worker, name));
        return had;
    }

    /**
     * Tells the providers that keep qualifications of their own again who holds this one. What they have beyond that stays as it is.
     *
     * @return of how many workers one was told
     * @throws MephistoException {@code PROVIDER_FAILED} when that did not work for one; those of other providers were told
     */
    public int sync(String name) {
        requireOrdinary(name);
        Map<String, List<Holder>> byProvider = holders(name).stream()
                .collect(Collectors.groupingBy(
                        holder -> holder.worker().providerType(), TreeMap::new, Collectors.toList()));
        int told = 0;
        Map<String, RuntimeException> failures = new LinkedHashMap<>();
        for (Map.Entry<String, List<Holder>> each : byProvider.entrySet()) {
            try {
                told += sync(name, each.getKey(), each.getValue());
            } catch (RuntimeException e) {
                failures.put(each.getKey(), e);
            }
        }
        if (!failures.isEmpty()) {
            throw notAllTold(name, failures);
        }
        return told;
    }

    private static MephistoException notAllTold(String name, Map<String, RuntimeException> failures) {
        String which = failures.entrySet().stream()
                .map(each -> each.getKey() + " (" + each.getValue().getMessage() + ")")
                .collect(Collectors.joining("; "));
        MephistoException all = new MephistoException(
                ErrorCode.PROVIDER_FAILED,
                "Not every provider could be told who holds \"" + name + "\": " + which
                        + ". Do the same again once that is mended; it is harmless.");
        failures.values().forEach(all::addSuppressed);
        return all;
    }

    private int sync(String name, String providerType, List<Holder> holders) {
        Optional<CrowdProvider> opened = providers.open(providerType);
        if (opened.isEmpty()) {
            return 0;
        }
        try (CrowdProvider provider = opened.get()) {
            if (!(provider instanceof HoldsQualifications holder)) {
                return 0;
            }
            // The first that fails ends it: most often nobody else can be told either, and each may take a time-out.
            holders.forEach(each -> holder.grantQualification(each.worker(), name, each.value()));
            return holders.size();
        }
    }

    /** Keeps the worker out of all runs, also of those that go on; what they have begun they may end. */
    public void block(Worker worker, String reason) {
        change(tx -> tx.qualifications().grant(BLOCKED, worker.id(), 1));
        tellBlocker(worker, "is blocked", blocker -> blocker.blockWorker(worker, reason));
    }

    /** @return whether the worker was blocked here */
    public boolean unblock(Worker worker, String reason) {
        boolean was = store.inTransaction(tx -> tx.qualifications().revoke(BLOCKED, worker.id()));
        tellBlocker(worker, "is no longer blocked", blocker -> blocker.unblockWorker(worker, reason));
        return was;
    }

    private static void requireOrdinary(String name) {
        if (name.equals(BLOCKED)) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT,
                    "\"" + BLOCKED
                            + "\" is how blocked workers are kept; use mephisto qualifications block and unblock.");
        }
    }

    private void change(Consumer<Transaction> how) {
        store.inTransaction(tx -> {
            how.accept(tx);
            return true;
        });
    }

    private void tellHolder(Worker worker, String what, Consumer<HoldsQualifications> how) {
        tell(worker, what, provider -> {
            if (provider instanceof HoldsQualifications holder) {
                how.accept(holder);
            }
        });
    }

    private void tellBlocker(Worker worker, String what, Consumer<BlocksWorkers> how) {
        tell(worker, what, provider -> {
            if (provider instanceof BlocksWorkers blocker) {
                how.accept(blocker);
            }
        });
    }

    /** Outside every transaction: a provider may be slow. */
    private void tell(Worker worker, String what, Consumer<CrowdProvider> how) {
        try {
            Optional<CrowdProvider> opened = providers.open(worker.providerType());
            if (opened.isPresent()) {
                try (CrowdProvider provider = opened.get()) {
                    how.accept(provider);
                }
            }
        } catch (RuntimeException e) {
            throw new MephistoException(
                    ErrorCode.PROVIDER_FAILED,
                    "Worker \"" + worker.name() + "\" " + what + " here, and runs go by that; but the provider "
                            + worker.providerType() + " could not be told (" + e.getMessage()
                            + "). Do the same again once that is mended; it is harmless here.",
                    e);
        }
    }
}
