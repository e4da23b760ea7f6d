// The times of the pictures as they are shown, exact where the browser tells them.

/** @typedef {{ time: number, exact: boolean, late: number }} Shown  seconds of the film; `late`: how long ago it was shown, in ms */

/**
 * Tells every picture that is shown, until it is told to stop. With requestVideoFrameCallback `time` is that of the
 * picture itself; without it the clock of the element, four times a second or so.
 * @param {HTMLVideoElement} video
 * @param {(shown: Shown) => void} tell
 * @returns {() => void} ends it
 */
export function watchFrames(video, tell) {
  if (!('requestVideoFrameCallback' in video)) {
    const heard = () => tell({ time: /** @type {HTMLVideoElement} */ (video).currentTime, exact: false, late: 0 });
    const names = ['timeupdate', 'seeked'];
    for (const name of names) /** @type {HTMLVideoElement} */ (video).addEventListener(name, heard);
    return () => { for (const name of names) /** @type {HTMLVideoElement} */ (video).removeEventListener(name, heard); };
  }
  /** @type {number} */ let handle;
  /** @type {VideoFrameRequestCallback} */
  const shown = (now, { mediaTime, presentationTime }) => {
    handle = video.requestVideoFrameCallback(shown);
    tell({ time: mediaTime, exact: true, late: Math.max(0, now - presentationTime) });
  };
  handle = video.requestVideoFrameCallback(shown);
  return () => video.cancelVideoFrameCallback(handle);
}
