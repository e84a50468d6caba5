import React from "react";
import { createRoot } from "react-dom/client";
import { useMephistoRemoteProcedureTask, useMephistoSocket } from "mephisto-task";

/** The client's own socket, whose heartbeats may be told to come more often than every six seconds. */
function useSocket(props) {
  const heartbeatTime = localStorage.getItem("heartbeatTime");
  return useMephistoSocket({ ...props, config: heartbeatTime === null ? {} : { heartbeatTime: Number(heartbeatTime) } });
}

function Page() {
  const [answers, setAnswers] = React.useState([]);
  const task = useMephistoRemoteProcedureTask({ customConnectionHook: useSocket });
  const { connectionStatus, disconnectIssueText, handleSubmit, initialTaskData, isLoading, isPreview, remoteProcedure } = task;
  if (isPreview) {
    return <p id="preview">A preview.</p>;
  }
  if (isLoading || initialTaskData === null) {
    return <p>Loading</p>;
  }
  const show = (text) => setAnswers((before) => [...before, text]);
  const call = (name, args) => remoteProcedure(name)(args).then((answer) => show(answer.error ? `${name} failed: ${answer.error.code}` : `${name}: ${answer.label}`));
  const earlier = initialTaskData.previous_requests.filter(({ response_json }) => response_json !== null && response_json !== undefined);
  return (
    <main>
      <h1>{initialTaskData.task_data.text}</h1>
      <p id="connection">{connectionStatus}</p>
      <p id="issue">{disconnectIssueText}</p>
      <p id="earlier">{earlier.map(({ response_json }) => JSON.parse(response_json).label).join()}</p>
      <ul>
        {answers.map((text, index) => (
          <li key={index}>{text}</li>
        ))}
      </ul>
      <button onClick={() => call("classify", initialTaskData.task_data)}>Classify</button>
      <button onClick={() => call("broken", {})}>Call what fails</button>
      <button onClick={() => call("unknown", {})}>Call what is not there</button>
      <button onClick={() => handleSubmit({ answers })}>Submit</button>
    </main>
  );
}

createRoot(document.getElementById("app")).render(<Page />);
