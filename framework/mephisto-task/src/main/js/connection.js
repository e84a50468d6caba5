/**
 * One agent's WebSocket, opened again as soon as it is lost and for as long as it is wanted. It says that it is there every few seconds; a
 * socket on which that goes unanswered is as good as closed. All times are taken from the monotonic clock, except what the server is told.
 */

import { timestamp } from "./http.js";
import { startTicker } from "./ticker.js";

const FIRST_HEARTBEAT_MS = 500;
const HEARTBEAT_MS = 6_000;
const SYSTEM_GONE_MS = 20_000;
/** Heartbeat, silence and a new socket fit into the 15 s after which the server takes a silent worker for gone. */
const SILENCE_MS = 7_000;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;
/** A socket that stood for so long was good: the next one is tried at once. */
const STABLE_MS = 3_000;
/** Below this a time is not in milliseconds. */
const MILLISECONDS_FROM = 1e11;

/**
 * @param agentId whom the heartbeats name
 * @param config {heartbeatTime, connectionDeadMephistoPing} in ms, {refreshSocketMissedResponses}: the heartbeats after which an unanswered
 *     socket is given up; each with its default
 * @param on {open(), packet(packet), system(isThere, behindMs), lost(closeCode)}; `lost` comes before the next try
 */
export function createConnection(agentId, config, on) {
  const heartbeatMs = config.heartbeatTime ?? HEARTBEAT_MS;
  const systemGoneMs = config.connectionDeadMephistoPing ?? SYSTEM_GONE_MS;
  const silenceMs = config.refreshSocketMissedResponses ? config.refreshSocketMissedResponses * heartbeatMs : SILENCE_MS;
  let socket = null;
  let since = 0;
  let isOpen = false;
  let isEnded = false;
  let failures = 0;
  let retryAt = 0;
  let retrying = 0;
  let heartbeatAt = 0;
  let silentSince = 0;
  let heartbeats = [];
  const stopTicker = startTicker(tick);
  window.addEventListener("online", retryNow);
  open();

  function open() {
    clearTimeout(retrying);
    retryAt = 0;
    since = performance.now();
    try {
      socket = new WebSocket(address());
    } catch (error) {
      console.warn(`The connection could not be opened: ${error.message}`);
      lost(0);
      return;
    }
    socket.onopen = () => {
      isOpen = true;
      since = performance.now();
      heartbeatAt = since + FIRST_HEARTBEAT_MS;
      on.open();
    };
    socket.onmessage = (event) => received(event.data);
    socket.onclose = (event) => lost(event.code);
  }

  function received(text) {
    silentSince = 0;
    const packet = parsed(text);
    if (packet?.packet_type === "heartbeat") {
      judge(packet.data?.last_mephisto_ping);
    } else if (packet) {
      on.packet(packet);
    }
  }

  /** The answer is by the clock of the heartbeat it belongs to; one without a time in milliseconds says nothing. */
  function judge(ping) {
    const sentAt = heartbeats.shift() ?? Date.now();
    const behind = typeof ping === "number" && ping > MILLISECONDS_FROM ? Math.max(0, sentAt - ping) : 0;
    on.system(behind <= systemGoneMs, behind);
  }

  function tick() {
    const now = performance.now();
    if (retryAt > 0) {
      if (now >= retryAt) {
        open();
      }
    } else if (!isOpen) {
      if (now - since > SILENCE_MS) {
        lost(0);
      }
    } else if (silentSince > 0 && now - silentSince > silenceMs) {
      lost(0);
    } else if (now >= heartbeatAt) {
      heartbeat(now);
    }
  }

  function heartbeat(now) {
    heartbeatAt = now + heartbeatMs;
    silentSince ||= now;
    heartbeats.push(Date.now());
    write(JSON.stringify({ packet_type: "heartbeat", subject_id: agentId, client_timestamp: timestamp() }));
  }

  function lost(closeCode) {
    const wasOpen = isOpen;
    drop();
    if (wasOpen && performance.now() - since > STABLE_MS) {
      failures = 0;
    }
    on.lost(closeCode);
    if (!isEnded) {
      const delay = Math.min(FIRST_DELAY_MS * 2 ** Math.min(failures++, 10), LONGEST_DELAY_MS) * (0.5 + 0.5 * Math.random());
      retryAt = performance.now() + delay;
      // Sooner than the next tick.
      retrying = setTimeout(retryNow, delay);
    }
  }

  function retryNow() {
    if (retryAt > 0) {
      open();
    }
  }

  /** Nothing that a socket still says after this is heard. */
  function drop() {
    isOpen = false;
    silentSince = 0;
    heartbeats = [];
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
      socket = null;
    }
  }

  /** Sends a frame; false while there is no open socket. */
  function write(frame) {
    if (!isOpen || socket.readyState !== WebSocket.OPEN) {
      return false;
    }
    socket.send(frame);
    return true;
  }

  /** Closes for good, and says nothing of it. */
  function end() {
    isEnded = true;
    retryAt = 0;
    clearTimeout(retrying);
    stopTicker();
    window.removeEventListener("online", retryNow);
    drop();
  }

  return { write, end };
}

function address() {
  const url = new URL("/", window.location.origin);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    console.warn("A message from the server could not be read.");
    return null;
  }
}
