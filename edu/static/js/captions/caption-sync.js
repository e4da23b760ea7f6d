// Saving as one types: sends edits, keeps in the browser what could not be sent, hears what others changed.

/** @typedef {import('./caption-store.js').CaptionStore} CaptionStore */
/** @typedef {import('./caption-store.js').Answer} Answer */
/** @typedef {import('./caption-store.js').Row} Row */
/** @typedef {'saved' | 'waiting' | 'saving' | 'disputed' | 'away' | 'refused' | 'replaced' | 'out'} State */
/** @typedef {{ key: string, base: Row | null, cue: import('./caption-store.js').Cue | null, basedOn: number }} Kept */
/** @typedef {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} Shelf */

export const PAUSE_MS = 800;
const MOST_SENT = 200_000; // the server takes 512 kB
const POLL_MS = 10_000;
const PATIENCE_MS = 20_000;
const BACK_OFF_MS = [2000, 4000, 8000, 15_000, 30_000];

/** What the server said instead of yes. */
export class Refusal extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export class CaptionSync extends EventTarget {
  #store;
  #options;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #poll;
  /** @type {Promise<boolean> | null} */ #running = null;
  #failures = 0;
  #served = 0;
  /** @type {Set<string>} keys on the shelf that this page put there */ #mine = new Set();
  /** @type {State} */ state = 'saved';
  message = '';

  /**
   * @param {CaptionStore} store
   * @param {{ url: string, token: string, shelf: Shelf, name: string, fetch: typeof fetch, basedOn: number,
   *           isVisible?: () => boolean }} options  name: under which the browser keeps what is not sent
   */
  constructor(store, options) {
    super();
    this.#store = store;
    this.#options = options;
    store.addEventListener('change', (event) => {
      if (/** @type {CustomEvent} */ (event).detail.why !== 'server') this.touch();
    });
  }

  /** The whole working copy. */
  async load() {
    const answer = await this.ask('GET', '');
    this.#served = answer.served;
    this.#store.receive(answer);
    this.#tell();
    this.#listen();
  }

  /** Something was typed: it goes out when typing pauses. */
  touch() {
    if (this.#isStopped) return this.keep();
    this.#tell(this.state === 'away' ? 'away' : 'waiting');
    this.#later(this.state === 'away' ? BACK_OFF_MS[0] : PAUSE_MS);
  }

  get #isStopped() {
    return this.state === 'replaced' || this.state === 'out';
  }

