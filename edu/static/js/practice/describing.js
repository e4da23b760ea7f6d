// When a description is said, when the film waits for it, and when it falls silent. Knows no browser: all is given to it.

/** @typedef {{ start: number, end: number, text: string }} Description  seconds; `end` is where the gap in the film ends */

/**
 * @typedef {object} Film
 * @property {() => void} pause
 * @property {() => void} play
 */

/**
 * @typedef {object} Voice
 * @property {(text: string, done: () => void) => void} say  `done` is called once, when all was said, unless it was silenced
 * @property {() => void} hush
 */

/** A step of the clock larger than this was a jump, not playing. Seconds of film. */
const LARGEST_STEP = 1;

export class Describer {
  #cues;
  #film;
  #voice;
  /** @type {Description | null} the one that was said, or is being said, where the film is */ #current = null;
  #isSpeaking = false;
  #isHolding = false;
  /** @type {Description | null} cut short by something that the viewer does meanwhile */ #interrupted = null;
  #before = 0;

  /**
   * @param {readonly Description[]} cues  in order of time
   * @param {Film} film
   * @param {Voice} voice
   * @param {boolean} waits  whether the film waits at the end of a gap until all is said
   */
  constructor(cues, film, voice, waits) {
    this.#cues = cues;
    this.#film = film;
    this.#voice = voice;
    this.waits = waits;
  }

  /** Whether the film stands still because of us. */
  get isHolding() {
    return this.#isHolding;
  }

  /** The film plays and is here. @param {number} time seconds */
  at(time) {
    if (this.#isHolding) return;
    const cue = this.#cueAt(time);
    this.#before = time;
    if (this.#isSpeaking && this.#current && time >= this.#current.end && this.waits) this.#hold();
    else if (cue && cue !== this.#current) this.#say(cue);
    else if (!cue && !this.#isSpeaking) this.#current = null;
  }

  /** The viewer has gone elsewhere. Within the same description nothing is said again. @param {number} time seconds */
  moved(time) {
    this.#before = time;
    const cue = this.#inside(time);
    if (cue !== null && cue === this.#current) return;
    this.#interrupted = null;
    this.#hush();
    this.#current = null;
    this.#goOn();
  }

  /** The film was stopped, and not by us: what was cut short is said again from its beginning. */
  stopped() {
    if (this.#isHolding) return;
    if (this.#isSpeaking) this.#current = null;
    this.#hush();
  }

  /** The viewer wants a picture that stands still, where the film may only have waited for us. */
  stilled() {
    this.#interrupted = null;
    this.#isHolding = false;
    this.stopped();
  }

  /** The viewer does something else for a while. Tells whether the film stands still because of us. */
  interrupt() {
    if (!this.#isHolding) return false;
    const cue = this.#current;
    this.stilled();
    this.#interrupted = cue;
    return true;
  }

  /** That is done: what was cut short is said again, and then the film goes on. False: there is nothing that it waits for. */
  resume() {
    const cue = this.#interrupted;
    if (!cue) return false;
    this.#interrupted = null;
    this.#isHolding = true;
    this.#say(cue);
    return true;
  }

  /** The film was set going, and not by us: the viewer does not want to hear the rest. */
  started() {
    this.#interrupted = null;
    if (!this.#isHolding) return;
    this.#isHolding = false;
    this.#hush();
  }

  /** Silence for good; a film that waits goes on. */
  end() {
    this.#interrupted = null;
    this.#hush();
    this.#current = null;
    this.#goOn();
  }

  /** @param {number} time */
  #cueAt(time) {
    const inside = this.#inside(time);
    if (inside) return inside;
    // a description shorter than the steps of the clock is not passed over
    const step = time - this.#before;
    if (step <= 0 || step > LARGEST_STEP) return null;
    return this.#cues.find(({ start }) => start > this.#before && start <= time) ?? null;
  }

  /** @param {number} time */
  #inside(time) {
    return this.#cues.find(({ start, end }) => time >= start && time < end) ?? null;
  }

  /** @param {Description} cue */
  #say(cue) {
    this.#hush();
    this.#current = cue;
    this.#isSpeaking = true;
    this.#voice.say(cue.text, () => {
      if (this.#current !== cue) return;
      this.#isSpeaking = false;
      this.#goOn();
    });
  }

  #hold() {
    this.#isHolding = true; // before the pause, whose event must find it
    this.#film.pause();
  }

  #goOn() {
    if (!this.#isHolding) return;
    this.#isHolding = false;
    this.#film.play();
  }

  #hush() {
    if (this.#isSpeaking) this.#voice.hush();
    this.#isSpeaking = false;
  }
}

/**
 * How the descriptions of a film can be had here: said by the browser, as a sound made before, as text, or not at all.
 * @param {{ track: boolean, voices: boolean, sound: boolean }} has  a track with descriptions; a voice of its language; the film
 *   with a described sound
 * @returns {'voice' | 'sound' | 'text' | 'none'}
 */
export function wayOf({ track, voices, sound }) {
  if (track && voices) return 'voice';
  if (sound) return 'sound';
  return track ? 'text' : 'none';
}

/**
 * The voices of a language, those of just that variety first, then those that work without a network.
 * @template {{ lang: string, localService: boolean, name: string }} V
 * @param {readonly V[]} voices
 * @param {string} language
 * @returns {V[]}
 */
export function voicesOf(voices, language) {
  const plain = (/** @type {string} */ tag) => tag.toLowerCase().replace('_', '-');
  const stem = (/** @type {string} */ tag) => plain(tag).split('-', 1)[0];
  const rank = (/** @type {V} */ { lang, localService }) => (plain(lang) === plain(language) ? 0 : 2) + (localService ? 0 : 1);
  return voices.filter(({ lang }) => stem(lang) === stem(language)).sort((a, b) => rank(a) - rank(b));
}

/** How long a text stays that is read and not heard: about fifteen letters a second. Milliseconds. @param {string} text */
export function readingMs(text) {
  return 1000 + (text.length / 15) * 1000;
}
