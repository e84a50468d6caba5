/** Tries until it works, or until the server says that it never will. */

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/**
 * @param attempt what to do; rejects with a RequestError
 * @param banner where the worker sees how it goes
 * @param text the sentence that the worker reads while it does not work
 * @returns what the attempt resolved to, and whether it took more than one: {value, retried}
 */
export async function untilAnswered(attempt, banner, text) {
  for (let failures = 0; ; failures++) {
    try {
      return { value: await attempt(), retried: failures > 0 };
    } catch (error) {
      if (!error.isRetryable) {
        throw error;
      }
      console.warn(error.message);
      await pause(Math.max(delayMs(failures), error.retryAfterMs), banner, text);
      banner.trying(text);
    }
  }
}

/** Doubles up to the longest, less up to a fifth by chance, so that pages do not come back all at once. */
function delayMs(failures) {
  const whole = Math.min(FIRST_DELAY_MS * 2 ** Math.min(failures, 10), LONGEST_DELAY_MS);
  return whole * (0.8 + 0.2 * Math.random());
}

/** Ends early when the network is back or the worker asks for it. */
function pause(ms, banner, text) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
    banner.waiting(text, ms, done);
  });
}
