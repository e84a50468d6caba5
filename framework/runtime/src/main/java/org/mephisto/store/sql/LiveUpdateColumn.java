package org.mephisto.store.sql;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;

/** Live updates as the text of one column: {@code [{update_id, from_worker, sent_at, data}]}. */
final class LiveUpdateColumn {
    private static final double MICROS_PER_SECOND = 1e6;

    private LiveUpdateColumn() {}

    static String write(List<LiveUpdate> updates) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.MAPPER.createGenerator(text)) {
            json.writeStartArray();
            for (LiveUpdate update : updates) {
                json.writeStartObject();
                json.writeStringField("update_id", update.updateId());
                json.writeBooleanField("from_worker", update.fromWorker());
                json.writeNumberField(
                        "sent_at", ChronoUnit.MICROS.between(Instant.EPOCH, update.sentAt()) / MICROS_PER_SECOND);
                json.writeFieldName("data");
                json.writeRawValue(update.data().text());
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static List<LiveUpdate> read(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        List<LiveUpdate> updates = new ArrayList<>();
        for (JsonNode each : Json.parse(text)) {
            updates.add(new LiveUpdate(
                    each.path("update_id").asText(),
                    each.path("from_worker").asBoolean(),
                    Instant.EPOCH.plus(
                            Math.round(each.path("sent_at").asDouble() * MICROS_PER_SECOND), ChronoUnit.MICROS),
                    JsonValue.of(each.path("data"))));
        }
        return updates;
    }
}
