package org.mephisto.qualification;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Worker;
import org.mephisto.spi.provider.BlocksWorkers;
import org.mephisto.spi.provider.CrowdProvider;
import org.mephisto.spi.provider.CrowdProviderContext;
import org.mephisto.spi.provider.CrowdProviderFactory;
import org.mephisto.spi.provider.HoldsQualifications;

/** The crowd {@code list}: keeps qualifications and blocks, and writes down what it is told. */
final class ListFactory implements CrowdProviderFactory {
    private final List<String> told = new ArrayList<>();
    private boolean isDown;

    record Config(@Option(help = "The account.") String account) {}

    record Account(@Option(help = "The key.", secret = true) String apiKey) {}

    @Override
    public String type() {
        return "list";
    }

    @Override
    public Class<? extends Record> configType() {
        return Config.class;
    }

    @Override
    public Class<? extends Record> requesterType() {
        return Account.class;
    }

    @Override
    public CrowdProvider create(CrowdProviderContext context) {
        return new ListProvider(context.config(Config.class).account() + "/"
                + context.credentials(Account.class).apiKey() + " ");
    }

    /** What its providers were told, in order; and {@code closed} for each that was closed. */
    List<String> told() {
        return told;
    }

    void goDown(boolean isDownFromNow) {
        isDown = isDownFromNow;
    }

    private final class ListProvider implements CrowdProvider, HoldsQualifications, BlocksWorkers {
        private final String account;

        ListProvider(String account) {
            this.account = account;
        }

        private void tell(String what) {
            if (isDown) {
                throw new IllegalStateException("answered with 503");
            }
            told.add(account + what);
        }

        @Override
        public void grantQualification(Worker worker, String qualificationName, int value) {
            tell("grant " + qualificationName + "=" + value + " to " + worker.name());
        }

        @Override
        public void revokeQualification(Worker worker, String qualificationName) {
            tell("revoke " + qualificationName + " from " + worker.name());
        }

        @Override
        public void blockWorker(Worker worker, String reason) {
            tell("block " + worker.name() + ": " + reason);
        }

        @Override
        public void unblockWorker(Worker worker, String reason) {
            tell("unblock " + worker.name() + ": " + reason);
        }

        @Override
        public boolean isBlocked(Worker worker) {
            return false;
        }

        @Override
        public String workerName(JsonValue providerData) {
            return "nobody";
        }

        @Override
        public String wrapCrowdSource() {
            return "";
        }

        @Override
        public URI workerUrl(URI taskUrl, String workerName, String visitId) {
            return taskUrl;
        }

        @Override
        public void close() {
            told.add("closed");
        }
    }
}
