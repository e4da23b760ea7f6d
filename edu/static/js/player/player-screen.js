// Full screen and picture in picture, with the differences between browsers.

/** @typedef {HTMLVideoElement & { webkitEnterFullscreen?: () => void }} PhoneVideo */

/** Milliseconds without a move of the pointer after which the controls step aside in full screen. */
const IDLE_MS = 3000;

/** @param {HTMLVideoElement} video */
export function canPicture(video) {
  return document.pictureInPictureEnabled === true && !video.disablePictureInPicture;
}

/** @param {HTMLElement} host @param {HTMLVideoElement} video */
export function canFullscreen(host, video) {
  return 'requestFullscreen' in host || 'webkitEnterFullscreen' in video;
}

/** @param {HTMLVideoElement} video */
export async function togglePicture(video) {
  try {
    if (document.pictureInPictureElement === video) await document.exitPictureInPicture();
    else await video.requestPictureInPicture();
  } catch {
    // refused by the system: the video stays where it is
  }
}

/**
 * The whole player fills the screen; an iPhone can only do that with the bare video.
 * @param {HTMLElement} host
 * @param {PhoneVideo} video
 */
export async function toggleFullscreen(host, video) {
  try {
    if (document.fullscreenElement === host) await document.exitFullscreen();
    else if ('requestFullscreen' in host) await host.requestFullscreen();
    else video.webkitEnterFullscreen?.();
  } catch {
    // refused: nothing changes
  }
}

/** Marks the player `idle` when the pointer rests. @param {HTMLElement} host @param {AbortSignal} signal */
export function watchIdle(host, signal) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const moved = () => {
    host.removeAttribute('idle');
    clearTimeout(timer);
    timer = setTimeout(() => host.setAttribute('idle', ''), IDLE_MS);
  };
  for (const name of ['pointermove', 'pointerdown', 'keydown', 'focusin']) {
    host.addEventListener(name, moved, { signal });
  }
}

/**
 * Marks the player `stuck` while its steps and words pass under the top of the window, where the style sheet of a phone
 * keeps its picture.
 * @param {HTMLElement} host @param {AbortSignal} signal
 */
export function watchStuck(host, signal) {
  const around = host.closest('.lesson-watch');
  if (!around) return;
  const watch = new IntersectionObserver(([seen]) => host.toggleAttribute('stuck', seen?.isIntersecting), {
    rootMargin: '0px 0px -100% 0px', // nothing but the line at the top of the window
  });
  watch.observe(around);
  signal.addEventListener('abort', () => watch.disconnect());
}
