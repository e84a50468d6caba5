package org.mephisto.provider.mock;

import java.net.URI;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Requester;
import org.mephisto.spi.model.TaskRun;
import org.mephisto.spi.provider.CrowdProvider;
import org.mephisto.spi.provider.WorkerLink;

/** A crowd that exists in links alone. Immutable. */
final class MockProvider implements CrowdProvider {
    private static final WorkerLink LINK = new WorkerLink("mock", "worker_id", "assignment_id");

    private final Requester requester;
    private final MockRequester account;

    MockProvider(Requester requester, MockRequester account) {
        this.requester = requester;
        this.account = account;
    }

    @Override
    public String workerName(JsonValue providerData) {
        return LINK.workerName(providerData);
    }

    @Override
    public String wrapCrowdSource() {
        return LINK.script();
    }

    @Override
    public URI workerUrl(URI taskUrl, String workerName, String visitId) {
        return LINK.url(taskUrl, workerName, visitId);
    }

    @Override
    public void setUpTaskRun(TaskRun run, URI taskUrl) {
        if (account.forceFail()) {
            throw new MephistoException(
                    ErrorCode.PROVIDER_FAILED,
                    "The mock provider fails because its requester \"" + requester.name()
                            + "\" asks for it. To end that: mephisto register mock name=" + requester.name()
                            + " force_fail=false");
        }
    }
}
