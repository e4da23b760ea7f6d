// Which moments of a film were played over: a jump over them is none, and a film that runs is stopped on time.

/** @typedef {{ at: number, done: boolean }} Stop  a moment in seconds at which to stop, unless done */

/** timeupdate comes every 250 ms at most; nearer to a moment a timer takes over. */
const NEAR_MS = 400;
/** Who jumps to the start of a step wants that step, not the question that stands just behind the one before. Seconds. */
const JUST_BEHIND = 0.3;

export class Crossing {
  #last = NaN;
  #jumps = false;

  /**
   * @param {string} what  the media event
   * @param {number} time  seconds
   * @returns {{ from: number, to: number } | null}  what was played since the last event
   */
  heard(what, time) {
    if (what === 'seeking' || what === 'seeked') {
      this.#jumps = what === 'seeking';
      this.#last = this.#jumps ? NaN : time + JUST_BEHIND;
      return null;
    }
    if (this.#jumps || time <= this.#last) return null;
    const from = this.#last;
    this.#last = time;
    return Number.isNaN(from) ? null : { from, to: time };
  }
}

/**
 * Where to stop now, in order; none while the viewer has that switched off.
 * @template {Stop} S
 * @param {readonly S[]} stops
 * @param {{ from: number, to: number } | null} played
 * @param {boolean} isOn
 * @param {number} [end]  of a range that stops by itself: what stands there is left to the viewer
 */
export function due(stops, played, isOn, end = Infinity) {
  if (!played || !isOn) return [];
  return stops.filter(({ at, done }) => !done && played.from < at && at <= played.to && at < end - 0.05);
}

/**
 * How many milliseconds to wait for the next moment; null when it is not near.
 * @param {readonly Stop[]} stops
 * @param {number} time
 * @param {number} rate
 */
export function wait(stops, time, rate) {
  const next = Math.min(...stops.filter(({ at, done }) => !done && at > time).map(({ at }) => at));
  const left = ((next - time) / rate) * 1000;
  return left < NEAR_MS ? Math.max(4, left) : null;
}
