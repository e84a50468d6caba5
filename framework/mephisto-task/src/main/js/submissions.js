/**
 * Everything a worker hands in: kept in the browser before it is sent, sent until it gets its 2xx, then forgotten. The server takes the
 * same submission any number of times to the same effect, so sending once too often is harmless and once too few is not possible.
 */

import * as form from "./form.js";
import { RequestError, postData, timestamp } from "./http.js";
import * as pending from "./pending.js";
import { visitId } from "./provider.js";
import { untilAnswered } from "./retry.js";

const NOT_SAVED = {
  task: "Your answers are not saved yet. Keep this page open; we keep trying.",
  onboarding: "Your answers are not saved yet. Keep this page open; we keep trying.",
  metadata: "Your message is not saved yet. Keep this page open; we keep trying.",
};
const SAVED = {
  task: "Your answers are saved.",
  onboarding: "Your answers are saved.",
  metadata: "Your message is saved.",
};

/** The final data of a unit: an object, or a FormData whose files are uploaded. */
export function taskSubmission(agentId, data) {
  if (data instanceof FormData) {
    const text = data.get("final_string_data") ?? JSON.stringify(form.formObject(data));
    const fields = { USED_AGENT_ID: agentId, final_string_data: text, final_data: "", client_timestamp: String(timestamp()) };
    return record("task", agentId, "/submit_task", { fields, files: form.formFiles(data), answer: text });
  }
  const body = { USED_AGENT_ID: agentId, final_data: data, client_timestamp: timestamp() };
  return record("task", agentId, "/submit_task", { body, answer: data });
}

/** Onboarding answers go as JSON always. */
export function onboardingSubmission(agentId, data) {
  const onboardingData = data instanceof FormData ? form.formObject(data) : data;
  const body = {
    provider_data: { USED_AGENT_ID: agentId, onboarding_data: onboardingData },
    client_timestamp: timestamp(),
  };
  return record("onboarding", agentId, "/submit_onboarding", { body });
}

/** Tips, feedback, opinions: an object, or a FormData whose `data` is the object's JSON. */
export function metadataSubmission(agentId, data) {
  if (data instanceof FormData) {
    const text = data.get("data") ?? JSON.stringify(form.formObject(data));
    const fields = { USED_AGENT_ID: agentId, metadata: text, data: text, client_timestamp: String(timestamp()) };
    return record("metadata", agentId, "/submit_metadata", { fields, files: form.formFiles(data) });
  }
  const body = { USED_AGENT_ID: agentId, metadata: data, client_timestamp: timestamp() };
  return record("metadata", agentId, "/submit_metadata", { body });
}

export function createSubmissions(banner) {
  const underWay = new Map();

  /** Resolves to the server's answer; rejects only when the server will never take it. */
  function deliver(submission) {
    const known = underWay.get(submission.key);
    if (known) {
      return known;
    }
    const delivery = send(submission).catch((error) => {
      underWay.delete(submission.key);
      throw error;
    });
    underWay.set(submission.key, delivery);
    return delivery;
  }

  async function send(submission) {
    window.addEventListener("beforeunload", askBeforeLeaving);
    try {
      await pending.keep(submission);
      const { value, retried } = await untilAnswered(() => post(submission), banner, NOT_SAVED[submission.kind]);
      await pending.release(submission);
      if (retried) {
        banner.saved(SAVED[submission.kind]);
      }
      return value;
    } catch (error) {
      await pending.release(submission);
      banner.refused(refusal(error));
      throw error;
    } finally {
      window.removeEventListener("beforeunload", askBeforeLeaving);
    }
  }

  /** What this visit has not got through yet, oldest first. Other visits' leftovers are tried once, unseen. */
  async function leftovers() {
    const records = await pending.list();
    const own = records.filter((submission) => submission.visit === visitId());
    records.filter((submission) => !own.includes(submission)).forEach(tryOnce);
    return own;
  }

  return { deliver, leftovers };
}

/** A refusal may only mean that its task is not served right now, so it stays until it has grown old. */
async function tryOnce(submission) {
  try {
    await post(submission);
    await pending.release(submission);
  } catch (error) {
    console.warn("An earlier submission is still waiting.", error.message);
  }
}

async function post(submission) {
  const body = submission.fields ? form.multipart(submission.fields, submission.files) : submission.body;
  const answer = await postData(submission.path, body);
  if (submission.kind === "onboarding" && !answer?.data) {
    throw new RequestError("POST /submit_onboarding was answered without agent details", { status: 502 });
  }
  return answer;
}

function record(kind, agentId, path, content) {
  const once = kind === "metadata" ? `:${Date.now()}-${Math.random().toString(36).slice(2)}` : "";
  return { key: `${kind}:${agentId}${once}`, visit: visitId(), kind, agentId, path, files: null, keptAt: Date.now(), ...content };
}

const REFUSALS = {
  400: "The server could not read them. Please tell the requester.",
  403: "The server does not know this visit. Please open your link again.",
  404: "The task is no longer there.",
  413: "They are too large. Please choose smaller files and submit again.",
};

/** The server's own sentence, where it gave one. */
function refusal(error) {
  const why = error.reason || REFUSALS[error.status] || `The server refused them (${error.status}). Please tell the requester.`;
  return `Your answers were not saved. ${why}`;
}

function askBeforeLeaving(event) {
  event.preventDefault();
}
