// The walk through the steps of a film, one at a time: which is played, and what comes after "again" and "next".

/** @typedef {import('../player/media-time.js').Chapter} Chapter */
/** @typedef {'playing' | 'resting' | 'done'} Phase  done: at rest at the end of the last step */

/** A step that has less left than this is over: its last picture stands. Seconds. */
const LAST_PICTURE = 0.05;

export class StepWalk {
  #steps;
  #index = 0;
  /** @type {Phase} */ #phase = 'playing';

  /** @param {readonly Chapter[]} chapters  in any order; what lies between them is left out */
  constructor(chapters) {
    this.#steps = chapters.filter(({ start, end }) => end > start).sort((one, other) => one.start - other.start);
  }

  get phase() { return this.#phase; }
  get step() { return this.#steps[this.#index] ?? null; }
  get following() { return this.#steps[this.#index + 1] ?? null; }
  get number() { return this.#index + 1; }
  get count() { return this.#steps.length; }

  /**
   * Goes to the step of a time, of a gap to the one after it; after the last there is none to play, and all is done.
   * @param {number} time  seconds
   */
  goTo(time) {
    const index = this.#steps.findIndex(({ end }) => end > time + LAST_PICTURE);
    this.#play(index < 0 ? Math.max(0, this.count - 1) : index);
    return index < 0 ? null : this.step;
  }

  again() {
    return this.#play(this.#index);
  }

  /** The next step; null at the end of the last, after which comes the first. */
  next() {
    if (this.following) return this.#play(this.#index + 1);
    if (this.#phase !== 'playing') return this.#play(0);
    this.rest();
    return null;
  }

  /** Its step has come to the end. */
  rest() {
    this.#phase = this.following ? 'resting' : 'done';
  }

  /** @param {number} index */
  #play(index) {
    this.#index = index;
    this.#phase = 'playing';
    return this.step;
  }
}

/** Counts the seconds of a rest down, and then does what it waits for. */
export class Countdown {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /** @param {number} seconds  none: it never comes @param {(left: number) => void} tell @param {() => void} then */
  begin(seconds, tell, then) {
    this.stop();
    if (!(seconds > 0)) return;
    tell(seconds);
    this.#timer = setTimeout(() => {
      if (seconds > 1) this.begin(seconds - 1, tell, then);
      else then();
    }, 1000);
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
