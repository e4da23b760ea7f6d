// The clock of a station, and that of a recording beside it: both go on when the page is closed and opened again.

/** @typedef {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} Shelf */
/** @typedef {{ before: number, since: number | null, recordingSince: number | null }} Kept */

const LONGEST_MS = 24 * 3600 * 1000;

export class StationClock {
  #shelf;
  #key;
  #now;
  /** @type {Kept} */ #kept;

  /**
   * @param {Shelf} shelf  localStorage, or one like it
   * @param {string} run  what tells this run from others: its address
   * @param {number} before  ms that the server knows of
   * @param {() => number} now  ms since the epoch
   */
  constructor(shelf, run, before, now = Date.now) {
    this.#shelf = shelf;
    this.#key = `edu.station:${run}`;
    this.#now = now;
    this.#kept = this.#read() ?? { before, since: null, recordingSince: null };
  }

  get isRunning() {
    return this.#kept.since !== null;
  }

  get hasBegun() {
    return this.isRunning || this.#kept.before > 0;
  }

  /** Ms on the clock. */
  get elapsed() {
    const { before, since } = this.#kept;
    return this.#bounded(before + (since === null ? 0 : this.#now() - since));
  }

  /** Ms in the recording now; null while none is timed. */
  get recording() {
    const { recordingSince } = this.#kept;
    return recordingSince === null ? null : this.#bounded(this.#now() - recordingSince);
  }

  start() {
    if (!this.isRunning) this.#store({ since: this.#now() });
  }

  pause() {
    this.#store({ before: this.elapsed, since: null });
  }

  /** The recording stands at so many ms now: 0 when it was started this moment. @param {number} ms */
  setRecording(ms) {
    this.#store({ recordingSince: this.#now() - ms });
  }

  stopRecording() {
    this.#store({ recordingSince: null });
  }

  /** The run is over: nothing of it stays in this browser. */
  forget() {
    this.#shelf.removeItem(this.#key);
  }

  /** @param {number} ms */
  #bounded(ms) {
    return Math.min(Math.max(0, Math.round(ms)), LONGEST_MS);
  }

  /** @returns {Kept | null} */
  #read() {
    try {
      const kept = JSON.parse(this.#shelf.getItem(this.#key) ?? 'null');
      return typeof kept?.before === 'number' ? kept : null;
    } catch {
      return null;
    }
  }

  /** @param {Partial<Kept>} change */
  #store(change) {
    this.#kept = { ...this.#kept, ...change };
    try {
      this.#shelf.setItem(this.#key, JSON.stringify(this.#kept));
    } catch {
      // full or forbidden: the clock still goes while the page is open
    }
  }
}
