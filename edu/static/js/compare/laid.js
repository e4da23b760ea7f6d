// How a recording is laid beside a film: by one moment that was marked in both. And the stretch that both loop over.

/** @typedef {'film' | 'own'} Side */
/** @typedef {{ start: number, end: number }} Stretch  seconds of the film */

export class Marks {
  /** @type {Record<Side, number | null>} seconds */ #at = { film: null, own: null };
  #offset = 0;

  /** @param {Side} side @param {number} seconds @returns {boolean}  whether both are marked now */
  mark(side, seconds) {
    if (this.count === 2) this.#at = { film: null, own: null }; // that pair is used: a new one begins
    this.#at[side] = Math.max(0, seconds);
    const { film, own } = this.#at;
    if (film === null || own === null) return false;
    this.#offset = own - film;
    return true;
  }

  /** Both at once, as they were kept; twice nothing: their beginnings. @param {number} own @param {number} film  seconds */
  set(own, film) {
    this.#at = { film, own };
    this.#offset = own - film;
  }

  /** Seconds: the recording shows at `t + offset` what the film shows at `t`. */
  get offset() {
    return this.#offset;
  }

  /** The moment by which they are laid together; their beginnings where nothing was marked. */
  get moment() {
    const { film, own } = this.#at;
    return film === null || own === null ? { film: 0, own: 0 } : { film, own };
  }

  /** What is marked so far: nothing, one side, or both. */
  get count() {
    return Number(this.#at.film !== null) + Number(this.#at.own !== null);
  }
}

/**
 * The stretch that a choice stands for; null for none, and where an end is missing or lies before the beginning.
 * @param {string} choice  '' none, 'all', 'own' from A to B, else the id of a chapter
 * @param {readonly { id: string, start: number, end: number }[]} chapters
 * @param {{ from: number | null, to: number | null }} ends
 * @param {number} duration
 * @returns {Stretch | null}
 */
export function stretchOf(choice, chapters, { from, to }, duration) {
  if (choice === '') return null;
  if (choice === 'all') return { start: 0, end: duration };
  if (choice !== 'own') return chapters.find(({ id }) => id === choice) ?? null;
  return from === null || to === null || to <= from ? null : { start: from, end: Math.min(to, duration) };
}

/**
 * Whether the picture that is shown is the last of the stretch: the next one would be past its end.
 * @param {number} time     of the picture, seconds
 * @param {number} late     how long ago it was shown, ms
 * @param {number} rate     speed
 * @param {number} picture  how long a picture lasts, seconds
 * @param {Stretch} stretch
 */
export function isOver(time, late, rate, picture, { end }) {
  return time + (late / 1000) * rate + picture * 1.5 > end;
}
