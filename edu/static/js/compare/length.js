// The length of a recording: files that a browser has recorded do not say it, and are looked through to their end.

const FAR_SECONDS = 1e9;
const PATIENCE_MS = 20_000; // a slow line, a busy machine

/**
 * Waits until a video knows how long it is, and stands at its beginning.
 * @param {HTMLVideoElement} video
 * @returns {Promise<number>}  seconds; Infinity where it cannot be found, rejects where the file cannot be read
 */
export async function lengthOf(video) {
  if (video.readyState < HTMLMediaElement.HAVE_METADATA) await event(video, 'loadedmetadata');
  if (Number.isFinite(video.duration)) return video.duration;
  video.currentTime = FAR_SECONDS;
  try {
    await event(video, 'durationchange', () => Number.isFinite(video.duration));
  } catch {
    return Infinity;
  }
  const { duration } = video;
  video.currentTime = 0;
  return duration;
}

/** @param {HTMLVideoElement} video @param {string} name @param {() => boolean} [is] @returns {Promise<void>} */
function event(video, name, is = () => true) {
  return new Promise((resolve, reject) => {
    const life = new AbortController();
    const end = (/** @type {() => void} */ how) => {
      clearTimeout(timer);
      life.abort();
      how();
    };
    const timer = setTimeout(() => end(() => reject(new Error(`no ${name}`))), PATIENCE_MS);
    video.addEventListener(name, () => { if (is()) end(resolve); }, { signal: life.signal });
    video.addEventListener('error', () => end(() => reject(new Error('not readable'))), { signal: life.signal });
  });
}