  /** @param {number} [ms] */
  #later(ms = PAUSE_MS) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.keep();
      void this.flush();
    }, ms);
  }

  /** Sends what waits; resolves true once nothing does. @returns {Promise<boolean>} */
  async flush() {
    clearTimeout(this.#timer);
    if (this.#isStopped) return false;
    while (this.#running) await this.#running;
    if (this.#store.pending.length === 0) {
      this.#tell();
      return this.state === 'saved';
    }
    this.#running = this.#send();
    const isDone = await this.#running.finally(() => { this.#running = null; });
    return isDone && this.#store.pending.length > 0 ? this.flush() : isDone;
  }

  async #send() {
    const edits = this.#store.take(MOST_SENT);
    this.#tell('saving');
    try {
      const answer = await this.ask('POST', '', { since: this.#store.revision, edits });
      this.#requireSame(answer);
      this.#store.receive(answer, { isAnswer: true });
      this.#failures = 0;
      this.#tell('saved');
      this.keep();
      return true;
    } catch (error) {
      this.#store.release();
      this.#failed(error);
      return false;
    }
  }

  /** @param {unknown} error */
  #failed(error) {
    this.keep();
    const status = error instanceof Refusal ? error.status : 0;
    this.message = error instanceof Refusal ? error.message : '';
    if (status === 409) return this.#tell('replaced');
    if (status === 401 || status === 403 || status === 404) return this.#tell('out');
    if (status >= 400 && status < 500 && status !== 429) return this.#tell('refused');
    this.#tell('away');
    return this.#later(BACK_OFF_MS[Math.min(this.#failures++, BACK_OFF_MS.length - 1)]);
  }

  /** What others changed meanwhile. */
  async poll() {
    if (this.#running || this.#isStopped) return;
    try {
      const answer = await this.ask('GET', `?since=${this.#store.revision}`);
      if (this.#running) return;
      this.#requireSame(answer);
      this.#store.receive(answer);
      if (this.state === 'saved') this.#tell();
      if (this.state === 'away') this.#later(0);
    } catch (error) {
      if (error instanceof Refusal || this.state === 'saved' || this.state === 'away') this.#failed(error);
    }
  }

  /** A working copy that was approved, given up or made anew has other rows. @param {Answer & { served?: number }} answer */
  #requireSame({ revision = 0, served = this.#served }) {
    if (revision < this.#store.revision || served !== this.#served) throw new Refusal(409, '');
  }

  /**
   * @param {'GET' | 'POST'} method
   * @param {string} path  after the address of the working copy
   * @param {object} [body]
   * @param {string} [url]
   * @returns {Promise<any>}
   */
  async ask(method, path, body, url = this.#options.url) {
    const text = body && JSON.stringify(body);
    const response = await this.#options.fetch(url + path, {
      method,
      headers: { Accept: 'application/json', 'X-CSRFToken': this.#options.token, ...(text && { 'Content-Type': 'application/json' }) },
      ...(text && { body: text }),
      signal: AbortSignal.timeout(PATIENCE_MS),
      keepalive: method === 'POST' && (text?.length ?? 0) < 20_000, // goes on when the page is left; browsers carry 64 kB
    });
    const isJson = response.headers.get('Content-Type')?.includes('json');
    if (response.redirected && !isJson) throw new Refusal(401, ''); // to the page of signing in
    const answer = isJson ? await response.json() : {};
    if (!response.ok) throw new Refusal(response.status, String(answer.detail ?? ''));
    return answer;
  }

  #listen() {
    const isVisible = this.#options.isVisible ?? (() => true);
    const again = () => {
      clearTimeout(this.#poll);
      this.#poll = setTimeout(() => void (isVisible() ? this.poll() : Promise.resolve()).finally(again), POLL_MS);
    };
    again();
  }

  /** Ends all that would happen by itself. */
  stop() {
    clearTimeout(this.#timer);
    clearTimeout(this.#poll);
  }

  // -- what the browser keeps ------------------------------------------------------------------------------

  /** Writes down what only this page knows, beside what other pages of this browser wrote down. */
  keep() {
    const { shelf, name, basedOn } = this.#options;
    const unsent = this.#store.unsent;
    const edits = [...this.#kept().filter(({ key }) => !this.#mine.has(key)), ...unsent.map((one) => ({ ...one, basedOn }))];
    this.#mine = new Set(unsent.map(({ key }) => key));
    try {
      if (edits.length === 0) shelf.removeItem(name);
      else shelf.setItem(name, JSON.stringify({ edits }));
    } catch {
      // the page still has them
    }
  }

  /**
   * Takes up what was kept the last time. Gives what has no place any more: the cues were made anew since.
   * @returns {Kept[]}
   */
  resume() {
    const kept = this.#kept();
    const isOurs = (/** @type {Kept} */ { key, base, basedOn }) =>
      basedOn === this.#options.basedOn && (!base || this.#store.cue(key) !== null);
    const ours = kept.filter(isOurs);
    this.#mine = new Set(ours.map(({ key }) => key));
    if (ours.length) this.#store.restore(ours);
    return kept.filter((one) => !isOurs(one) && one.cue);
  }

  /** What was given back is settled. @param {readonly Kept[]} left */
  forget(left) {
    for (const { key } of left) this.#mine.add(key);
    this.keep();
  }

  /** @returns {Kept[]} */
  #kept() {
    try {
      const { edits } = JSON.parse(this.#options.shelf.getItem(this.#options.name) ?? '{}');
      return Array.isArray(edits) ? edits.filter((one) => typeof one?.key === 'string') : [];
    } catch {
      return [];
    }
  }

  /** @param {State} [state] without one: what the store says */
  #tell(state = this.#store.pending.length ? 'waiting' : 'saved') {
    if (state === 'saved' && this.#store.pending.length) state = 'waiting';
    if (state === 'saved' && this.#store.conflicts.size) state = 'disputed';
    this.state = state;
    this.dispatchEvent(new CustomEvent('state', { detail: state }));
  }
}
