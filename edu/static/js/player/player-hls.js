// hls.js between a playlist and the element. Loaded, with hls.js light, on the first play in a browser without HLS.

const { default: Hls } = await import(new URL('../../vendor/hls/hls.light.min.mjs', import.meta.url).href);

/**
 * Null where hls.js cannot work.
 * @param {HTMLVideoElement} video
 * @param {string} url
 * @param {number} startPosition  seconds
 * @param {() => void} failed     is called when hls.js has given up
 * @returns {{ destroy(): void } | null}
 */
export function attach(video, url, startPosition, failed) {
  if (!Hls.isSupported()) return null;
  const hls = new Hls({ startPosition, capLevelToPlayerSize: true, maxBufferLength: 30 });
  hls.on(Hls.Events.ERROR, (/** @type {string} */ _, /** @type {{ fatal: boolean }} */ { fatal }) => {
    if (fatal) failed();
  });
  hls.loadSource(url);
  hls.attachMedia(video);
  return hls;
}
