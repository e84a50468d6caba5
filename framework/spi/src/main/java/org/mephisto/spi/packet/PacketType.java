package org.mephisto.spi.packet;

/** Every kind of packet, by its wire word. The first twelve are the original system's; the rest are ours, and pages that do not ask never see them. */
public enum PacketType {
    /** A socket has opened. */
    ALIVE("alive"),
    /** A worker asks for a unit: router to system. */
    REGISTER_AGENT("register_agent"),
    /** Answers {@link #REGISTER_AGENT} and {@link #SUBMIT_ONBOARDING}; {@code data.request_id} links them. */
    AGENT_DETAILS("agent_details"),
    /** A worker has finished onboarding: router to system. */
    SUBMIT_ONBOARDING("submit_onboarding"),
    /** A worker submits a unit: router to system. */
    SUBMIT_UNIT("submit_unit"),
    /** A worker sends tips, feedback or an opinion, mostly after submitting: router to system. */
    SUBMIT_METADATA("submit_metadata"),
    /** System to page. */
    CLIENT_BOUND_LIVE_UPDATE("client_bound_live_update"),
    /** Page to system. */
    MEPHISTO_BOUND_LIVE_UPDATE("mephisto_bound_live_update"),
    /** The agent's status has changed: system to router to page. */
    UPDATE_STATUS("update_status"),
    /** Asks a foreign router for the statuses of its agents. */
    REQUEST_STATUSES("request_statuses"),
    /** Answers {@link #REQUEST_STATUSES}: {@code {agent_id: status}}. */
    RETURN_STATUSES("return_statuses"),
    /** A page or router reports an error of its own. */
    ERROR("log_error"),
    /** A page says that it is there, and the router answers. */
    HEARTBEAT("heartbeat"),
    /**
     * Ours: the system side has dealt with a packet that carried a {@code request_id}; {@code data} is {@code {request_id}} when it is
     * stored, and {@code {request_id, error: {code, message, status}}} when it is refused. On a page's socket, which asks for it in its
     * {@link #ALIVE}: {@code {update_ids: [...]}}, the live updates that have arrived.
     */
    ACKNOWLEDGE("acknowledge"),
    /**
     * Ours, system to router: an agent's page is to be held back ({@code {hold: true}}) because it sends faster than the task takes, or no
     * longer. Channel only.
     */
    FLOW_CONTROL("flow_control");

    private final String word;

    PacketType(String word) {
        this.word = word;
    }

    /** The wire word, the {@code packet_type}. */
    public String word() {
        return word;
    }
}
