package org.mephisto.router;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/** Packets as JSON text and back; {@code data} is carried as it stands, never parsed. Stateless. */
public final class PacketCodec {
    private static final FieldNames FIELDS = new FieldNames(
            "packet_type",
            "subject_id",
            "data",
            "client_timestamp",
            "router_incoming_timestamp",
            "router_outgoing_timestamp",
            "server_timestamp");

    private static final PacketType[] TYPES = PacketType.values();
    private static final FieldNames WORDS =
            new FieldNames(Stream.of(TYPES).map(PacketType::word).toArray(String[]::new));

    private static final String UNSTAMPED = stamped(Packet.Timestamps.NONE);

    private PacketCodec() {}

    /** One JSON object; a time that is not known is null. */
    public static String write(Packet packet) {
        return head(packet) + packet.data().text() + tail(packet.timestamps());
    }

    /** What {@link #write} gives, in UTF-8. */
    static byte[] frame(Packet packet) {
        byte[] head = head(packet).getBytes(StandardCharsets.UTF_8);
        byte[] data = packet.data().utf8();
        byte[] tail = tail(packet.timestamps()).getBytes(StandardCharsets.UTF_8);
        byte[] frame = Arrays.copyOf(head, head.length + data.length + tail.length);
        System.arraycopy(data, 0, frame, head.length, data.length);
        System.arraycopy(tail, 0, frame, head.length + data.length, tail.length);
        return frame;
    }

    /** What stands before the data. */
    private static String head(Packet packet) {
        return "{\"packet_type\":\"" + packet.type().word() + "\",\"subject_id\":\"" + escaped(packet.subjectId())
                + "\",\"data\":";
    }

    /** What stands behind the data. */
    private static String tail(Packet.Timestamps times) {
        return times.isUnstamped() ? UNSTAMPED : stamped(times);
    }

    private static String stamped(Packet.Timestamps times) {
        return ",\"client_timestamp\":" + time(times.client())
                + ",\"router_incoming_timestamp\":" + time(times.routerIncoming())
                + ",\"router_outgoing_timestamp\":" + time(times.routerOutgoing())
                + ",\"server_timestamp\":" + time(times.server()) + "}";
    }

    private static String time(double seconds) {
        return Double.isNaN(seconds) ? "null" : Double.toString(seconds);
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
        json.append('"').append(escaped(value)).append('"');
    }

    /** What stands between the quotes of a JSON string. */
    private static String escaped(String value) {
        return isPlain(value)
                ? value
                : new String(JsonStringEncoder.getInstance().quoteAsString(value));
    }

    /** Whether it stands between the quotes as it is, like all ids. */
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
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Likewise, of a text in UTF-8, which is not changed any more. */
    static Packet read(byte[] utf8) {
        try {
            JsonScan scan = JsonScan.object("The packet", utf8, FIELDS);
            PacketType type = type(scan);
            @Nullable String subject = scan.string(1);
            JsonValue data = scan.has(2) ? JsonValue.ofText(scan.raw(2)) : JsonValue.emptyObject();
            Packet.Timestamps times =
                    new Packet.Timestamps(scan.number(3), scan.number(4), scan.number(5), scan.number(6));
            return new Packet(type, subject == null ? "" : subject, data, times);
        } catch (Refusal refusal) {
            throw new MephistoException(ErrorCode.INVALID_INPUT, refusal.sentence(), refusal);
        }
    }

    private static PacketType type(JsonScan scan) {
        int type = scan.indexOf(0, WORDS);
        if (type < 0) {
            throw Refusal.invalid("No packet type is called \"" + scan.requireString(0) + "\".");
        }
        return TYPES[type];
    }
}
