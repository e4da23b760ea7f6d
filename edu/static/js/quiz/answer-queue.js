// Answers on their way to the server: each with a revision, kept in the browser until the server has acknowledged it.

/** @typedef {import('./answers.js').Answer} Answer */
/** @typedef {{ item: string, rev: number, response: Answer, certainty?: number }} Revision  how sure, where it is no part of the answer */
/** @typedef {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} Shelf */

export class AnswerQueue {
  #shelf;
  #key;
  /** @type {Map<string, Revision>} */ #waiting = new Map();
  /** @type {Map<string, number>} */ #newest = new Map();

  /**
   * @param {Shelf} shelf  localStorage, or one like it
   * @param {string} attempt  what tells this attempt from others: its save address
   */
  constructor(shelf, attempt) {
    this.#shelf = shelf;
    this.#key = `edu.answers:${attempt}`;
    for (const revision of this.#kept()) this.#waiting.set(revision.item, revision);
  }

  get waiting() {
    return [...this.#waiting.values()];
  }

  /**
   * Tells which revision of an item the server holds. What was kept here and is not newer is dropped: it was saved, or
   * somebody answered later elsewhere.
   * @param {string} item
   * @param {number} rev
   * @returns {Revision | null}  the answer that the server lacks
   */
  meet(item, rev) {
    const kept = this.#waiting.get(item) ?? null;
    if (kept && kept.rev <= rev) this.#waiting.delete(item);
    this.#newest.set(item, Math.max(rev, kept?.rev ?? 0));
    this.#store();
    return this.#waiting.get(item) ?? null;
  }

  /** The revision of the latest answer to an item, here or on the server. @param {string} item */
  newest(item) {
    return this.#newest.get(item) ?? 0;
  }

  /** Drops answers to other items than these: they are closed, or were handed in. @param {string[]} items */
  keepOnly(items) {
    for (const item of this.#waiting.keys()) if (!items.includes(item)) this.#waiting.delete(item);
    this.#store();
  }

  /** @param {string} item @param {Answer} response @param {number | null} [certainty] */
  put(item, response, certainty = null) {
    const rev = (this.#newest.get(item) ?? 0) + 1;
    this.#newest.set(item, rev);
    this.#waiting.set(item, certainty === null ? { item, rev, response } : { item, rev, response, certainty });
    this.#store();
  }

  /** An answer that the server cannot read is not sent again; the next one to this question is. @param {string} item */
  drop(item) {
    this.#waiting.delete(item);
    this.#store();
  }

  /** An acknowledgement of an older revision leaves the newer one waiting. @param {{ item: string, rev: number }[]} saved */
  acknowledge(saved) {
    for (const { item, rev } of saved) {
      const kept = this.#waiting.get(item);
      if (kept && kept.rev <= rev) this.#waiting.delete(item);
    }
    this.#store();
  }

  /** @returns {Revision[]} */
  #kept() {
    try {
      const kept = JSON.parse(this.#shelf.getItem(this.#key) ?? '[]');
      return Array.isArray(kept) ? kept.filter((one) => typeof one?.item === 'string' && Number.isInteger(one.rev)) : [];
    } catch {
      return [];
    }
  }

  #store() {
    try {
      if (this.#waiting.size === 0) this.#shelf.removeItem(this.#key);
      else this.#shelf.setItem(this.#key, JSON.stringify(this.waiting));
    } catch {
      // full or forbidden: the answers are still here and in the form
    }
  }
}
