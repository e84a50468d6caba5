/** The static HTML task's page: shows the template that the unit names, and hands in its form. */
import { formObject } from "./form.js";
import { fillTemplate, loadTemplate, runScripts } from "./template.js";
import * as core from "./static.js";

globalThis.mephistoTask = core;

const task = core.pageTask();
const app = document.getElementById("app") ?? document.body.appendChild(document.createElement("div"));
let shown = "";
let button = null;
let form = null;

/* The provider's page configuration, see wrap_crowd_source.js. */
const HIDE = "HIDE_SUBMIT_BUTTON";
let hideSubmitButton = configured(HIDE);
window._MEPHISTO_CONFIG_?.EVENT_EMITTER?.on(HIDE, (value) => {
  hideSubmitButton = value === true;
  if (button) {
    button.hidden = hideSubmitButton;
  }
});

task.subscribe(render);
render(task.getState());
task.start();

function render(state) {
  const view = viewOf(state);
  if (view !== shown) {
    shown = view;
    form = null;
    button = null;
    draw(view, state);
  }
  reflectSubmission(state.submission);
}

function viewOf(state) {
  if (state.submission === "saved") return "saved";
  if (state.blockedReason !== null) return "blocked";
  if (state.submission === "sending" && state.agentId === null) return "resuming";
  if (!state.loaded) return "loading";
  if (state.isPreview) return "preview";
  return state.isOnboarding ? `onboarding ${state.agentId}` : `task ${state.agentId}`;
}

function draw(view, state) {
  switch (view) {
    case "saved":
      return message("Thank you", "Your answers are saved.");
    case "blocked":
      return message("You cannot work on this task now", state.blockedExplanation);
    case "resuming":
      return message("One moment", "Your answers from before are being saved.");
    case "loading":
      return message("", "Loading…");
    case "preview":
      return drawFragment(view, app, "preview.html", {}, state);
    default:
      return drawForm(view, state);
  }
}

function message(title, text) {
  const section = document.createElement("section");
  section.className = "mephisto-message";
  if (title) {
    const heading = section.appendChild(document.createElement("h1"));
    heading.textContent = title;
    heading.tabIndex = -1;
  }
  section.appendChild(document.createElement("p")).textContent = text;
  app.replaceChildren(section);
  section.querySelector("h1")?.focus();
}

function drawForm(view, state) {
  const data = state.initialTaskData ?? {};
  form = document.createElement("form");
  form.enctype = "multipart/form-data";
  form.addEventListener("submit", handIn);
  // A template's script may call this; the browser's own would leave the page and lose the work.
  form.submit = () => form.requestSubmit();
  const content = form.appendChild(document.createElement("div"));
  form.appendChild(submitRow());
  app.replaceChildren(form);
  const keys = { ...data, mephisto_agent_id: state.agentId, provider_worker_id: state.providerWorkerId };
  return drawFragment(view, content, state.isOnboarding ? "onboarding.html" : data.html, keys, state);
}

async function drawFragment(view, place, file, keys, state) {
  const loading = document.createElement("p");
  loading.textContent = "Loading…";
  place.replaceChildren(loading);
  const source = await loadTemplate(file);
  if (shown !== view) {
    return;
  }
  place.innerHTML = fillTemplate(source, keys, state.taskConfig?.escape_html === true);
  if (button) {
    button.parentElement.hidden = false;
  }
  await runScripts(place);
}

function submitRow() {
  const row = document.createElement("div");
  row.className = "mephisto-submit";
  row.hidden = true;
  button = row.appendChild(document.createElement("button"));
  button.id = "html-task-submit-button";
  button.type = "submit";
  button.textContent = "Submit";
  button.hidden = hideSubmitButton;
  return row;
}

function handIn(event) {
  event.preventDefault();
  const submitter = event.submitter?.name ? event.submitter : null;
  const data = new FormData(form, submitter);
  const state = task.getState();
  task.submit(state.isOnboarding ? formObject(data) : data).catch((error) => console.error(error.message));
}

function reflectSubmission(submission) {
  if (!form || !button) {
    return;
  }
  const sending = submission === "sending";
  form.setAttribute("aria-busy", String(sending));
  form.firstElementChild.inert = sending;
  button.disabled = sending;
  button.textContent = sending ? "Submitting…" : "Submit";
}

/** `get` throws for a key that nobody has set. */
function configured(key) {
  try {
    return window._MEPHISTO_CONFIG_.get(key) === true;
  } catch {
    return false;
  }
}
