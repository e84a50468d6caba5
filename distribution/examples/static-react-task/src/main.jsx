import React from "react";
import { createRoot } from "react-dom/client";
import { ErrorBoundary, useMephistoTask } from "mephisto-task";
import { CaptionChoice } from "./CaptionChoice.jsx";
import { Styles } from "./Styles.jsx";

function Page() {
  const task = useMephistoTask();
  if (task.blockedReason !== null) {
    return <Notice title="You cannot work on this task now">{task.blockedExplanation}</Notice>;
  }
  if (task.isPreview) {
    return (
      <Notice title="Choose the better of two captions">
        You see one picture and two captions, choose the one that describes it better, and say why in a few words. Accept the task to begin.
      </Notice>
    );
  }
  if (task.submission === "saved") {
    return <Notice title="Thank you">Your answer is saved.</Notice>;
  }
  if (task.isLoading) {
    return <Notice>Loading…</Notice>;
  }
  return <CaptionChoice data={task.initialTaskData} sending={task.submission === "sending"} onSubmit={task.handleSubmit} />;
}

function Notice({ title, children }) {
  return (
    <main className="notice">
      {title && <h1>{title}</h1>}
      <p>{children}</p>
    </main>
  );
}

createRoot(document.getElementById("app")).render(
  <ErrorBoundary>
    <Styles />
    <Page />
  </ErrorBoundary>,
);
