// The true times of the pictures of a film, from its frames.json (media/making/frames.py writes it), or from its rate.

/**
 * @typedef {object} FramesDocument
 * @property {number} version
 * @property {number} timescale  parts of a second
 * @property {number} start      when the first picture is shown, in those parts
 * @property {number} count      pictures
 * @property {[number, number]} [rate]  pictures per second, as a fraction, where that is constant
 * @property {[number, number][]} [durations]  else: so many pictures last so many parts, in order
 */

/** Times are compared with this much room, for a player tells them as rounded fractions. Seconds. */
const ROOM = 1e-4;

export class FrameTimes {
  #starts;
  /** Whether these are the times of this very film. */ isExact;

  /** @param {number[]} starts  seconds; one more than there are pictures: the end of the last @param {boolean} isExact */
  constructor(starts, isExact) {
    this.#starts = starts;
    this.isExact = isExact;
  }

  /** @param {FramesDocument} document */
  static of({ version, timescale, start, count, rate, durations }) {
    if (version !== 1 || !(count > 0) || !(timescale > 0)) throw new TypeError('not a list of frames of version 1');
    if (rate) return new FrameTimes(Array.from({ length: count + 1 }, (_, n) => start / timescale + (n * rate[1]) / rate[0]), true);
    const starts = [start / timescale];
    let at = start;
    for (const [run, ticks] of durations ?? []) for (let n = 0; n < run; n++) starts.push((at += ticks) / timescale);
    if (starts.length !== count + 1) throw new TypeError('the durations are not those of so many frames');
    return new FrameTimes(starts, true);
  }

  /** As the rate says, where the true times are not known. @param {number} rate pictures per second @param {number} duration seconds */
  static regular(rate, duration) {
    return new FrameTimes(Array.from({ length: Math.max(1, Math.round(duration * rate)) + 1 }, (_, n) => n / rate), false);
  }

  get count() {
    return this.#starts.length - 1;
  }

  /** The picture that is seen at a time: the first before the film, the last after it. @param {number} seconds */
  at(seconds) {
    let [low, high] = [0, this.count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= seconds + ROOM) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The picture that begins next to a time; `count` stands for the end of the last. @param {number} seconds */
  nearest(seconds) {
    const number = this.at(seconds);
    return seconds > this.middle(number) ? number + 1 : number;
  }

  /** When a picture comes, in seconds; that of `count` is the end of the last. @param {number} number */
  start(number) {
    return this.#starts[Math.min(this.count, Math.max(0, number))] ?? 0;
  }

  /** The middle of the last picture of what ends at a time. @param {number} seconds */
  lastBefore(seconds) {
    return this.middle(this.nearest(seconds) - 1);
  }

  /** The middle of a picture: at an edge it is a matter of rounding which one a browser shows. @param {number} number */
  middle(number) {
    const kept = Math.min(this.count - 1, Math.max(0, number));
    return (this.start(kept) + this.start(kept + 1)) / 2;
  }
}

/** '30000/1001' or '25' as a number of pictures per second; 25 for what is none. @param {string} text */
export function rateOf(text) {
  const [over = '', under = '1'] = text.split('/');
  const rate = Number(over) / Number(under);
  return rate >= 1 && rate <= 240 ? rate : 25;
}

/**
 * The times of the pictures of a player's film; those of its rate where the true ones cannot be had.
 * @param {{ dataset: DOMStringMap, store?: { duration: number } }} player
 * @returns {Promise<FrameTimes>}
 */
export async function framesOf({ dataset, store }) {
  try {
    if (dataset.frames) {
      const answer = await fetch(dataset.frames);
      if (answer.ok) return FrameTimes.of(await answer.json());
    }
  } catch {
    // not there or not readable: the rate will do
  }
  return FrameTimes.regular(rateOf(dataset.frameRate ?? ''), store?.duration ?? 0);
}
