package org.mephisto.router;

import org.mephisto.router.Answers.Expected;
import org.mephisto.spi.packet.PacketType;

/** The two kinds of submission, which differ only in names. */
enum SubmissionKind {
    UNIT(PacketType.SUBMIT_UNIT, Expected.SUBMITTED, "final_data", "final_string_data"),
    METADATA(PacketType.SUBMIT_METADATA, Expected.METADATA, "metadata", "metadata");

    private static final FieldNames OF_UNIT =
            new FieldNames("USED_AGENT_ID", "final_data", "client_timestamp", "request_id");
    private static final FieldNames OF_METADATA =
            new FieldNames("USED_AGENT_ID", "metadata", "client_timestamp", "request_id");

    final PacketType type;
    final Expected expected;
    final String payloadName;
    /** The form field that holds the JSON. */
    final String formField;

    SubmissionKind(PacketType type, Expected expected, String payloadName, String formField) {
        this.type = type;
        this.expected = expected;
        this.payloadName = payloadName;
        this.formField = formField;
    }

    /** The fields of a JSON body: whose it is, the payload, when the page sent it, and what it calls it. */
    FieldNames fields() {
        return this == UNIT ? OF_UNIT : OF_METADATA;
    }
}
