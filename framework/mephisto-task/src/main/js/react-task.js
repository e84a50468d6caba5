/** The hook of static tasks, and what stands around it. */
import React from "react";
import { pageTask } from "./task.js";

/** For pages that hand the task's props down without passing them. */
export const MephistoContext = React.createContext({});

/** The visit's state and what can be done with it; see the core's createTask. Components that call it share one visit. */
export function useMephistoTask() {
  const task = pageTask();
  const [state, setState] = React.useState(task.getState());
  React.useEffect(() => {
    const unsubscribe = task.subscribe(setState);
    setState(task.getState());
    task.start();
    return () => {
      unsubscribe();
    };
  }, [task]);
  const handleSubmit = React.useCallback((data) => quietly(task.submit(data)), [task]);
  return {
    ...state,
    isLoading: !state.loaded,
    handleSubmit,
    handleMetadataSubmit: task.submitMetadata,
    handleFatalError: task.reportError,
  };
}

/** Pages call handleSubmit and forget it; the worker has already been told of a refusal. */
function quietly(promise) {
  promise.catch((error) => console.error(error.message));
  return promise;
}

/** Shows a plain notice instead of a broken page and gives the error to `handleError`. */
export class ErrorBoundary extends React.Component {
  constructor(props) {
    super(props);
    this.state = { error: null };
  }

  static getDerivedStateFromError(error) {
    return { error };
  }

  componentDidCatch(error, errorInfo) {
    this.props.handleError?.({ error: error.message, errorInfo });
  }

  render() {
    if (this.state.error === null) {
      return this.props.children;
    }
    return React.createElement(
      "div",
      { role: "alert" },
      React.createElement("h2", null, "This page has stopped working"),
      React.createElement("p", null, "Please reload it. What you have already submitted is safe."),
      React.createElement("details", null, React.createElement("summary", null, "Details"), String(this.state.error)),
    );
  }
}
