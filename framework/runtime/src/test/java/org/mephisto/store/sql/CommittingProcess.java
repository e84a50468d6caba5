package org.mephisto.store.sql;

import java.io.PrintStream;
import java.nio.file.Path;
import org.mephisto.store.Databases;
import org.mephisto.store.Store;

/** Commits names and prints each when it is told that it is stored, until somebody kills it. */
final class CommittingProcess {
    /** What a line begins with that names something stored; there may be log lines between. */
    static final String STORED = "stored ";

    private CommittingProcess() {}

    public static void main(String[] args) throws InterruptedException {
        Store store = SqlStores.open(Databases.sqlite(), Path.of(args[0]));
        Thread[] callers = new Thread[16];
        for (int i = 0; i < callers.length; i++) {
            int caller = i;
            callers[i] = Thread.ofVirtual().start(() -> commitWithoutEnd(store, caller, System.out));
        }
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private static void commitWithoutEnd(Store store, int caller, PrintStream out) {
        for (int i = 0; !out.checkError(); i++) {
            String name = "task-" + caller + "-" + i;
            store.inTransaction(tx -> tx.tasks().findOrCreate(name));
            out.println(STORED + name);
        }
    }
}
