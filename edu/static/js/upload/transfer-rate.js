// How fast a transfer is, over its last seconds, and how long it will still take.

const WINDOW_MS = 8000;

export class TransferRate {
  /** @type {{ bytes: number, at: number }[]} */ #samples = [];

  /** @param {number} bytes  sent so far @param {number} at  milliseconds of any one clock */
  add(bytes, at) {
    this.#samples.push({ bytes, at });
    while (this.#samples.length > 2 && at - (this.#samples[0]?.at ?? at) > WINDOW_MS) this.#samples.shift();
  }

  /** Begins anew, after a pause or a broken line. */
  reset() {
    this.#samples = [];
  }

  /** Bytes per second; 0 while unknown. */
  get speed() {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.at === first.at) return 0;
    return Math.max(0, ((last.bytes - first.bytes) * 1000) / (last.at - first.at));
  }

  /** Seconds to go; null while unknown. @param {number} total bytes */
  left(total) {
    const last = this.#samples.at(-1);
    return last && this.speed > 0 ? Math.ceil((total - last.bytes) / this.speed) : null;
  }
}
