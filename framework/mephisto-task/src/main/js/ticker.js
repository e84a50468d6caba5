/** A clock that goes on ticking in a hidden tab, where browsers let a page's own timers run once a minute. */

const TICK_MS = 250;
const WORKER = `setInterval(() => postMessage(0), ${TICK_MS})`;

/** Calls back four times a second, until the returned function is called. */
export function startTicker(tick) {
  let worker = null;
  let url = null;
  let timer = 0;
  const usePageTimer = () => {
    timer ||= setInterval(tick, TICK_MS);
  };
  try {
    url = URL.createObjectURL(new Blob([WORKER], { type: "text/javascript" }));
    worker = new Worker(url);
    worker.onmessage = tick;
    // A page's security policy may forbid workers; it says so here, or by throwing.
    worker.onerror = usePageTimer;
  } catch {
    usePageTimer();
  }
  return () => {
    worker?.terminate();
    clearInterval(timer);
    URL.revokeObjectURL(url);
  };
}
