// The waveform of a film, in levels of halved fineness, so that drawing costs the same at any zoom.

/** @typedef {import('./timeline-scale.js').View} View */
/** @typedef {{ length: number, sample_rate: number, samples_per_pixel: number, data: readonly number[] }} Peaks  audiowaveform, version 2, 8 bit */
/** @typedef {{ step: number, low: Int8Array, high: Int8Array }} Level  step: ms of a pair */

/** A whisper is not drawn as loud as a shout. */
const LEAST_LOUD = 24;

export class Waveform {
  /** @type {Level[]} */ #levels = [];
  /** What the loudest sample is drawn up to, -128 to 127. */
  loudest = LEAST_LOUD;

  /** @param {Peaks} peaks */
  constructor(peaks) {
    const { length, data } = peaks;
    const low = new Int8Array(length);
    const high = new Int8Array(length);
    for (let n = 0; n < length; n += 1) {
      low[n] = data[2 * n] ?? 0;
      high[n] = data[2 * n + 1] ?? 0;
      this.loudest = Math.max(this.loudest, high[n] ?? 0, -(low[n] ?? 0));
    }
    this.#levels.push({ step: (1000 * peaks.samples_per_pixel) / peaks.sample_rate, low, high });
    for (let level = this.#levels[0]; level && level.low.length > 512; level = this.#levels.at(-1)) this.#levels.push(halved(level));
  }

  /**
   * The lowest and highest sample under each pixel of the view, as [low, high, low, high, …].
   * @param {View} view
   */
  columns(view) {
    const width = Math.ceil(view.width);
    const drawn = new Int8Array(2 * width);
    const fine = 1 / view.scale;
    const level = [...this.#levels].reverse().find(({ step }) => step <= fine) ?? this.#levels[0];
    if (!level) return drawn;
    for (let x = 0; x < width; x += 1) {
      const from = Math.floor((view.start + x * fine) / level.step);
      const to = Math.max(from + 1, Math.floor((view.start + (x + 1) * fine) / level.step));
      for (let n = from; n < to && n < level.low.length; n += 1) {
        drawn[2 * x] = Math.min(drawn[2 * x] ?? 0, level.low[n] ?? 0);
        drawn[2 * x + 1] = Math.max(drawn[2 * x + 1] ?? 0, level.high[n] ?? 0);
      }
    }
    return drawn;
  }
}

/** @param {Level} level @returns {Level} */
function halved({ step, low, high }) {
  const count = Math.ceil(low.length / 2);
  const made = { step: step * 2, low: new Int8Array(count), high: new Int8Array(count) };
  for (let n = 0; n < count; n += 1) {
    made.low[n] = Math.min(low[2 * n] ?? 0, low[2 * n + 1] ?? 0);
    made.high[n] = Math.max(high[2 * n] ?? 0, high[2 * n + 1] ?? 0);
  }
  return made;
}
