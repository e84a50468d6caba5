/**
 * The strip at the bottom of the page that says how saving goes. It stands in a shadow root, so page styles and its own never meet, and
 * draws nothing until there is something to say. Screen readers hear each change once; the count-down is for the eyes only.
 */

const SAVED_MS = 6_000;

const STYLE = `
  :host { all: initial; }
  .strip {
    position: fixed; z-index: 2147483000; left: 50%; bottom: 1rem; transform: translateX(-50%);
    display: none; box-sizing: border-box; align-items: center; gap: .5rem 1rem; flex-wrap: wrap;
    width: max-content; max-width: min(40rem, calc(100vw - 2rem)); padding: .75rem 1rem;
    border: 1px solid; border-left-width: 5px; border-radius: .5rem; box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
    font: 1rem/1.45 system-ui, sans-serif; color: #1c1c1c; background: #fff;
  }
  .strip[data-kind] { display: flex; }
  .strip[data-kind="waiting"] { border-color: #b45309; background: #fffaf0; }
  .strip[data-kind="saved"] { border-color: #15803d; background: #f3fbf5; }
  .strip[data-kind="refused"] { border-color: #b91c1c; background: #fff5f5; }
  .text { flex: 1 1 12rem; overflow-wrap: anywhere; }
  .count { font-variant-numeric: tabular-nums; white-space: nowrap; }
  button {
    font: inherit; padding: .35rem .8rem; min-height: 2.25rem; border: 1px solid #57534e; border-radius: .375rem;
    background: #fff; color: inherit; cursor: pointer;
  }
  button:hover { background: #f5f5f4; }
  button:focus-visible { outline: 3px solid #1d4ed8; outline-offset: 2px; }
  [hidden] { display: none; }
`;

export function createBanner() {
  let parts = null;
  let clearing = 0;
  let counting = 0;
  let isTaken = false;
  let standing = null;

  /** The live region must stand in the page before its text changes, or nobody hears it. */
  function mount() {
    if (parts) {
      return;
    }
    const host = document.createElement("div");
    host.id = "mephisto-task-status";
    const root = host.attachShadow({ mode: "open" });
    root.innerHTML = `<style>${STYLE}</style>
      <div class="strip"><span class="text" role="status" aria-live="polite"></span><span class="count" aria-hidden="true"></span>
      <button type="button" hidden></button></div>`;
    parts = {
      strip: root.querySelector(".strip"),
      text: root.querySelector(".text"),
      count: root.querySelector(".count"),
      button: root.querySelector("button"),
    };
    document.body.append(host);
  }

  function show(kind, text, button, onClick) {
    isTaken = true;
    draw(kind, text, button, onClick);
  }

  function draw(kind, text, button, onClick) {
    mount();
    clearTimeout(clearing);
    clearInterval(counting);
    parts.strip.dataset.kind = kind;
    if (parts.text.textContent !== text) {
      parts.text.textContent = text;
    }
    parts.count.textContent = "";
    parts.button.hidden = !button;
    parts.button.textContent = button ?? "";
    parts.button.onclick = onClick ?? null;
  }

  /** Takes the message away; what stands behind it comes back. */
  function clear() {
    isTaken = false;
    drawStanding();
  }

  /**
   * A sentence that stands until it is taken away with null, behind any other message.
   *
   * @param kind "waiting" while the page keeps trying, "refused" for what the worker may close
   */
  function stand(text, kind) {
    standing = text === null ? null : { text, kind };
    if (!isTaken) {
      drawStanding();
    }
  }

  function drawStanding() {
    if (standing?.kind === "waiting") {
      draw("waiting", standing.text);
      parts.count.textContent = "Trying again…";
    } else if (standing) {
      draw("refused", standing.text, "Close", () => stand(null));
    } else {
      hide();
    }
  }

  function hide() {
    if (parts) {
      clearTimeout(clearing);
      clearInterval(counting);
      delete parts.strip.dataset.kind;
      parts.text.textContent = "";
      parts.count.textContent = "";
    }
  }

  /** Counts down to the next try; the button makes it now. */
  function waiting(text, delayMs, tryNow) {
    const until = Date.now() + delayMs;
    show("waiting", text, "Try now", tryNow);
    const tick = () => {
      const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      parts.count.textContent = seconds > 0 ? `Trying again in ${seconds} s` : "Trying again…";
    };
    tick();
    counting = setInterval(tick, 250);
  }

  function trying(text) {
    show("waiting", text);
    parts.count.textContent = "Trying again…";
  }

  function saved(text) {
    show("saved", text);
    clearing = setTimeout(clear, SAVED_MS);
  }

  function refused(text) {
    show("refused", text, "Close", clear);
  }

  return { mount, waiting, trying, saved, refused, stand, clear };
}
