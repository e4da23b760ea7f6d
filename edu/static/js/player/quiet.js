// When the page has come and nothing presses: for what nobody misses in its first moment, so that a film may begin at once.

/** A page whose last part hangs is quiet, too. */
const LATEST_MS = 1000;

/** @returns {Promise<unknown>} */
export function quiet() {
  return new Promise((resolve) => {
    // Safari knows no idle time
    const rest = () => ('requestIdleCallback' in globalThis ? requestIdleCallback(resolve, { timeout: LATEST_MS }) : setTimeout(resolve, 100));
    if (document.readyState === 'complete') rest();
    else {
      addEventListener('load', rest, { once: true });
      setTimeout(resolve, LATEST_MS);
    }
  });
}
