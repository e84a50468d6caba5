import React from "react";
import { createRoot } from "react-dom/client";
import { useMephistoLiveTask } from "mephisto-task";

function Page() {
  const [updates, setUpdates] = React.useState([]);
  const [draft, setDraft] = React.useState("");
  const { agentId, agentStatus, connect, connectionStatus, destroy, handleSubmit, isLoading, isPreview, sendLiveUpdate } = useMephistoLiveTask({
    onLiveUpdate: (update) => setUpdates((before) => [...before, update]),
  });
  React.useEffect(() => {
    if (agentId) {
      connect(agentId);
    }
  }, [agentId]);
  if (isPreview) {
    return <p id="preview">A preview.</p>;
  }
  if (isLoading) {
    return <p>Loading</p>;
  }
  const submit = () => {
    destroy();
    handleSubmit({ seen: updates.filter(({ text }) => text !== undefined).length });
  };
  return (
    <main>
      <p id="connection">{connectionStatus}</p>
      <p id="status">{agentStatus}</p>
      <ol>
        {updates
          .filter(({ text }) => text !== undefined)
          .map(({ id, text, update_id }) => (
            <li key={update_id}>{`${id}: ${text}`}</li>
          ))}
      </ol>
      <input aria-label="Message" value={draft} onChange={(event) => setDraft(event.target.value)} />
      <button onClick={() => sendLiveUpdate({ text: draft }).then(() => setDraft(""))}>Send</button>
      <button onClick={submit}>Submit</button>
    </main>
  );
}

createRoot(document.getElementById("app")).render(<Page />);
