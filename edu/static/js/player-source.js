// Where the pictures come from: the browser's own HLS, hls.js light when it has none, else the plain file.

const HLS_TYPE = 'application/vnd.apple.mpegurl';
const SCRIPT = '../vendor/hls/hls.light.min.mjs';

/**
 * @typedef {object} Abilities
 * @property {boolean} offered  the page names an HLS address
 * @property {boolean} native   the browser plays HLS itself
 * @property {boolean} mse      the browser lets a script feed the element
 */

/**
 * @param {Abilities} abilities
 * @returns {'native' | 'script' | 'file'}
 */
export function sourceKind({ offered, native, mse }) {
  if (!offered) return 'file';
  if (native) return 'native'; // the <source> elements of the page already say so
  return mse ? 'script' : 'file';
}

/**
 * @param {HTMLVideoElement} video
 * @param {string} url  '' = none
 */
export function kindFor(video, url) {
  return sourceKind({
    offered: url !== '',
    native: video.canPlayType(HLS_TYPE) !== '',
    mse: 'MediaSource' in globalThis || 'ManagedMediaSource' in globalThis,
  });
}

/**
 * Puts hls.js between the playlist and the element. On any fatal error, the missing script included, the element goes
 * back to the file it had, at the same time.
 * @param {HTMLVideoElement} video
 * @param {string} url
 */
export async function attachHls(video, url) {
  try {
    const { default: Hls } = await import(new URL(SCRIPT, import.meta.url).href);
    if (!Hls.isSupported()) return;
    const hls = new Hls({ startPosition: video.currentTime, capLevelToPlayerSize: true, maxBufferLength: 30 });
    hls.on(Hls.Events.ERROR, (/** @type {string} */ _, /** @type {{ fatal: boolean }} */ error) => {
      if (error.fatal) backToFile(video, hls);
    });
    hls.loadSource(url);
    hls.attachMedia(video);
    await new Promise((resolve) => {
      video.addEventListener('loadedmetadata', resolve, { once: true });
      setTimeout(resolve, 4000);
    });
  } catch {
    // the file of the page is still in place
  }
}

/** @param {HTMLVideoElement} video @param {{ destroy(): void }} hls */
function backToFile(video, hls) {
  const { currentTime, paused } = video;
  hls.destroy();
  video.removeAttribute('src');
  video.load();
  video.currentTime = currentTime;
  if (!paused) video.play().catch(() => undefined);
}
