/*
 * Between the task's page and the crowd: says who is working, and thanks them in the end.
 * The three values in capitals are filled in for each crowd provider.
 */
(function () {
  "use strict";

  const PROVIDER_TYPE = __PROVIDER_TYPE__;
  const WORKER_PARAMETER = __WORKER_PARAMETER__;
  const VISIT_PARAMETER = __VISIT_PARAMETER__;

  function fromLink(parameter) {
    return new URLSearchParams(window.location.search).get(parameter);
  }

  /* ---- Who is here: null for either of the first two means that the page is only looked at. ---- */

  window.getWorkerName = function () {
    return fromLink(WORKER_PARAMETER);
  };

  window.getAssignmentId = function () {
    return fromLink(VISIT_PARAMETER);
  };

  window.getAgentRegistration = function () {
    const workerName = window.getWorkerName();
    const assignmentId = window.getAssignmentId();
    return {
      worker_name: workerName,
      agent_registration_id: assignmentId + "-" + workerName,
      assignment_id: assignmentId,
      provider_type: PROVIDER_TYPE,
    };
  };

  /* ---- Settings that pages read, change and listen to. ---- */

  function makeEmitter() {
    const listeners = new Map();
    return {
      on(name, listener) {
        const known = listeners.get(name) || [];
        listeners.set(name, known.concat([listener]));
        return function off() {
          listeners.set(name, (listeners.get(name) || []).filter((other) => other !== listener));
        };
      },
      emit(name, ...values) {
        for (const listener of listeners.get(name) || []) {
          listener(...values);
        }
      },
    };
  }

  const defaults = {
    AUTO_SUBMIT_ERRORS: false,
    ADD_ERROR_HANDLING: false,
    ERROR_REPORT_TO_EMAIL: null,
    HIDE_SUBMIT_BUTTON: false,
  };

  // A page may have put its own values here before this script ran.
  const config = Object.assign(defaults, window._MEPHISTO_CONFIG_);
  window._MEPHISTO_CONFIG_ = config;

  config.EVENT_EMITTER = makeEmitter();

  config.get = function (name) {
    if (!Object.prototype.hasOwnProperty.call(config, name)) {
      throw new Error("There is no \"" + name + "\" in window._MEPHISTO_CONFIG_.");
    }
    return config[name];
  };

  config.set = function (name, value) {
    config[name] = value;
    config.EVENT_EMITTER.emit(name, value);
  };

  /* ---- A card over the page, readable by screen readers and on a phone. ---- */

  const STYLE = `
    .mephisto-card { box-sizing: border-box; width: min(28rem, calc(100vw - 2rem)); max-height: calc(100vh - 2rem); margin: auto;
      padding: 2rem 1.5rem; border: 0; border-radius: 1rem; overflow: auto; background: #fff; color: #1c2430;
      box-shadow: 0 1rem 3rem rgba(15, 23, 42, .3); font: 1rem/1.5 system-ui, sans-serif; text-align: center; }
    .mephisto-card::backdrop { background: rgba(15, 23, 42, .55); }
    .mephisto-card h2 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; color: inherit; }
    .mephisto-card p { margin: 0 0 1.5rem; color: #475569; overflow-wrap: anywhere; }
    .mephisto-card textarea { box-sizing: border-box; width: 100%; height: 8rem; margin: 0 0 1rem; padding: .5rem; font: .8rem/1.4 monospace; }
    .mephisto-card a, .mephisto-card button { box-sizing: border-box; display: block; width: 100%; min-height: 3rem; margin: .75rem 0 0;
      padding: .75rem 1rem; border: 1px solid transparent; border-radius: .6rem; font: inherit; font-weight: 600;
      text-align: center; text-decoration: none; cursor: pointer; }
    .mephisto-card a { background: #1d4ed8; color: #fff; }
    .mephisto-card a:hover { background: #1e40af; }
    .mephisto-card button { background: #fff; border-color: #94a3b8; color: #334155; }
    .mephisto-card a:focus-visible, .mephisto-card button:focus-visible { outline: 3px solid #f59e0b; outline-offset: 2px; }
    @media (prefers-color-scheme: dark) {
      .mephisto-card { background: #1e293b; color: #f1f5f9; }
      .mephisto-card p { color: #cbd5e1; }
      .mephisto-card button { background: transparent; border-color: #94a3b8; color: #f1f5f9; }
    }`;

  function element(name, text, properties) {
    const made = document.createElement(name);
    made.textContent = text;
    return Object.assign(made, properties);
  }

  /** Shows a card in place of one with the same id; `parts` stand between its text and its close button. */
  function showCard(id, title, text, parts, closeText) {
    const before = document.getElementById(id);
    if (before) {
      before.remove();
    }
    if (!document.getElementById("mephisto-card-style")) {
      document.head.append(element("style", STYLE, { id: "mephisto-card-style" }));
    }

    const card = element("dialog", "", { id: id, className: "mephisto-card" });
    card.setAttribute("aria-labelledby", id + "-title");
    card.setAttribute("aria-describedby", id + "-text");
    const close = element("button", closeText, { type: "button" });
    close.addEventListener("click", () => card.close());
    card.append(element("h2", title, { id: id + "-title" }), element("p", text, { id: id + "-text" }), ...parts, close);

    document.body.append(card);
    card.showModal();
  }

  /* ---- The end of a unit. ---- */

  /** This link with another visit id: the same one would bring the worker back to the unit that is done. */
  function nextUnitLink() {
    const random = crypto.getRandomValues(new Uint8Array(12));
    const next = new URL(window.location.href);
    next.searchParams.set(
      VISIT_PARAMETER,
      "v" + Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("")
    );
    next.hash = "";
    return next.href;
  }

  // Called when the work is stored, with it as an object, or as JSON text after files; it is not needed here.
  window.handleSubmitToProvider = function () {
    showCard(
      "mephisto-thanks",
      "Thank you!",
      "Your work is saved. You can go on with the next unit, or close this page.",
      [element("a", "Next unit", { id: "mephisto-next-unit", href: nextUnitLink() })],
      "Stay on this page"
    );
    return true;
  };

  /* ---- Errors of the page itself, if it asks for it. ---- */

  window.addEventListener("error", function (event) {
    const error = event.error;
    if (!config.ADD_ERROR_HANDLING || !error || error.hasBeenCaught) {
      return;
    }
    error.hasBeenCaught = true;
    showCard(
      "mephisto-error",
      "Something on this page failed",
      "Please copy the text below and send it to " + (config.ERROR_REPORT_TO_EMAIL || "whoever asked you to do this work") + ".",
      [element("textarea", "", { readOnly: true, ariaLabel: "What failed", value: error.message + "\n\n" + error.stack })],
      "Go on"
    );
  });
})();
