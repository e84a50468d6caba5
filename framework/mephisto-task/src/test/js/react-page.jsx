import React from "react";
import { createRoot } from "react-dom/client";
import { ErrorBoundary, useMephistoTask } from "mephisto-task";

/** The smallest page that uses every prop a static task needs. */
function Page() {
  const task = useMephistoTask();
  const [answer, setAnswer] = React.useState("");
  if (task.blockedReason !== null) return <h1>{task.blockedExplanation}</h1>;
  if (task.isPreview) return <h1>Preview</h1>;
  if (task.isLoading) return <h1>Loading</h1>;
  const name = task.isOnboarding ? "Onboarding" : "Task";
  const submitWithFile = () => {
    const form = new FormData();
    form.append("answer", answer);
    form.append("proof", new File(["evidence"], "proof.txt", { type: "text/plain" }));
    task.handleSubmit(form);
  };
  return (
    <main>
      <h1>{name}</h1>
      <p id="data">{JSON.stringify(task.initialTaskData)}</p>
      <label>
        Answer <input value={answer} onChange={(event) => setAnswer(event.target.value)} />
      </label>
      <button onClick={() => task.handleSubmit({ answer })}>Submit</button>
      <button onClick={submitWithFile}>Submit with file</button>
      <button onClick={() => task.handleMetadataSubmit({ type: "tips", header: "Hint", text: answer })}>Send tip</button>
      <button onClick={() => task.handleFatalError({ error: "broken" })}>Report</button>
    </main>
  );
}

function Broken() {
  throw new Error("fell over");
}

const broken = new URLSearchParams(window.location.search).has("broken");
createRoot(document.getElementById("app")).render(
  <ErrorBoundary handleError={(error) => (window.handledError = error.error)}>{broken ? <Broken /> : <Page />}</ErrorBoundary>,
);
