// <edu-quiz data-save-url>: saves answers as they are given. The form inside posts all of them at the end anyway.

import { AnswerQueue } from './answer-queue.js';
import { part, words } from './wording.js';

/** @typedef {import('./answer-queue.js').Answer} Answer */

const SETTLE_MS = 400;
const LONGEST_WAIT_MS = 30_000;

/**
 * The answer that a fieldset holds; null when none, or only half of one, is given.
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
  return level ? { answer, certainty: Number(level.value) } : null;
}

/** @param {HTMLElement} field @param {Answer} answer */
function putBack(field, answer) {
  const isPair = answer !== null && typeof answer === 'object' && !Array.isArray(answer);
  const values = isPair ? [String(answer.answer)] : [answer ?? []].flat();
  for (const input of field.querySelectorAll('input')) {
    const isCertainty = input.name.endsWith('.certainty');
    input.checked = isCertainty ? isPair && input.value === String(answer.certainty) : values.includes(input.value);
  }
}

export class EduQuiz extends HTMLElement {
  #life = new AbortController();
  #isSending = false;
  #failures = 0;
  #isClosed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {AnswerQueue | null} */ #queue = null;

  connectedCallback() {
    const url = this.dataset.saveUrl;
    if (!url) return;
    const queue = new AnswerQueue(localStorage, url);
    this.#queue = queue;
    for (const field of this.#fields) {
      const missing = queue.meet(field.dataset.item ?? '', Number(field.dataset.rev));
      if (missing) putBack(field, missing.response);
    }
    const { signal } = this.#life;
    this.addEventListener('change', (event) => this.#changed(event), { signal });
    addEventListener('online', () => this.#soon(0), { signal });
    addEventListener('pagehide', () => this.#leave(url), { signal });
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
    this.#tell('saving');
    this.#soon(SETTLE_MS);
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
      else if (!answer.ok) throw new Error(`saving answered ${answer.status}`);
      else this.#saved((await answer.json()).saved ?? []);
    } catch {
      this.#failures += 1;
      this.#tell('kept');
      this.#soon(Math.min(LONGEST_WAIT_MS, 1000 * 2 ** this.#failures));
    } finally {
      this.#isSending = false;
    }
  }

  /** @param {{ item: string, rev: number }[]} saved */
  #saved(saved) {
    this.#failures = 0;
    this.#queue?.acknowledge(saved);
    if (this.#queue?.waiting.length) this.#soon(SETTLE_MS);
    else this.#tell('saved');
  }

  #close() {
    this.#isClosed = true;
    this.#tell('closed');
  }

  /** The last word before the page goes; what does not arrive is still kept here. @param {string} url */
  #leave(url) {
    if (this.#queue?.waiting.length && !this.#isClosed) this.#put(url, true).catch(() => undefined);
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
