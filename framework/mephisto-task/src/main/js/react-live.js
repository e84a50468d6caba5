/** The hooks of live tasks. They take and give what those of the original client do; what is more here is said. */

import React from "react";
import { blockedWithoutSockets } from "./browser.js";
import { pageLiveTask } from "./live.js";
import { createLiveSocket } from "./live-socket.js";
import { AGENT_STATUS, STATUS_TO_TEXT_MAP, isEnded } from "./live-status.js";
import { useMephistoTask } from "./react-task.js";
import { createCalls, procedures } from "./remote.js";
import { pageTask } from "./task.js";

/**
 * The visit to a live task: all that useMephistoTask gives, and connect, destroy, sendLiveUpdate (also named sendData), connectionStatus
 * and agentStatus. The connection opens by itself; connect(agentId) is harmless. Whatever else a customConnectionHook returns is given, too.
 *
 * @param props {onConnectionStatusChange(status), onStatusUpdate({status}), onLiveUpdate(update), config, customConnectionHook}; the
 *     latest functions are called. Updates from before (initialTaskData.past_live_updates) come first.
 */
export function useMephistoLiveTask(props = {}) {
  const taskProps = useMephistoTask();
  const [connectionStatus, setConnectionStatus] = React.useState("");
  const [agentStatus, setAgentStatus] = React.useState(null);
  const latest = useLatest(props);
  const showUpdate = React.useCallback((update) => latest.current.onLiveUpdate?.(update), [latest]);
  const onLiveUpdate = useAfterPast(taskProps, showUpdate);
  const useConnection = props.customConnectionHook ?? usePageConnection;
  const socketProps = useConnection({
    config: props.config,
    onConnectionStatusChange(status) {
      setConnectionStatus(status);
      latest.current.onConnectionStatusChange?.(status);
    },
    onStatusUpdate({ status }) {
      setAgentStatus(status);
      latest.current.onStatusUpdate?.({ status });
    },
    onLiveUpdate,
  });
  return {
    ...taskProps,
    ...blockedWithoutSockets(),
    sendData: socketProps?.sendLiveUpdate,
    ...socketProps,
    connectionStatus,
    agentStatus,
  };
}

/** Gives the page its past updates once the task has loaded, and holds back new ones until then. */
function useAfterPast({ initialTaskData }, show) {
  const past = React.useRef({ shown: undefined, held: [] });
  React.useEffect(() => {
    if (past.current.shown === initialTaskData) {
      return;
    }
    const { held } = past.current;
    past.current = { shown: initialTaskData, held: [] };
    const updates = initialTaskData?.past_live_updates;
    [...(Array.isArray(updates) ? updates : []), ...held].forEach(show);
  }, [initialTaskData, show]);
  return React.useCallback(
    (update) => {
      if (past.current.shown === pageTask().getState().initialTaskData) {
        show(update);
      } else {
        past.current.held.push(update);
      }
    },
    [show],
  );
}

/** The page's one connection, however many components use it. */
function usePageConnection(callbacks) {
  const live = pageLiveTask(callbacks.config);
  const latest = useLatest(callbacks);
  React.useEffect(() => {
    const { connectionStatus, agentStatus } = live.getState();
    if (connectionStatus !== "") {
      latest.current.onConnectionStatusChange(connectionStatus);
    }
    if (agentStatus !== null) {
      latest.current.onStatusUpdate({ status: agentStatus });
    }
    const ends = [
      live.onConnectionStatusChange((status) => latest.current.onConnectionStatusChange(status)),
      live.onStatusUpdate((update) => latest.current.onStatusUpdate(update)),
      live.onLiveUpdate((update) => latest.current.onLiveUpdate(update)),
    ];
    return () => ends.forEach((end) => end());
  }, [live, latest]);
  const { connect, destroy, sendLiveUpdate } = live;
  return { connect, destroy, sendLiveUpdate };
}

/**
 * A connection of the component's own, for pages that bring their own task: {connect(agentId), destroy, sendLiveUpdate}. It opens with
 * connect and stays until destroy.
 */
export function useMephistoSocket(callbacks) {
  const latest = useLatest(callbacks);
  const socket = React.useRef(null);
  socket.current ??= createLiveSocket(
    {
      onConnectionStatusChange: (status) => latest.current.onConnectionStatusChange?.(status),
      onStatusUpdate: (update) => latest.current.onStatusUpdate?.(update),
      onLiveUpdate: (update) => latest.current.onLiveUpdate?.(update),
    },
    callbacks.config,
  );
  return React.useMemo(() => {
    const { connect, destroy, sendLiveUpdate } = socket.current;
    return { connect: (agentId) => connect(agentId), destroy, sendLiveUpdate };
  }, []);
}

/**
 * A task whose page calls functions on the server: all that useMephistoLiveTask gives but the connection (which is in _fullSocketProps),
 * and remoteProcedure(name) -> (args) -> Promise, makeRemoteCall(name, args) -> Promise, disconnectIssueText (undefined until the work is
 * over before it is done). A call that fails on the server rejects with its error, which the original client never does.
 */
export function useMephistoRemoteProcedureTask(props = {}) {
  const [disconnectIssueText, setDisconnectIssueText] = React.useState();
  const calls = React.useRef(null);
  calls.current ??= createCalls(() => pageTask().getState().agentId);
  const { connect, destroy, sendLiveUpdate, sendData, ...liveProps } = useMephistoLiveTask({
    ...props,
    onStatusUpdate({ status }) {
      if (isEnded(status) && status !== AGENT_STATUS.PARTNER_DISCONNECT) {
        setDisconnectIssueText(STATUS_TO_TEXT_MAP[status]);
      }
      props.onStatusUpdate?.({ status });
    },
    onLiveUpdate(update) {
      calls.current.answered(update);
      props.onLiveUpdate?.(update);
    },
  });
  const { agentId, agentStatus, connectionStatus } = liveProps;
  const open = useLatest(connect);
  React.useEffect(() => {
    // A connection of the page's own waits for this; the library's is open by then.
    if (agentId !== null) {
      open.current(agentId);
    }
  }, [agentId, open]);
  React.useEffect(() => calls.current.follow({ agentStatus, connectionStatus }), [agentId, agentStatus, connectionStatus]);
  const send = useLatest(sendLiveUpdate);
  const makeRemoteCall = React.useCallback(
    (target, args) => calls.current.call((update) => send.current(update), target, args),
    [send],
  );
  const remoteProcedure = React.useMemo(() => procedures(makeRemoteCall), [makeRemoteCall]);
  return { ...liveProps, remoteProcedure, makeRemoteCall, disconnectIssueText, _fullSocketProps: { connect, destroy, sendLiveUpdate } };
}

/** A ref that holds the value of the latest render. */
function useLatest(value) {
  const latest = React.useRef(value);
  latest.current = value;
  return latest;
}
