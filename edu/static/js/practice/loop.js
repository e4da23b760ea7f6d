// The loop of a drill, without a film: told what is seen and when, it says when to go back, to rest, and that all is done.

/**
 * @typedef {object} Plan
 * @property {number} start  of the stretch, seconds
 * @property {number} end    of the stretch: its last picture is the one before this time, seconds
 * @property {number} last   when that last picture comes, seconds
 * @property {number} room   by how much times of pictures may be off: half of the shortest one there, seconds
 * @property {number} goal   rounds, 0 = without end
 * @property {number} rest   between two rounds, ms
 */

/**
 * @typedef {object} Seen
 * @property {number} time     of the film, seconds
 * @property {boolean} exact   `time` is when the picture that is on began; else it is the clock of the element
 * @property {number} late     for how long it has been on, ms
 * @property {number} now      ms
 * @property {number} rate     of playing
 */

/** @typedef {{ kind: 'nothing' | 'jump' | 'done' } | { kind: 'look' | 'rest', ms: number }} Order  `look`: tell again after so long */

/** A jump takes about that long, and meanwhile the last picture stays on. Milliseconds. */
const LEAD = 40;
/** A timer for less than this is not worth it. Milliseconds. */
const SHORT = 4;
/** Nearer to the end than this a timer watches too, should pictures be left out; timeupdate comes every 250 ms. */
const NEAR = 600;
/** So long after a jump a picture from before it may still be told. Milliseconds. */
const STALE = 100;

/** @type {Order} */
const NOTHING = { kind: 'nothing' };

export class Loop {
  /** May be another one in the midst of a round. */ plan;
  /** @type {'runs' | 'returns' | 'rests' | 'done'} */ #state = 'returns';
  #landedAt = Infinity;
  #wakesAt = 0;
  /** When the last picture, which is on, will have been on for long enough. */ #dueAt = Infinity;
  round = 1;

  /** @param {Plan} plan */
  constructor(plan) {
    this.plan = plan;
  }

  get isResting() {
    return this.#state === 'rests';
  }

  /** What to do, now that this is seen. @param {Seen} seen @returns {Order} */
  seen(seen) {
    if (this.#state === 'returns' && this.#isBack(seen)) this.#state = 'runs';
    if (this.#state !== 'runs') return NOTHING;
    const wait = this.#wait(seen);
    if (wait <= SHORT) return this.reached(seen.now);
    return wait <= NEAR ? { kind: 'look', ms: wait } : NOTHING;
  }

  /** The end of the stretch has come: for the end of the film, too. @param {number} now ms @returns {Order} */
  reached(now) {
    if (this.#state !== 'runs') return NOTHING;
    const { goal, rest } = this.plan;
    if (goal > 0 && this.round >= goal) {
      this.#state = 'done';
      return { kind: 'done' };
    }
    if (rest > 0) {
      this.#state = 'rests';
      this.#wakesAt = now + rest;
      return { kind: 'rest', ms: rest };
    }
    this.#return(Infinity);
    return { kind: 'jump' };
  }

  /** A jump has come to its end. @param {number} now ms */
  landed(now) {
    this.#landedAt = Math.min(this.#landedAt, now);
  }

  /** What is left of a rest, ms. @param {number} now ms */
  restLeft(now) {
    return this.isResting ? Math.max(0, this.#wakesAt - now) : 0;
  }

  /** The rest is over, or not wanted; false when there was none. @param {number} now ms */
  wake(now) {
    if (!this.isResting) return false;
    this.#return(now);
    return true;
  }

  /** @param {number} landedAt */
  #return(landedAt) {
    this.round += 1;
    this.#state = 'returns';
    this.#landedAt = landedAt;
    this.#dueAt = Infinity;
  }

  /** @param {Seen} seen */
  #isBack({ time, now }) {
    const { start, end } = this.plan;
    return time < (start + end) / 2 || now - this.#landedAt >= STALE;
  }

  /** Until the jump, in ms of the wall. @param {Seen} seen */
  #wait({ time, exact, late, rate, now }) {
    const { end, last, room } = this.plan;
    const isLast = time >= last - room;
    // the clock of the element and the times of the pictures may differ: once the last one was on, its own time counts
    if (time >= end - (exact ? room : 0) || (!exact && isLast && now >= this.#dueAt)) return 0;
    const left = exact && isLast ? end - last : end - time;
    // the timer that stands in for pictures left out must come neither before the last one nor after it
    const wait = (left / rate) * 1000 - late - (isLast || !exact ? LEAD : 2 * SHORT);
    if (exact) this.#dueAt = isLast ? now + wait - 1 : Infinity;
    return wait;
  }
}
