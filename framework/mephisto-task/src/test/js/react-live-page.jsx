import React from "react";
import { createRoot } from "react-dom/client";
import {
  AGENT_STATUS,
  CONNECTION_STATUS,
  STATUS_TO_TEXT_MAP,
  useMephistoLiveTask,
  useMephistoRemoteProcedureTask,
  useMephistoSocket,
  useMephistoTask,
} from "mephisto-task";

/** A conversation, written as for the original client. */
function Chat() {
  const [messages, setMessages] = React.useState([]);
  const add = (text) => setMessages((before) => [...before, text]);
  const task = useMephistoLiveTask({
    onConnectionStatusChange: (status) => (window.connections = [...(window.connections ?? []), status]),
    onStatusUpdate: ({ status }) => (window.statuses = [...(window.statuses ?? []), status]),
    onLiveUpdate: (update) => add(`${update.text} to ${task.agentId}`),
    customConnectionHook: window.customConnectionHook,
  });
  window.task = task;
  const { agentId, connect } = task;
  React.useEffect(() => {
    if (agentId) connect(agentId);
  }, [agentId]);
  if (task.blockedReason !== null) return <h1>{task.blockedReason}</h1>;
  if (task.isLoading) return <h1>Loading</h1>;
  const ended = task.agentStatus === AGENT_STATUS.EXPIRED;
  return (
    <main>
      <h1>{task.connectionStatus === CONNECTION_STATUS.CONNECTED ? "Connected" : "Away"}</h1>
      <p id="status">{ended ? STATUS_TO_TEXT_MAP[task.agentStatus] : task.agentStatus}</p>
      <ul>
        {messages.map((text, i) => (
          <li key={i}>{text}</li>
        ))}
      </ul>
      <button onClick={() => task.sendLiveUpdate({ text: "hello" }).then((sent) => add(`sent ${sent.text} ${typeof sent.update_id}`))}>Send</button>
      <button onClick={() => task.sendData({ text: "data" })}>Send data</button>
    </main>
  );
}

/** A page that asks a function, as in the original's example. */
function Remote() {
  const task = useMephistoRemoteProcedureTask({ customConnectionHook: window.customConnectionHook });
  window.task = task;
  const [result, setResult] = React.useState("");
  const show = (promise) => promise.then((value) => setResult(`answer ${value.label}`)).catch((error) => setResult(`failed ${error.code}: ${error.reason}`));
  if (task.isLoading) return <h1>Loading</h1>;
  const classify = task.remoteProcedure("classify");
  return (
    <main>
      <h1>{task.agentId}</h1>
      <p id="result">{result}</p>
      <p id="issue">{task.disconnectIssueText === undefined ? "fine" : task.disconnectIssueText}</p>
      <p id="props">{Object.keys(task._fullSocketProps).sort().join()}</p>
      <button onClick={() => show(classify({ text: "a" }))}>Classify</button>
      <button onClick={() => show(classify.invoke({ text: "b" }))}>Invoke</button>
      <button onClick={() => show(task.makeRemoteCall("classify", { text: "c" }))}>Call</button>
    </main>
  );
}

/** A page that brings its own connection. */
function Socket() {
  const { agentId } = useMephistoTask();
  const [log, setLog] = React.useState([]);
  const add = (line) => setLog((before) => [...before, line]);
  const socket = useMephistoSocket({
    onConnectionStatusChange: (status) => add(status),
    onStatusUpdate: ({ status }) => add(status),
    onLiveUpdate: (update) => add(update.text),
  });
  React.useEffect(() => {
    if (agentId) socket.connect(agentId);
  }, [agentId]);
  return (
    <main>
      <h1>{log.join()}</h1>
      <button onClick={() => socket.sendLiveUpdate({ text: "own" })}>Send</button>
      <button onClick={socket.destroy}>Destroy</button>
    </main>
  );
}

const pages = { chat: Chat, remote: Remote, socket: Socket };
const Page = pages[window.localStorage.getItem("page")] ?? Chat;
createRoot(document.getElementById("app")).render(
  <React.StrictMode>
    <Page />
  </React.StrictMode>,
);
