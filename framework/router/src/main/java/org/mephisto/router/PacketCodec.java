package org.mephisto.router;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/** Packets as JSON text and back; {@code data} is carried as it stands, never parsed. Stateless. */
public final class PacketCodec {
    private static final String[] FIELDS = {
        "packet_type",
        "subject_id",
        "data",
        "client_timestamp",
        "router_incoming_timestamp",
        "router_outgoing_timestamp",
        "server_timestamp"
    };

    private static final int MOST_AROUND_DATA = 224;

    private PacketCodec() {}

    /** One JSON object; a time that is not known is null. */
    public static String write(Packet packet) {
        StringBuilder json = new StringBuilder(packet.data().text().length() + MOST_AROUND_DATA);
        append(packet, json);
        return json.toString();
    }

    /** Appends what {@link #write} gives. */
    static void append(Packet packet, StringBuilder json) {
        appendHead(packet, json);
        json.append(packet.data().text());
        appendTail(packet, json);
    }

    /** What {@link #write} gives, in UTF-8; the data are copied but once. */
    static byte[] frame(Packet packet) {
        StringBuilder around = new StringBuilder(MOST_AROUND_DATA);
        appendHead(packet, around);
        byte[] head = utf8(around);
        around.setLength(0);
        appendTail(packet, around);
        byte[] tail = utf8(around);
        byte[] data = packet.data().text().getBytes(StandardCharsets.UTF_8);
        byte[] frame = Arrays.copyOf(head, head.length + data.length + tail.length);
        System.arraycopy(data, 0, frame, head.length, data.length);
        System.arraycopy(tail, 0, frame, head.length + data.length, tail.length);
        return frame;
    }

    private static byte[] utf8(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void appendHead(Packet packet, StringBuilder json) {
        json.append("{\"packet_type\":\"").append(packet.type().word()).append("\",\"subject_id\":");
        quote(packet.subjectId(), json);
        json.append(",\"data\":");
    }

    private static void appendTail(Packet packet, StringBuilder json) {
        Packet.Timestamps times = packet.timestamps();
        time(json.append(",\"client_timestamp\":"), times.client());
        time(json.append(",\"router_incoming_timestamp\":"), times.routerIncoming());
        time(json.append(",\"router_outgoing_timestamp\":"), times.routerOutgoing());
        time(json.append(",\"server_timestamp\":"), times.server());
        json.append('}');
    }

    private static void time(StringBuilder json, double seconds) {
        if (Double.isNaN(seconds)) {
            json.append("null");
        } else {
            json.append(seconds);
        }
    }

    /**
     * The JSON texts of some fields of a packet's data, null where there is none; nothing is parsed. The data are well-formed, as {@link #read}
     * and every router see to.
     */
    public static @Nullable String[] fields(JsonValue data, String... names) {
        JsonScan scan = JsonScan.trusted(data.text(), names);
        @Nullable String[] texts = new @Nullable String[names.length];
        for (int i = 0; i < names.length; i++) {
            texts[i] = scan.isPresent(i) ? scan.raw(i) : null;
        }
        return texts;
    }

    /** Appends a JSON string. */
    public static void quote(String value, StringBuilder json) {
        json.append('"');
        if (isPlain(value)) {
            json.append(value);
        } else {
            JsonStringEncoder.getInstance().quoteAsString(value, json);
        }
        json.append('"');
    }

    /** Of ids that is all there is to know, and the encoder appends each character by itself. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            if (each < ' ' || each == '"' || each == '\\') {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads one packet; absent data is an empty object.
     *
     * @throws MephistoException {@link ErrorCode#INVALID_INPUT} when it is not JSON or not a packet
     */
    public static Packet read(String text) {
        try {
            JsonScan scan = JsonScan.object("The packet", text, FIELDS);
            String word = scan.requireString(0);
            PacketType type = PacketType.findByWord(word)
                    .orElseThrow(() -> Refusal.invalid("No packet type is called \"" + word + "\"."));
            @Nullable String subject = scan.string(1);
            JsonValue data = scan.has(2) ? JsonValue.ofText(scan.raw(2)) : JsonValue.emptyObject();
            Packet.Timestamps times =
                    new Packet.Timestamps(scan.number(3), scan.number(4), scan.number(5), scan.number(6));
            return new Packet(type, subject == null ? "" : subject, data, times);
        } catch (Refusal refusal) {
            throw new MephistoException(ErrorCode.INVALID_INPUT, refusal.sentence(), refusal);
        }
    }
}
