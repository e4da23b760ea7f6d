// <edu-quiz data-save-url>: saves answers as they are given. The form inside posts all of them at the end anyway.

import { AnswerQueue } from './answer-queue.js';
import { part, words } from './wording.js';

/** @typedef {import('./answer-queue.js').Answer} Answer */
/** @typedef {import('./answer-queue.js').Revision} Revision */

const SETTLE_MS = 400;
const LONGEST_WAIT_MS = 30_000;
const REFUSALS = [400, 401, 403, 404, 413, 422];

/**
 * The answer that a fieldset holds; null when none is given. How sure one is may follow later.
 * @param {HTMLElement} field
 * @returns {Answer}
 */
export function answerOf(field) {
  const inputs = /** @type {HTMLInputElement[]} */ ([...field.querySelectorAll('input')]);
  const name = `q.${field.dataset.item}`;
  const chosen = inputs.filter((input) => input.name === name && input.checked).map((input) => input.value);
  if (field.dataset.kind === 'multiple') return chosen;
  if (field.dataset.kind !== 'truefalse') return chosen[0] ?? null;
  if (chosen[0] === undefined) return null;
  const answer = chosen[0] === 'true';
  const levels = inputs.filter((input) => input.name === `${name}.certainty`);
  if (levels.length === 0) return { answer };
  const level = levels.find((input) => input.checked);
  return level ? { answer, certainty: Number(level.value) } : { answer };
}

/** @param {HTMLElement} field @param {Answer} answer */
function putBack(field, answer) {
  const isPair = answer !== null && typeof answer === 'object' && !Array.isArray(answer);
  const values = isPair ? [String(answer.answer)] : [answer ?? []].flat();
  for (const input of field.querySelectorAll('input')) {
    if (input.type === 'hidden') continue;
    const isCertainty = input.name.endsWith('.certainty');
    input.checked = isCertainty ? isPair && input.value === String(answer.certainty) : values.includes(input.value);
  }
}

export class EduQuiz extends HTMLElement {
  #life = new AbortController();
  #isSending = false;
  #failures = 0;
  #isClosed = false;
  #isPosting = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {AnswerQueue | null} */ #queue = null;

  connectedCallback() {
    const url = this.dataset.saveUrl;
    if (!url) return;
    const queue = new AnswerQueue(localStorage, url);
    this.#queue = queue;
    queue.keepOnly(this.#fields.map((field) => field.dataset.item ?? ''));
    for (const field of this.#fields) {
      const missing = queue.meet(field.dataset.item ?? '', Number(field.dataset.rev));
      if (missing) putBack(field, missing.response);
      this.#noteRevision(field);
    }
    this.#count();
    const { signal } = this.#life;
    this.addEventListener('change', (event) => this.#changed(event), { signal });
    addEventListener('online', () => this.#soon(0), { signal });
    addEventListener('pagehide', () => this.#leave(url), { signal });
    this.addEventListener('submit', () => this.#post(), { signal });
    addEventListener('pageshow', (event) => {
      if (event.persisted) location.reload(); // what the form took along is no longer here to be changed
    }, { signal });
    if (queue.waiting.length > 0) this.#soon(0);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#life.abort();
  }

  /** @returns {HTMLElement[]} */
  get #fields() {
    return [...this.querySelectorAll('fieldset')].filter((field) => 'item' in field.dataset);
  }

  /** @param {Event} event */
  #changed(event) {
    const field = /** @type {Element} */ (event.target).closest('fieldset[data-item]');
    if (!(field instanceof HTMLElement) || this.#isClosed) return;
    const answer = answerOf(field);
    if (answer === null) return;
    this.#queue?.put(field.dataset.item ?? '', answer);
    this.#noteRevision(field);
    this.#count();
    this.#tell('saving');
    this.#soon(SETTLE_MS);
  }

  /** How many questions have an answer, those included that were checked and are closed. */
  #count() {
    const line = part(this, 'answered');
    const closed = this.querySelectorAll('section.question').length;
    let answered = 0;
    for (const field of this.#fields) {
      const isAnswered = [answerOf(field) ?? []].flat().length > 0;
      answered += Number(isAnswered);
      document.querySelector(`.quiz-index [data-for="${field.dataset.item}"]`)?.classList.toggle('is-answered', isAnswered);
    }
    if (line) line.textContent = words(this, 'answered', { count: closed + answered, all: closed + this.#fields.length });
  }

  /** The form says which revision it holds, should it be posted before the answer is saved. @param {HTMLElement} field */
  #noteRevision(field) {
    const input = field.querySelector(`input[name="q.${field.dataset.item}.rev"]`);
    if (input instanceof HTMLInputElement) input.value = String(this.#queue?.newest(field.dataset.item ?? '') ?? 0);
  }

  /** @param {number} ms */
  #soon(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), ms);
  }

  async #send() {
    const { saveUrl } = this.dataset;
    const queue = this.#queue;
    if (!saveUrl || !queue || queue.waiting.length === 0 || this.#isSending || this.#isClosed) return;
    this.#isSending = true;
    try {
      const answer = await this.#put(saveUrl, false);
      if (answer.status === 409) this.#close();
      else if (REFUSALS.includes(answer.status)) this.#refused();
      else if (!answer.ok) throw new Error(`saving answered ${answer.status}`);
      else this.#kept(await answer.json());
    } catch {
      this.#failures += 1;
      this.#tell('kept');
      this.#soon(Math.min(LONGEST_WAIT_MS, 1000 * 2 ** this.#failures));
    } finally {
      this.#isSending = false;
    }
  }

  /** @param {{ saved?: { item: string, rev: number }[], stale?: Revision[] }} answer */
  #kept({ saved = [], stale = [] }) {
    if (saved.length === 0 && stale.length === 0) throw new Error('the server acknowledged nothing');
    this.#queue?.acknowledge(saved);
    for (const revision of stale) this.#giveWay(revision);
    const left = this.#queue?.waiting.length ?? 0;
    this.#failures = 0;
    if (left > 0) this.#soon(SETTLE_MS);
    else this.#tell(stale.length > 0 ? 'elsewhere' : 'saved');
  }

  /** Another window or device answered later: that answer is shown here too. @param {Revision} revision */
  #giveWay({ item, rev, response }) {
    const field = this.#fields.find((one) => one.dataset.item === item);
    if (!this.#queue || !field || this.#queue.meet(item, rev)) return;
    putBack(field, response);
    this.#noteRevision(field);
    this.#count();
  }

  /** Sending it again would not help: a new page has a new token, and the answers wait here for it. */
  #refused() {
    this.#isClosed = true;
    this.#tell('refused');
  }

  #close() {
    this.#isClosed = true;
    this.#queue?.keepOnly([]);
    this.#tell('closed');
  }

  /** The form takes all answers along: saving them beside it would only race with it. */
  #post() {
    this.#isPosting = true;
    clearTimeout(this.#timer);
  }

  /** The last word before the page goes; what does not arrive is still kept here. @param {string} url */
  #leave(url) {
    if (this.#queue?.waiting.length && !this.#isClosed && !this.#isPosting) this.#put(url, true).catch(() => undefined);
  }

  /** @param {string} url @param {boolean} keepalive */
  #put(url, keepalive) {
    const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute('content') ?? '';
    return fetch(url, {
      method: 'PUT',
      keepalive,
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
      body: JSON.stringify({ answers: this.#queue?.waiting ?? [] }),
    });
  }

  /** @param {string} state */
  #tell(state) {
    this.setAttribute('state', state);
    const line = part(this, 'saved');
    if (line) line.textContent = words(this, state);
  }
}

customElements.define('edu-quiz', EduQuiz);
