// What goes wrong with a film, said in one line in the player; the rest goes on. Comes right behind the player.

import { part, words } from '../wording.js';

/** @typedef {import('./edu-player.js').EduPlayer} EduPlayer */

/** By then a browser has chosen its source; before, it says that it has none. */
const SOURCE_MS = 1000;
/** After so long without a picture we say so: a browser may wait for ever for a part that does not come. */
const STALL_MS = 8000;

/**
 * Looks after a player until the signal.
 * @param {EduPlayer} player
 * @param {HTMLVideoElement} video
 * @param {AbortSignal} signal
 */
export function watchTrouble(player, video, signal) {
  const giveUp = (/** @type {string} */ why) => {
    player.notice(words(player, why), true);
    part(player, 'notice')?.append(' ', againButton(words(player, 'again'))); // the next notice takes it away
  };
  const failed = (/** @type {EventTarget | null} */ target) => {
    const isLast = target === video || target === [...video.querySelectorAll('source')].at(-1);
    // what hls.js feeds, it looks after itself
    if (isLast && !video.currentSrc.startsWith('blob:') && !player.source?.recover()) giveUp('failed');
  };
  video.addEventListener('error', ({ target }) => failed(target), { capture: true, signal });
  watchTracks(player, video, signal);
  watchStalls(player, () => giveUp('stalled'));
  if (video.error) failed(video);
  // what failed before we were here has said so to nobody
  setTimeout(() => {
    if (video.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) giveUp('failed');
  }, SOURCE_MS);
  if (!video.poster) return;
  const picture = new Image(); // the element tells nobody that it has not got its still picture
  picture.onerror = () => player.notice(words(player, 'poster-failed'));
  picture.src = video.poster;
}

/** @param {EduPlayer} player @param {HTMLVideoElement} video @param {AbortSignal} signal */
function watchTracks(player, video, signal) {
  const tell = () => player.notice(words(player, 'track-failed'));
  for (const track of video.querySelectorAll('track')) {
    track.addEventListener('error', tell, { signal });
    if (track.readyState === HTMLTrackElement.ERROR) tell();
  }
}

/** @param {EduPlayer} player @param {() => void} stalled */
function watchStalls({ store }, stalled) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
  store?.addEventListener('change', () => {
    if (store.waiting && store.playing) timer ??= setTimeout(stalled, STALL_MS);
    else {
      clearTimeout(timer);
      timer = undefined;
    }
  });
}

/** @param {string} label */
function againButton(label) {
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', className: 'player-wide', textContent: label });
  button.dataset.action = 'again';
  return button;
}
