// Full screen and picture in picture, with the differences between browsers.

/** @typedef {HTMLVideoElement & { webkitEnterFullscreen?: () => void }} PhoneVideo */

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
