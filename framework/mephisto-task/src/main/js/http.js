/** Requests to the task server. Every failure is a RequestError that knows whether trying again can help. */

const JSON_TIMEOUT_MS = 30_000;
/** The slowest upload that is still waited for. */
const UPLOAD_BYTES_PER_MS = 15;
const LONGEST_UPLOAD_MS = 600_000;

export class RequestError extends Error {
  /**
   * @param {string} message for the console
   * @param {{status?: number, reason?: string, retryAfterMs?: number}} facts status 0 means that no answer came; reason is the server's
   *     own sentence
   */
  constructor(message, { status = 0, reason = "", retryAfterMs = 0 } = {}) {
    super(message);
    this.name = "RequestError";
    this.status = status;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same request may succeed later. */
  get isRetryable() {
    return this.status === 0 || this.status >= 500 || [408, 425, 429].includes(this.status);
  }
}

/** Seconds with fractions, as packets carry them. */
export function timestamp() {
  return Date.now() / 1000;
}

/** GETs or POSTs; resolves to the answer's JSON, or to null where a 2xx has none. */
export async function request(path, { method = "GET", body, query = {}, timeoutMs = JSON_TIMEOUT_MS } = {}) {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), timeoutMs);
  try {
    const response = await fetch(address(path, query), {
      method,
      body,
      headers: typeof body === "string" ? { "Content-Type": "application/json" } : {},
      credentials: "same-origin",
      cache: "no-store",
      signal: aborter.signal,
    });
    const text = await response.text();
    if (!response.ok) {
      throw new RequestError(`${method} ${path} was answered with ${response.status}`, {
        status: response.status,
        reason: reasonIn(text),
        retryAfterMs: retryAfterMs(response.headers.get("Retry-After")),
      });
    }
    return parsed(text);
  } catch (error) {
    if (error instanceof RequestError) {
      throw error;
    }
    const why = aborter.signal.aborted ? `no answer within ${timeoutMs / 1000} s` : error.message;
    throw new RequestError(`${method} ${path} did not get through: ${why}`);
  } finally {
    clearTimeout(timer);
  }
}

/** POSTs an object as JSON, or a FormData as multipart. */
export function postData(path = "", data = {}) {
  if (data instanceof FormData) {
    return request(path, { method: "POST", body: data, timeoutMs: uploadTimeoutMs(data) });
  }
  return request(path, { method: "POST", body: JSON.stringify(data) });
}

/** POSTs what the crowd provider says of the worker. */
export function postProviderRequest(path, providerData) {
  return postData(path, { provider_data: providerData, client_timestamp: timestamp() });
}

/** Reports an error in the page; never throws. */
export function postErrorLog(agentId, errorData) {
  return postData("/log_error", {
    USED_AGENT_ID: agentId,
    error_data: errorData,
    client_timestamp: timestamp(),
  }).catch((error) => console.warn("The error could not be reported.", error));
}

function address(path, query) {
  const url = new URL(path, window.location.origin);
  for (const [name, value] of Object.entries({ ...query, ...providerParams() })) {
    url.searchParams.set(name, value);
  }
  return url;
}

function providerParams() {
  const given = window.getProviderURLParams;
  return (typeof given === "function" ? given() : given) || {};
}

function uploadTimeoutMs(form) {
  let bytes = 0;
  form.forEach((value) => {
    bytes += value instanceof Blob ? value.size : value.length;
  });
  return Math.min(JSON_TIMEOUT_MS + bytes / UPLOAD_BYTES_PER_MS, LONGEST_UPLOAD_MS);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function reasonIn(text) {
  const body = parsed(text);
  const candidates = [body?.error?.message, body?.error, body?.message, body?.reason];
  return candidates.find((candidate) => typeof candidate === "string" && candidate !== "") ?? "";
}

function retryAfterMs(header) {
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 120) * 1000 : 0;
}
