// The page's own script. It asks the function "readability" how easy the worker's version is to read, as often as they like.
const live = mephistoTask.pageLiveTask();
const readability = mephistoTask.createRemoteProcedures(live).remoteProcedure("readability");
const part = (id) => document.getElementById(id);
const form = part("work");
let sentence = null;
let last = null;

live.subscribe((state) => {
  if (state.blockedReason) {
    say(state.blockedExplanation);
  } else if (state.submission === "saved") {
    say("Thank you, your version is saved.");
  } else if (state.isPreview) {
    say("You will rewrite one sentence in plain words, with help. Accept the task to begin.");
  } else if (state.initialTaskData && sentence === null) {
    say("");
    begin(state.initialTaskData);
  }
  form.hidden = sentence === null || Boolean(state.blockedReason) || state.submission === "saved";
  part("submit").disabled = state.submission === "sending";
});

function say(text) {
  part("notice").textContent = text;
  part("notice").hidden = text === "";
}

function begin({ task_data, previous_requests }) {
  sentence = task_data;
  part("text").textContent = sentence.text;
  // After a reload the last version that was checked is still there, with its result.
  const requests = previous_requests ?? [];
  const call = requests.filter((entry) => entry.target === "readability").at(-1);
  if (call) {
    part("rewrite").value = JSON.parse(call.args_json).text;
    const answer = requests.find((entry) => entry.target === call.uuid);
    const result = answer ? JSON.parse(answer.response_json) : null;
    if (result && !result.error) {
      show(result);
    }
  }
}

async function check() {
  const text = part("rewrite").value;
  part("check").disabled = true;
  try {
    show(await readability({ text }));
  } catch (error) {
    tell("It could not be checked: " + error.message);
  }
  part("check").disabled = false;
}

function tell(text, hints = "") {
  part("result").hidden = false;
  part("meter").hidden = true;
  part("score").textContent = text;
  part("hints").textContent = hints;
}

function show(result) {
  last = result;
  const hints = [];
  if (result.hardWords.length > 0) {
    hints.push("Long words: " + result.hardWords.join(", ") + ".");
  }
  if (result.longSentences.length > 0) {
    hints.push("Long sentences: " + result.longSentences.length + ". Try to make two of each.");
  }
  const verdict = result.ease >= 60 ? "Easy to read" : result.ease >= 40 ? "Fairly hard to read" : "Hard to read";
  tell(verdict + ": " + result.ease + " of 100.", hints.join(" "));
  part("meter").hidden = false;
  part("meter").value = result.ease;
}

part("check").addEventListener("click", check);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  live.submit({ id: sentence.id, rewrite: part("rewrite").value, ease: last?.ease ?? null }).catch(() => {
    // The library has told the worker why; the form stays for another try.
  });
});

live.start();
