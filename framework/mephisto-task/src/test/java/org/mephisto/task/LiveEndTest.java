package org.mephisto.task;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a live page's work ends. */
final class LiveEndTest extends LiveFixture {
    @ParameterizedTest
    @ValueSource(strings = {"disconnect", "returned", "expired", "timeout", "partner disconnect"})
    void aFinalStatusEndsTheConnection(String status) throws Exception {
        LiveSocket socket = open();
        socket.behave(LiveManners.OURS.acknowledgingNothing());
        page.evaluate("send({ text: 'too late' })");
        socket.nextUpdate();

        socket.sendStatus(status);

        assertThat(socket.closes()).isTrue();
        waitFor("sent.length === 1");
        assertThat(page.evaluate("sent[0]")).isEqualTo("ended");
        assertThat(page.evaluate("statuses.join()")).isEqualTo("in task," + status);
        assertThat(page.evaluate("live.getState().connectionStatus")).isEqualTo("disconnected");
        assertThat(
                        page.evaluate(
                                "live.sendLiveUpdate({}).catch((error) => [error.code, error.disconnected, error.reason === error.message].join())"))
                .isEqualTo("ended,true,true");
        assertThat(page.evaluate("Object.keys(sessionStorage).length")).isEqualTo(0);
        assertThat(notice()).isHidden();
    }

    @Test
    void aPageThatDoesNotListenLeavesItToTheNotice() throws Exception {
        LiveSocket socket = open("deaf", "yes");

        socket.sendStatus("expired");

        assertThat(notice()).containsText("takes no more work");
        notice().getByRole(AriaRole.BUTTON).click();
        assertThat(notice()).isHidden();
    }

    @Test
    void whosePartnerHasLeftMayStillSubmit() throws Exception {
        LiveSocket socket = open();
        socket.sendStatus("partner disconnect");
        assertThat(socket.closes()).isTrue();

        page.evaluate("live.submit({ rating: 3 })");
        waitFor("window.handedOver !== undefined");

        assertThat(pages.received("/submit_task")
                        .getFirst()
                        .json()
                        .at("/final_data/rating")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void anEndedTaskDoesNotConnectAgain() throws Exception {
        LiveSocket socket = open();
        socket.sendStatus("expired");
        assertThat(socket.closes()).isTrue();

        page.evaluate("live.connect('agent-1')");
        page.evaluate("new Promise((resolve) => setTimeout(resolve, 1000))");

        assertThat(server.hasNoFurtherSocket()).isTrue();
    }

    @Test
    void onceHandedInALostConnectionIsNotMissed() throws Exception {
        LiveSocket socket = open();
        page.evaluate("live.submit({ rating: 3 })");
        waitFor("window.handedOver !== undefined");
        socket.sendStatus("completed");
        waitFor("live.getState().agentStatus === 'completed'");

        socket.cut();

        waitFor("live.getState().connectionStatus === 'disconnected'");
        assertThat(server.hasNoFurtherSocket()).isTrue();
        assertThat(notice()).isHidden();
    }

    @Test
    void destroyClosesForGood() throws Exception {
        LiveSocket socket = open();

        page.evaluate("live.destroy()");

        assertThat(socket.closes()).isTrue();
        assertThat(page.evaluate("live.sendLiveUpdate({}).catch((error) => error.code)"))
                .isEqualTo("closed");
        assertThat(page.evaluate("live.getState().connectionStatus")).isEqualTo("disconnected");
    }
}
