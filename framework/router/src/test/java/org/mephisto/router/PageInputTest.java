package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.packet.PacketType;

/** Frames as bytes on a connection, cut as a network may cut them. */
@Timeout(60)
class PageInputTest {
    @RegisterExtension
    static final BlockedEventLoopCheck LOOPS = new BlockedEventLoopCheck();

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom(7);
    private RouterFixture router;
    private Socket page;

    @BeforeEach
    void connect() throws Exception {
        router = RouterFixture.start(directory);
        router.register();
        page = new Socket("localhost", router.router.url().getPort());
        page.setTcpNoDelay(true);
        page.setSoTimeout(10_000);
        String handshake = String.join(
                "\r\n",
                "GET / HTTP/1.1",
                "Host: localhost",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "",
                "");
        write(handshake.getBytes(StandardCharsets.US_ASCII));
        assertThat(readTo("\r\n\r\n")).startsWith("HTTP/1.1 101");
    }

    @AfterEach
    void disconnect() throws Exception {
        page.close();
        router.close();
    }

    private String readTo(String end) throws IOException {
        InputStream in = page.getInputStream();
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            read.append((char) in.read());
        }
        return read.toString();
    }

    private void write(byte[] bytes) throws IOException {
        page.getOutputStream().write(bytes);
        page.getOutputStream().flush();
    }

    private static String update(int n, int letters) {
        return "{\"packet_type\":\"mephisto_bound_live_update\",\"subject_id\":\"agent-1\",\"data\":{\"update_id\":\"u"
                + n + "\",\"n\":" + n + ",\"text\":\"" + "ä".repeat(letters) + "\"}}";
    }

    private byte[] frame(int first, byte[] payload) {
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length <= 0xFFFF) {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(payload.length);
        }
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % 4]));
        }
        byte[] bytes = new byte[frame.flip().remaining()];
        frame.get(bytes);
        return bytes;
    }

    private byte[] text(String text) {
        return frame(FINAL | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] ping() {
        return frame(FINAL | PING, new byte[] {1, 2, 3});
    }

    /** A message of three frames, with a ping among them; cut anywhere, even within a letter. */
    private void addInPieces(String text, ByteArrayOutputStream to) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int one = random.nextInt(utf8.length);
        int two = one + random.nextInt(utf8.length - one);
        to.writeBytes(frame(TEXT, Arrays.copyOfRange(utf8, 0, one)));
        to.writeBytes(frame(CONTINUATION, Arrays.copyOfRange(utf8, one, two)));
        to.writeBytes(ping());
        to.writeBytes(frame(FINAL | CONTINUATION, Arrays.copyOfRange(utf8, two, utf8.length)));
    }

    private byte[] messages(int from, int to) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int[] lengths = {0, 20, 200, 40_000};
        for (int n = from; n < to; n++) {
            String update = update(n, lengths[random.nextInt(10) == 0 ? 3 : random.nextInt(3)]);
            switch (random.nextInt(5)) {
                case 0 -> addInPieces(update, all);
                case 1 -> {
                    all.writeBytes(ping());
                    all.writeBytes(text(update));
                }
                default -> all.writeBytes(text(update));
            }
        }
        return all.toByteArray();
    }

    private List<Integer> takenBySystem(int count) throws InterruptedException {
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JsonNode data = router.system.next().data().node();
            assertThat(data.path("text").asText()).matches("ä*+");
            taken.add(data.path("n").asInt());
        }
        return taken;
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 300, 100_000})
    void everyMessageArrivesOnceAndInOrderHoweverTheBytesAreCut(int longestCut) throws Exception {
        int count = longestCut == 1 ? 10 : 300;
        byte[] bytes = longestCut == 1 ? smallMessages(count) : messages(0, count);

        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(longestCut));
            write(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }

        assertThat(takenBySystem(count)).isEqualTo(numbers(count));
    }

    private byte[] smallMessages(int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int n = 0; n < count; n++) {
            all.writeBytes(text(update(n, n)));
            all.writeBytes(ping());
        }
        return all.toByteArray();
    }

    @Test
    void whatIsReadWhileThePageIsHeldBackComesAfterwardsAndBeforeAllThatFollows() throws Exception {
        write(text(update(0, 1)));
        assertThat(takenBySystem(1)).containsExactly(0);
        router.systemSends(PacketType.FLOW_CONTROL, "{\"hold\":true}");
        router.systemSends(PacketType.CLIENT_BOUND_LIVE_UPDATE, "{\"says\":\"held\"}");
        readTo("held");
        write(text(update(1, 1)));
        write(text(update(2, 1)));

        router.systemSends(PacketType.FLOW_CONTROL, "{\"hold\":false}");
        write(text(update(3, 1)));
        write(messages(4, 100));

        assertThat(takenBySystem(99)).isEqualTo(IntStream.range(1, 100).boxed().toList());
    }

    @Test
    void anOversizeFrameIsRefusedByItsHeaderAlone() throws Exception {
        ByteBuffer header = ByteBuffer.allocate(14).put((byte) (FINAL | TEXT)).put((byte) (MASKED | 127));
        write(header.putLong((1 << 20) + 1).array());

        assertThat(closeCode()).isEqualTo(1009);
        write(new byte[(1 << 20) + 1]);
        write(text(update(0, 1)));
        write(frame(FINAL | CLOSE, new byte[0]));
        assertThat(page.getInputStream().readAllBytes()).isEmpty();
        assertThat(router.system.rest()).isEmpty();
    }

    @Test
    void anOversizeMessageIsRefusedByTheHeaderOfItsLastFrame() throws Exception {
        write(frame(TEXT, new byte[1_000_000]));
        write(ping());
        readTo("\1\2\3");
        ByteBuffer header = ByteBuffer.allocate(8).put((byte) CONTINUATION).put((byte) (MASKED | 126));

        write(header.putShort((short) 50_000).array());

        assertThat(closeCode()).isEqualTo(1009);
    }

    /** The next frame's, which must be one that closes. */
    private int closeCode() throws IOException {
        byte[] header = page.getInputStream().readNBytes(4);
        assertThat(header[0]).isEqualTo((byte) (FINAL | CLOSE));
        page.getInputStream().readNBytes(header[1] - 2);
        return ByteBuffer.wrap(header, 2, 2).getShort();
    }

    @Test
    void afterAFrameThatIsNotMaskedNothingIsTaken() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text(update(0, 1)));
        bytes.writeBytes(new byte[] {(byte) (FINAL | TEXT), 2, '{', '}'});
        bytes.writeBytes(text(update(1, 1)));

        write(bytes.toByteArray());

        assertThat(page.getInputStream().readAllBytes()).isNotNull();
        assertThat(takenBySystem(1)).containsExactly(0);
        router.socket().sendPacket("mephisto_bound_live_update", "agent-1", "{\"n\":2}");
        assertThat(takenBySystem(1)).containsExactly(2);
    }
}
