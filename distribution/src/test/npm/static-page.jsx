import React from "react";
import { createRoot } from "react-dom/client";
import { useMephistoTask } from "mephisto-task";

function Page() {
  const { blockedReason, blockedExplanation, isPreview, isLoading, initialTaskData, providerWorkerId, handleSubmit } = useMephistoTask();
  if (blockedReason !== null) {
    return <p id="blocked">{blockedExplanation}</p>;
  }
  if (isPreview) {
    return <p id="preview">A preview.</p>;
  }
  if (isLoading) {
    return <p>Loading</p>;
  }
  return (
    <main>
      <h1>{initialTaskData.question}</h1>
      <button onClick={() => handleSubmit({ answer: "yes", by: providerWorkerId })}>Say yes</button>
    </main>
  );
}

createRoot(document.getElementById("app")).render(<Page />);
