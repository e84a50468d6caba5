import React from "react";
import { createRoot } from "react-dom/client";
import { ChatApp, ChatMessage, DefaultTaskDescription } from "bootstrap-chat";

/** A name that the server has not given yet breaks this, as it does on pages in use. */
function Message({ message, mephistoContext, appContext }) {
  const { currentAgentNames } = appContext.taskContext;
  const isSelf = message.id === mephistoContext.agentId || message.id in currentAgentNames;
  return <ChatMessage isSelf={isSelf} agentName={isSelf ? currentAgentNames[message.id] : message.id} message={message.text} />;
}

createRoot(document.getElementById("app")).render(
  <ChatApp
    renderMessage={({ message, idx, mephistoContext, appContext }) => (
      <Message key={`${message.update_id}-${idx}`} message={message} mephistoContext={mephistoContext} appContext={appContext} />
    )}
    renderSidePane={({ mephistoContext: { taskConfig } }) => (
      <DefaultTaskDescription chatTitle={taskConfig.chat_title} taskDescriptionHtml={taskConfig.task_description} />
    )}
  />,
);
