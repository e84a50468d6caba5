package org.mephisto.qualification;

import java.util.List;
import java.util.Optional;
import org.mephisto.config.bind.NearestName;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.Worker;
import org.mephisto.store.QualificationStore.Qualification;
import org.mephisto.store.Transaction;

/** Finds by name, and says what may have been meant where nothing is found. */
public final class KnownNames {
    /** There may be millions of workers; somebody who mistypes a name mostly means one who has come lately. */
    private static final int WORKERS_COMPARED = 5_000;

    private static final int MOST_NAMED = 20;

    private KnownNames() {}

    static Qualification requireQualification(Transaction tx, String name) {
        return tx.qualifications().find(name).orElseThrow(() -> {
            List<String> known = tx.qualifications().list();
            return new MephistoException(
                    ErrorCode.NOT_FOUND,
                    "There is no qualification \"" + name + "\"." + suggestion(name, known)
                            + " A new one is made with: mephisto qualifications create " + name);
        });
    }

    /**
     * The worker of this name.
     *
     * @param providerType says which, where several providers have one
     * @throws MephistoException {@code NOT_FOUND}, with the nearest name; {@code CONFLICT} when it is not clear who is meant
     */
    public static Worker requireWorker(Transaction tx, String name, Optional<String> providerType) {
        List<Worker> all = tx.workers().list(name).stream()
                .filter(worker ->
                        providerType.map(worker.providerType()::equals).orElse(true))
                .toList();
        if (all.size() > 1) {
            throw new MephistoException(
                    ErrorCode.CONFLICT,
                    "There is a worker \"" + name + "\" at several providers: "
                            + String.join(
                                    ", ", all.stream().map(Worker::providerType).toList())
                            + ". Say which one with --provider.");
        }
        if (all.isEmpty()) {
            throw new MephistoException(
                    ErrorCode.NOT_FOUND,
                    "There is no worker \"" + name + "\""
                            + providerType.map(type -> " of provider " + type).orElse("") + "."
                            + suggestion(name, tx.workers().listNewestNames(WORKERS_COMPARED)));
        }
        return all.getFirst();
    }

    private static String suggestion(String name, List<String> known) {
        if (known.isEmpty()) {
            return " There is none yet.";
        }
        List<String> different = known.stream().distinct().toList();
        return NearestName.of(name, different)
                .map(nearest -> " Did you mean \"" + nearest + "\"?")
                .orElseGet(() -> different.size() > MOST_NAMED
                        ? ""
                        : " There are: "
                                + String.join(", ", different.stream().sorted().toList()) + ".");
    }
}
