// Keeps the screen on while hands are busy, and says why where a browser does not.

/** @typedef {'insecure' | 'missing' | 'refused'} Why  plain http, a browser without it, or a system that says no (battery) */
/** @typedef {{ wakeLock?: { request(type: 'screen'): Promise<{ release(): Promise<void> }> } }} Keeper */

export class WakeLock {
  #fail;
  #keeper;
  #page;
  /** @type {{ release(): Promise<void> } | null} */ #held = null;
  #isWanted = false;

  /** @param {(why: Why) => void} fail @param {Keeper} [keeper] @param {EventTarget & { visibilityState: string }} [page] */
  constructor(fail, keeper = navigator, page = document) {
    this.#fail = fail;
    this.#keeper = keeper;
    this.#page = page;
  }

  /** A system takes the lock back when the page goes out of sight: it is asked for again when it comes back. */
  async hold() {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#page.addEventListener('visibilitychange', this.#seen);
    await this.#ask();
  }

  async release() {
    this.#isWanted = false;
    this.#page.removeEventListener('visibilitychange', this.#seen);
    const held = this.#held;
    this.#held = null;
    await held?.release();
  }

  #seen = () => {
    if (this.#page.visibilityState === 'visible') void this.#ask();
  };

  async #ask() {
    if (!this.#keeper.wakeLock) return this.#fail(globalThis.isSecureContext === false ? 'insecure' : 'missing');
    try {
      const held = await this.#keeper.wakeLock.request('screen');
      if (this.#isWanted) this.#held = held;
      else await held.release(); // ended while the system was thinking
    } catch {
      if (this.#isWanted && this.#page.visibilityState === 'visible') this.#fail('refused');
    }
  }
}
