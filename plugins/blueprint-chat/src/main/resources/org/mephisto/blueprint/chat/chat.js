/**
 * The chat page on mephisto-task: shows what is said, opens the typing box when the server asks for words, shows forms and Done. What it
 * reads of an update is `text` and `id`, and of `task_data` `agent_display_name`, `live_update_requested`, `respond_with_form` and
 * `task_done`.
 */
(() => {
  "use strict";

  const { AGENT_STATUS, STATUS_TO_TEXT_MAP, pageLiveTask } = globalThis.mephistoTask;
  const { drawForm, formResponses } = globalThis.chatForm;
  const SYSTEM = "System";
  const ENDED = new Set([
    AGENT_STATUS.DISCONNECT,
    AGENT_STATUS.RETURNED,
    AGENT_STATUS.EXPIRED,
    AGENT_STATUS.TIMEOUT,
    AGENT_STATUS.PARTNER_DISCONNECT,
  ]);

  const live = pageLiveTask();
  const title = document.title;
  const part = (id) => document.getElementById(id);
  let chat = newChat(null);

  /** What one agent's page knows: a worker's onboarding and their unit are two agents. */
  function newChat(agentId) {
    return { agentId, name: null, open: false, form: null, done: false, ended: null, speakers: new Set(), unread: 0 };
  }

  /* ---- what comes ---- */

  function received(update) {
    if (update.task_data && typeof update.task_data === "object") {
      follow(update.task_data);
    }
    if (typeof update.text === "string" && update.text.trim() !== "") {
      show(update.id, update.text);
    }
    draw();
  }

  function follow(data) {
    chat.name = data.agent_display_name ?? chat.name;
    if ("respond_with_form" in data) {
      setForm(Array.isArray(data.respond_with_form) && data.respond_with_form.length > 0 ? data.respond_with_form : null);
    }
    if (typeof data.live_update_requested === "boolean") {
      chat.open = data.live_update_requested;
    }
    chat.done = chat.done || data.task_done === true;
  }

  function isOwn(id) {
    return id === live.getState().agentId || (chat.name !== null && id === chat.name);
  }

  /* ---- messages ---- */

  function show(id, text) {
    const own = isOwn(id);
    const item = document.createElement("li");
    item.className = own ? "own" : id === SYSTEM ? "system" : "other";
    if (id !== SYSTEM) {
      const name = document.createElement("span");
      name.className = "name";
      name.textContent = own ? ownLabel() : id;
      item.append(name);
    }
    item.append(text);
    part("log").append(item);
    showLast();
    if (!own && id !== SYSTEM) {
      chat.speakers.add(id);
    }
    if (!own && document.hidden) {
      chat.unread += 1;
      document.title = `(${chat.unread}) ${title}`;
    }
    return item;
  }

  function ownLabel() {
    return chat.name && !live.getState().isOnboarding ? `You (${chat.name})` : "You";
  }

  function showLast() {
    part("log").scrollTop = part("log").scrollHeight;
  }

  async function send(message) {
    const item = message.text === "" ? null : show(live.getState().agentId, message.text);
    chat.open = false;
    draw();
    try {
      await live.sendLiveUpdate({ task_data: {}, ...message, id: live.getState().agentId });
    } catch (error) {
      const note = document.createElement("span");
      note.className = "unsent";
      note.textContent = "Not sent: the chat is over.";
      item?.append(note);
      console.warn("A message was not sent.", error);
    }
  }

  function sendText() {
    const box = part("text");
    const text = box.value.trim();
    if (text !== "" && chat.open && !chat.form) {
      box.value = "";
      send({ text, episode_done: false });
    }
  }

  /* ---- forms in the chat ---- */

  function setForm(questions) {
    chat.form = questions;
    drawForm(part("questions"), questions ?? []);
  }

  function sendForm() {
    const responses = formResponses(part("questions"), chat.form);
    const text = responses.map(({ question, response }) => `${question}: ${response}`).join("\n");
    setForm(null);
    send({ text, task_data: { form_responses: responses }, episode_done: false });
  }

  /* ---- the page ---- */

  /** Puts a change of the input where the keyboard is, if it is nowhere else. */
  let focused = null;
  function focus(what, element) {
    if (focused !== what && element) {
      const idle = document.activeElement === document.body || document.activeElement === null;
      if (idle || part("composer").contains(document.activeElement) || part("questions").contains(document.activeElement)) {
        element.focus();
      }
    }
    focused = what;
  }

  function draw() {
    // Who has a name in the chat sits at the table.
    const over = chat.done || chat.ended !== null;
    const asksForm = !over && chat.form !== null && chat.open;
    part("composer").hidden = over || asksForm || chat.name === null;
    part("send").disabled = !chat.open;
    part("text").placeholder = chat.open ? "Write a message" : "";
    const { taskConfig, isOnboarding } = live.getState();
    part("end").hidden = isOnboarding || !taskConfig?.people_may_end;
    part("questions").hidden = !asksForm;
    const canSubmit = chat.done || chat.ended === AGENT_STATUS.PARTNER_DISCONNECT;
    part("finish").hidden = !over;
    part("done").hidden = !canSubmit;
    part("finish").querySelector("p").textContent = chat.ended && !chat.done ? STATUS_TO_TEXT_MAP[chat.ended] : "";
    const status = statusText(over, asksForm);
    if (part("status").textContent !== status) {
      part("status").textContent = status;
    }
    if (over) {
      focus("done", part("done"));
    } else if (asksForm) {
      focus("form", part("questions").querySelector("input"));
    } else if (chat.open) {
      focus("text", part("text"));
    } else {
      focused = null;
    }
  }

  function statusText(over, asksForm) {
    if (over || asksForm) {
      return "";
    }
    if (live.getState().isOnboarding) {
      return chat.open ? "" : "One moment…";
    }
    if (chat.name === null) {
      return "Waiting for the others to arrive. Keep this page open; the chat begins by itself.";
    }
    if (chat.open) {
      return "";
    }
    const others = [...chat.speakers];
    return others.length === 1 ? `Waiting for ${others[0]}…` : "Waiting for the others…";
  }

  function message(heading, text) {
    part("chat").hidden = true;
    part("preview").hidden = true;
    const section = part("message");
    section.querySelector("p").textContent = text;
    if (section.hidden || section.querySelector("h1").textContent !== heading) {
      section.hidden = false;
      section.querySelector("h1").textContent = heading;
      section.querySelector("h1").focus();
    }
  }

  function visitChanged(state) {
    if (state.submission === "saved") {
      message("Thank you", "Your work is saved. You may close this page.");
    } else if (state.blockedReason) {
      message("You cannot take part now", state.blockedExplanation);
    } else if (state.isPreview && state.taskConfig) {
      part("preview").hidden = false;
      part("preview").innerHTML = state.previewHtml ?? state.taskConfig.task_description ?? "";
    } else if (state.agentId !== null && state.taskConfig) {
      if (chat.agentId !== state.agentId) {
        arrive(state);
      }
      draw();
      submitOnboarding(state);
    }
    part("done").disabled = state.submission === "sending";
  }

  /** The server has said what it had to say: what was said is judged, nothing else. */
  function submitOnboarding({ isOnboarding, agentStatus, submission }) {
    if (isOnboarding && agentStatus === AGENT_STATUS.WAITING && submission === null) {
      live.submit().catch((error) => console.warn("The onboarding was not submitted.", error));
    }
  }

  /** Begins anew with this agent. The requester's own HTML is trusted; all else is text. */
  function arrive({ agentId, taskConfig, initialTaskData, isOnboarding }) {
    chat = newChat(agentId);
    setForm(null);
    part("text").value = "";
    part("log").replaceChildren();
    part("chat").hidden = false;
    part("description").innerHTML = taskConfig.task_description ?? "";
    part("about").open = !window.matchMedia("(max-width: 48rem)").matches;
    const { role, ...context } = (isOnboarding ? aboutOnboarding(initialTaskData ?? {}) : initialTaskData?.task_data) ?? {};
    part("role").hidden = !role;
    part("role").textContent = `You are: ${role}`;
    const list = part("context");
    list.replaceChildren();
    for (const [key, value] of Object.entries(context)) {
      const term = document.createElement("dt");
      term.textContent = key.replaceAll("_", " ");
      const detail = document.createElement("dd");
      detail.textContent = typeof value === "string" ? value : JSON.stringify(value, null, 1);
      list.append(term, detail);
    }
    list.hidden = list.childElementCount === 0;
    (initialTaskData?.past_live_updates ?? []).forEach(received);
  }

  /** What is asked comes as a message. */
  function aboutOnboarding({ text, respond_with_form, ...about }) {
    return about;
  }

  // A form, or a phone's keyboard, takes room; what was said last must not be what it covers.
  new ResizeObserver(showLast).observe(part("log"));
  part("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    sendText();
    part("text").focus();
  });
  part("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      sendText();
    }
  });
  part("end").addEventListener("click", () => send({ text: "", episode_done: true }));
  part("questions").addEventListener("submit", (event) => {
    event.preventDefault();
    sendForm();
  });
  part("done").addEventListener("click", () => live.submit({}).catch((error) => console.warn("Not submitted.", error)));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      chat.unread = 0;
      document.title = title;
    }
  });

  live.onLiveUpdate((update) => {
    received(update);
    visitChanged(live.getState());
  });
  live.onStatusUpdate(({ status }) => {
    chat.ended = ENDED.has(status) ? status : chat.ended;
    visitChanged(live.getState());
  });
  live.subscribe(visitChanged);
  live.start();
})();
