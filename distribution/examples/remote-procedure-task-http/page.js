// The page's own script. It asks the function "classify" for a suggestion; the worker accepts or corrects it.
const LABELS = { delivery: "Delivery", payment: "Payment", account: "Account", product: "The product" };

const live = mephistoTask.pageLiveTask();
const classify = mephistoTask.createRemoteProcedures(live).remoteProcedure("classify");
const part = (id) => document.getElementById(id);
const form = part("work");
let message = null;
let suggested = null;
let chosen = false;

live.subscribe((state) => {
  if (state.blockedReason) {
    say(state.blockedExplanation);
  } else if (state.submission === "saved") {
    say("Thank you, your answer is saved.");
  } else if (state.isPreview) {
    say("You will read a short message and say what it is about. Accept the task to begin.");
  } else if (state.initialTaskData && message === null) {
    say("");
    begin(state.initialTaskData);
  }
  form.hidden = message === null || Boolean(state.blockedReason) || state.submission === "saved";
  part("submit").disabled = state.submission === "sending";
});

function say(text) {
  part("notice").textContent = text;
  part("notice").hidden = text === "";
}

function begin({ task_data, previous_requests }) {
  message = task_data;
  part("text").textContent = message.text;
  part("choices").replaceChildren(...Object.entries(LABELS).map(choice));
  // After a reload the model's last answer is already here.
  const answers = (previous_requests ?? []).filter((entry) => entry.response_json).map((entry) => JSON.parse(entry.response_json));
  const last = answers.filter((answer) => answer?.label).at(-1);
  if (last) {
    suggest(last);
  } else {
    ask();
  }
}

function choice([value, name]) {
  const input = Object.assign(document.createElement("input"), { type: "radio", name: "label", value, required: true });
  const label = Object.assign(document.createElement("label"), { className: "choice" });
  const tag = Object.assign(document.createElement("span"), { className: "tag", textContent: "suggested", hidden: true });
  label.append(input, " ", name, tag);
  return label;
}

async function ask() {
  part("suggestion").textContent = "The model is reading ...";
  part("ask").hidden = true;
  try {
    suggest(await classify({ text: message.text }));
  } catch (error) {
    part("suggestion").textContent = "There is no suggestion this time: " + error.message + " Please choose yourself.";
    part("ask").hidden = false;
  }
}

function suggest(answer) {
  suggested = answer;
  part("suggestion").textContent =
    "The model says " + LABELS[answer.label] + " (" + Math.round(answer.confidence * 100) + " % sure). Accept it or choose another.";
  part("ask").hidden = true;
  const input = form.querySelector('input[value="' + answer.label + '"]');
  input.parentElement.querySelector(".tag").hidden = false;
  input.checked = input.checked || !chosen;
  underline(answer.reasons ?? []);
}

/** Marks the words that decided it. */
function underline(words) {
  const pieces = message.text.split(/([A-Za-z-]+)/).map((piece) => {
    if (!words.includes(piece.toLowerCase())) {
      return piece;
    }
    return Object.assign(document.createElement("mark"), { textContent: piece });
  });
  part("text").replaceChildren(...pieces);
}

part("ask").addEventListener("click", ask);
form.addEventListener("change", () => (chosen = true));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const label = new FormData(form).get("label");
  live.submit({ id: message.id, label, suggested: suggested?.label ?? null, accepted: suggested?.label === label }).catch(() => {
    // The library has told the worker why; the form stays for another try.
  });
});

live.start();
