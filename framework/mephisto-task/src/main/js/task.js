/**
 * The core: one worker's visit to one page, without any framework. It loads the task's configuration, registers the worker and hands in
 * their work; whoever draws the page subscribes to its state. Live connections are a module on top: subscribe, and open a socket when
 * `agentId` comes.
 */

import { createBanner } from "./banner.js";
import { getBlockedExplanation, isMobile } from "./browser.js";
import { RequestError, postErrorLog, postProviderRequest, request } from "./http.js";
import * as provider from "./provider.js";
import { untilAnswered } from "./retry.js";
import { createSubmissions, metadataSubmission, onboardingSubmission, taskSubmission } from "./submissions.js";

/** The version of the original client whose wire format this one speaks. */
export const PROTOCOL_VERSION = "2.0.4";

const NO_ANSWER = "The task cannot be reached at the moment. Keep this page open; we keep trying.";

/**
 * State: providerWorkerId, mephistoWorkerId, agentId, assignmentId, taskConfig, isPreview, previewHtml, blockedReason,
 * blockedExplanation, initialTaskData, isOnboarding, loaded; and `submission`: null, "sending", "saved" or "refused".
 */
export function createTask() {
  const banner = createBanner();
  const submissions = createSubmissions(banner);
  const listeners = new Set();
  const providerWorkerId = provider.workerName();
  const assignmentId = provider.assignmentId();
  let started = false;
  let state = {
    providerWorkerId,
    mephistoWorkerId: null,
    agentId: null,
    assignmentId,
    taskConfig: null,
    isPreview: providerWorkerId === null || assignmentId === null,
    previewHtml: null,
    blockedReason: null,
    blockedExplanation: null,
    initialTaskData: null,
    isOnboarding: null,
    loaded: false,
    submission: null,
  };

  function change(changes) {
    state = { ...state, ...changes };
    listeners.forEach((listener) => listener(state));
  }

  /** Calls back on every change; returns the function that ends it. */
  function subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Begins the visit; later calls do nothing. */
  async function start() {
    if (started) {
      return;
    }
    started = true;
    banner.mount();
    try {
      const packet = state.isPreview ? null : await handInLeftovers();
      if (state.submission === "saved") {
        return;
      }
      await loadConfig();
      if (packet) {
        registered(packet);
      } else if (!state.isPreview && !state.blockedReason) {
        registered(await reach(() => registration()));
      }
    } catch (error) {
      block("refused", error.reason || null);
    }
  }

  /** After a reload: what could not be saved before comes first. Resolves to the answer to an onboarding, if that was left over. */
  async function handInLeftovers() {
    let packet = null;
    for (const submission of await submissions.leftovers()) {
      if (submission.kind === "metadata") {
        submissions.deliver(submission).catch(() => {});
        continue;
      }
      change({ submission: "sending" });
      try {
        const answer = await submissions.deliver(submission);
        if (submission.kind === "task") {
          change({ submission: "saved" });
          provider.handOver(submission.answer);
        } else {
          packet = answer;
          change({ submission: null });
        }
      } catch {
        change({ submission: "refused" });
      }
    }
    return packet;
  }

  async function loadConfig() {
    const taskConfig = await reach(() => request("/task_config.json", { query: { mephisto_task_version: PROTOCOL_VERSION } }));
    change({ taskConfig, previewHtml: taskConfig?.preview_html ?? null, loaded: state.isPreview });
    if (taskConfig?.block_mobile && isMobile()) {
      block("no_mobile", null);
    }
  }

  async function registration() {
    const packet = await postProviderRequest("/request_agent", provider.agentRegistration());
    if (!packet?.data) {
      throw new RequestError("POST /request_agent was answered without agent details", { status: 502 });
    }
    return packet;
  }

  async function reach(attempt) {
    const { value, retried } = await untilAnswered(attempt, banner, NO_ANSWER);
    if (retried) {
      banner.clear();
    }
    return value;
  }

  function registered(packet) {
    const { worker_id: mephistoWorkerId = null, agent_id: agentId = null, init_task_data, failure_reason } = packet.data;
    if (agentId === null) {
      change({ mephistoWorkerId, agentId, isOnboarding: false, submission: null });
      block("null_agent_id", failure_reason ?? null);
      return;
    }
    change({
      mephistoWorkerId,
      agentId,
      mephistoAgentId: agentId,
      isOnboarding: String(agentId).startsWith("onboarding"),
      initialTaskData: init_task_data ?? null,
      submission: null,
      loaded: true,
    });
  }

  function block(blockedReason, explanation) {
    change({ blockedReason, blockedExplanation: explanation ?? getBlockedExplanation(blockedReason) });
  }

  /** Hands in the work: an object, or a FormData. Resolves when it is saved; rejects when the server will never take it. */
  async function submit(data) {
    if (state.agentId === null) {
      console.warn("Nothing was submitted: in a preview, or before the worker is registered, there is nobody to submit for.");
      return null;
    }
    return state.isOnboarding ? submitOnboarding(data) : submitTask(data);
  }

  async function submitTask(data) {
    const submission = taskSubmission(state.agentId, data);
    if (state.submission === "sending" || state.submission === "saved") {
      return submissions.deliver(submission);
    }
    return sending(async () => {
      const answer = await submissions.deliver(submission);
      change({ submission: "saved" });
      provider.handOver(submission.answer);
      return answer;
    });
  }

  async function submitOnboarding(data) {
    return sending(async () => {
      const packet = await submissions.deliver(onboardingSubmission(state.agentId, data));
      registered(packet);
      return packet;
    });
  }

  async function sending(action) {
    change({ submission: "sending" });
    try {
      return await action();
    } catch (error) {
      change({ submission: "refused" });
      throw error;
    }
  }

  /** Each argument with a `type` goes under that type; a FormData goes as it is. */
  function submitMetadata(...items) {
    const metadata = items[0] instanceof FormData ? items[0] : byType(items);
    return submissions.deliver(metadataSubmission(state.agentId, metadata));
  }

  function reportError(data) {
    return postErrorLog(state.agentId, data);
  }

  /** A sentence at the bottom of the page until it is called with null: `waiting` while the page keeps trying, `ended` for the worker to close. */
  function showNotice(text, kind = "waiting") {
    banner.stand(text, kind === "waiting" ? kind : "refused");
  }

  return { getState: () => state, subscribe, start, submit, submitMetadata, reportError, showNotice };
}

function byType(items) {
  const metadata = {};
  for (const item of items) {
    if (item?.type) {
      metadata[item.type] = item;
    }
  }
  return metadata;
}

let visit = null;

/** The page's one task: a page is one visit, however many components ask for it. */
export function pageTask() {
  visit ??= createTask();
  return visit;
}
