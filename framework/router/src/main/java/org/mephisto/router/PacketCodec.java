package org.mephisto.router;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /** What stands before the subject's id in a packet of each type. */
    private static final Map<PacketType, byte[]> HEADS = new EnumMap<>(Stream.of(TYPES)
            .collect(Collectors.toMap(
                    Function.identity(), type -> utf8("{\"packet_type\":\"" + type.word() + "\",\"subject_id\":\""))));

    private static final byte[] BEFORE_DATA = utf8("\",\"data\":");
    private static final byte[] UNSTAMPED = stamped(Packet.Timestamps.NONE);

    private PacketCodec() {}

    /** One JSON object; a time that is not known is null. */
    public static String write(Packet packet) {
        return new String(frame(packet), StandardCharsets.UTF_8);
    }

    /** What {@link #write} gives, in UTF-8. */
    static byte[] frame(Packet packet) {
        byte[] head = Objects.requireNonNull(HEADS.get(packet.type()));
        byte[] subject = utf8(escaped(packet.subjectId()));
        byte[] data = packet.data().utf8();
        byte[] times = packet.timestamps().isUnstamped() ? UNSTAMPED : stamped(packet.timestamps());
        int length = head.length + subject.length + BEFORE_DATA.length + data.length + times.length;
        return ByteBuffer.allocate(length)
                .put(head)
                .put(subject)
                .put(BEFORE_DATA)
                .put(data)
                .put(times)
                .array();
    }

    /** What stands behind the data. */
    private static byte[] stamped(Packet.Timestamps times) {
        return utf8(",\"client_timestamp\":" + time(times.client())
                + ",\"router_incoming_timestamp\":" + time(times.routerIncoming())
                + ",\"router_outgoing_timestamp\":" + time(times.routerOutgoing())
                + ",\"server_timestamp\":" + time(times.server()) + "}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
        byte[] utf8 = utf8(text);
        return read(
                utf8,
                utf8.length,
                scan -> new Packet.Timestamps(scan.number(3), scan.number(4), scan.number(5), scan.number(6)));
    }

    /**
     * Reads one packet of a page's, likewise. Of the times in it only the page's own counts. What its live updates and errors carry is an
     * object, or it is no packet.
     *
     * @param utf8 begins with the text
     * @param length of the text, in bytes
     * @param at when the router got it, in seconds since 1970
     */
    static Packet readIncoming(byte[] utf8, int length, double at) {
        Packet packet = read(utf8, length, scan -> Packet.Timestamps.incoming(scan.number(3), at));
        boolean isForSystem =
                packet.type() == PacketType.MEPHISTO_BOUND_LIVE_UPDATE || packet.type() == PacketType.ERROR;
        if (isForSystem && packet.data().text().charAt(0) != '{') {
            throw new MephistoException(ErrorCode.INVALID_INPUT, "\"data\" must be an object.");
        }
        return packet;
    }

    private static Packet read(byte[] utf8, int length, Function<JsonScan, Packet.Timestamps> times) {
        try {
            JsonScan scan = JsonScan.object("The packet", utf8, length, FIELDS);
            PacketType type = type(scan);
            @Nullable String subject = scan.string(1);
            JsonValue data = scan.has(2) ? JsonValue.ofText(scan.raw(2)) : JsonValue.emptyObject();
            return new Packet(type, subject == null ? "" : subject, data, times.apply(scan));
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
