// Sends what waits in a queue until the server has all of it; tries again, more and more seldom, while there is no network.

/** @typedef {import('../quiz/answer-queue.js').AnswerQueue} AnswerQueue */
/** @typedef {{ item: string, rev: number, response: any }} Revision */
/** @typedef {{ ok: boolean, status: number, json: () => Promise<any> }} Answer */
/** @typedef {'saved' | 'saving' | 'kept' | 'closed' | 'refused' | 'elsewhere'} State */

const LONGEST_WAIT_MS = 30_000;
const REFUSALS = [400, 401, 403, 404, 413, 422];

export class Sync {
  #queue;
  #put;
  #tell;
  #giveWay;
  #failures = 0;
  /** @type {Promise<boolean> | null} */ #sending = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  isClosed = false;

  /**
   * @param {AnswerQueue} queue
   * @param {object} ways
   * @param {(waiting: Revision[]) => Promise<Answer>} ways.put  sends these; rejects without network
   * @param {(state: State) => void} ways.tell
   * @param {(later: Revision) => void} ways.giveWay  something later is kept on the server, from elsewhere
   */
  constructor(queue, { put, tell, giveWay }) {
    this.#queue = queue;
    this.#put = put;
    this.#tell = tell;
    this.#giveWay = giveWay;
  }

  /** @param {number} ms */
  soon(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** Whether the server has everything, once what waits was sent; of calls at the same time one sends. */
  async flush() {
    if (this.#sending) await this.#sending;
    if (this.isClosed) return false;
    if (this.#queue.waiting.length === 0) return true;
    this.#sending = this.#send();
    try {
      return await this.#sending;
    } finally {
      this.#sending = null;
    }
  }

  async #send() {
    clearTimeout(this.#timer);
    try {
      const answer = await this.#put(/** @type {Revision[]} */ (this.#queue.waiting));
      if (answer.status === 409) return this.#close();
      if (REFUSALS.includes(answer.status)) return this.#refuse();
      if (!answer.ok) throw new Error(`saving answered ${answer.status}`);
      return this.#kept(await answer.json());
    } catch {
      this.#failures += 1;
      this.#tell('kept');
      this.soon(Math.min(LONGEST_WAIT_MS, 1000 * 2 ** this.#failures));
      return false;
    }
  }

  /** @param {{ saved?: { item: string, rev: number }[], stale?: Revision[] }} answer */
  #kept({ saved = [], stale = [] }) {
    if (saved.length === 0 && stale.length === 0) throw new Error('the server acknowledged nothing');
    this.#queue.acknowledge(saved);
    for (const later of stale) if (!this.#queue.meet(later.item, later.rev)) this.#giveWay(later);
    this.#failures = 0;
    if (this.#queue.waiting.length > 0) {
      this.soon(0); // what was marked meanwhile
      return false;
    }
    this.#tell(stale.length > 0 ? 'elsewhere' : 'saved');
    return true;
  }

  /** The run was finished: nothing more is taken, so nothing needs to wait. */
  #close() {
    this.isClosed = true;
    this.#queue.keepOnly([]);
    this.#tell('closed');
    return false;
  }

  /** Sending it again would not help: a new page has a new token, and the marks wait here for it. */
  #refuse() {
    this.isClosed = true;
    this.#tell('refused');
    return false;
  }
}
