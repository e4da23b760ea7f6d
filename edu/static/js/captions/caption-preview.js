// The captions as they are being written, in the real player: a text track of ours takes the place of the one that is served.

/** @typedef {import('./caption-store.js').Cue} Cue */
/** @typedef {import('./caption-store.js').CaptionStore} CaptionStore */
/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */

const SHOWN = ['captions', 'subtitles'];

/**
 * Must come before the player looks at its tracks: it takes those that it finds.
 * @param {HTMLElement} player
 * @param {string} language
 * @param {string} label
 */
export function placeTrack(player, language, label) {
  const video = player.querySelector('video');
  if (!video) return null;
  for (const track of video.querySelectorAll('track')) {
    if (SHOWN.includes(track.kind) && track.srclang === language) track.remove();
  }
  return video.addTextTrack('captions', label || language, language);
}

export class CaptionPreview {
  #track;
  #store;
  /** @type {Map<string, VTTCue>} */ #shown = new Map();
  /** @type {Set<string>} */ #late = new Set();
  #frame = 0;

  /** @param {TextTrack} track @param {CaptionStore} store */
  constructor(track, store) {
    this.#track = track;
    this.#store = store;
    store.addEventListener('change', (event) => this.#soon(/** @type {CustomEvent} */ (event).detail.keys));
  }

  /** Turns the captions on, as the viewer likes them, without remembering that. @param {EduPlayer} player */
  turnOn(player) {
    player.captions?.choose(this.#track.language);
    player.settings?.update();
  }

  /** @param {string[]} keys */
  #soon(keys) {
    for (const key of keys) this.#late.add(key);
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      for (const key of this.#late) this.#put(key);
      this.#late.clear();
    });
  }

  /** A browser looks again at what is on when a cue comes, not when one is changed. @param {string} key */
  #put(key) {
    const [before, cue] = [this.#shown.get(key), this.#store.cue(key)];
    if (before) this.#remove(before);
    this.#shown.delete(key);
    if (!cue || cue.end <= cue.start) return;
    const made = new VTTCue(cue.start / 1000, cue.end / 1000, cue.text);
    place(made, cue.settings);
    this.#track.addCue(made);
    this.#shown.set(key, made);
  }

  /** @param {VTTCue} cue */
  #remove(cue) {
    try {
      this.#track.removeCue(cue);
    } catch {
      // a browser that forgot the cues with the source of the film
    }
  }
}

/** Settings that move a cue; the rest has no part in our player. @param {VTTCue} cue @param {string} settings */
function place(cue, settings) {
  const line = /(?:^|\s)line:(-?[\d.]+)(%?)/.exec(settings);
  if (!line) return;
  cue.snapToLines = line[2] !== '%';
  cue.line = Number(line[1]);
}
