// Captions drawn by us from the cues of a text track (mode `hidden`: loaded and timed by the browser, not drawn by it).

const SHOWN = new Set(['captions', 'subtitles']);

export class CaptionLayer {
  #box;
  #tracks;
  #isSystem = false;
  /** @type {TextTrack | null} */ #current = null;
  #draw = () => this.#show();

  /**
   * @param {HTMLElement} box
   * @param {TextTrack[]} tracks
   */
  constructor(box, tracks) {
    this.#box = box;
    this.#tracks = tracks.filter((track) => SHOWN.has(track.kind));
    for (const track of this.#tracks) track.mode = 'disabled';
  }

  /** Browsers turn `default` tracks on by themselves, some of them late: they must not draw beside us. */
  hold() {
    for (const track of this.#tracks) {
      const wanted = track !== this.#current ? 'disabled' : this.#isSystem ? 'showing' : 'hidden';
      if (track.mode !== wanted) track.mode = wanted;
    }
  }

  get languages() {
    return this.#tracks.map(({ language, label }) => ({ language, label: label || language }));
  }

  /** The language that is shown, '' when captions are off. */
  get language() {
    return this.#current?.language ?? '';
  }

  get label() {
    return this.#current?.label || this.language;
  }

  /** @param {string} language  '' or an unknown one: off */
  choose(language) {
    this.#current?.removeEventListener('cuechange', this.#draw);
    this.#current = this.#tracks.find((track) => language && track.language === language) ?? null;
    this.#current?.addEventListener('cuechange', this.#draw);
    this.hold();
    this.#show();
  }

  /** In full screen of a phone the system draws. @param {boolean} native */
  leaveToSystem(native) {
    this.#isSystem = native;
    this.hold();
  }

  #show() {
    const cues = /** @type {VTTCue[]} */ ([...(this.#current?.activeCues ?? [])]);
    this.#box.lang = this.language;
    this.#box.toggleAttribute('data-empty', cues.length === 0);
    this.#box.dataset.place = cues.some(isAtTop) ? 'top' : 'bottom';
    this.#box.replaceChildren(...cues.map(drawn));
  }
}

/**
 * Whether the author moved a cue up, off something in the picture. WebVTT's finer places were set for another size of type.
 * @param {Pick<VTTCue, 'line' | 'snapToLines'>} cue
 */
export function isAtTop({ line, snapToLines }) {
  if (typeof line !== 'number') return false;
  return snapToLines ? line >= 0 && line < 7 : line < 50;
}

/** @param {VTTCue} cue */
function drawn(cue) {
  const line = document.createElement('p');
  const ground = document.createElement('span');
  ground.dir = 'auto';
  ground.append(cue.getCueAsHTML());
  line.append(ground);
  return line;
}
