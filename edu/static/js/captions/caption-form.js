// The caption that is worked on: its words, speaker and times as fields, how it reads, and what is wrong with it.

import { rateOf } from './caption-row.js';
import { parted, reading, toCueText, toTyped, voiced } from './caption-text.js';
import { readTime } from '../film/film-lines.js';
import { writeTime } from '../player/media-time.js';
import { part, words } from '../wording.js';

/** @typedef {import('./caption-store.js').Cue} Cue */
/** @typedef {import('./caption-store.js').CaptionStore} CaptionStore */

const STEP_MS = 100;

export class CaptionForm {
  #host;
  #store;
  #edited;
  key = '';

  /**
   * @param {HTMLElement} host
   * @param {CaptionStore} store
   * @param {(cue: Cue, how: { label: string, join: string }) => void} edited
   * @param {AbortSignal} signal
   */
  constructor(host, store, edited, signal) {
    this.#host = host;
    this.#store = store;
    this.#edited = edited;
    this.words.addEventListener('input', () => this.#typed('words'), { signal });
    this.#field('speaker').addEventListener('input', () => this.#typed('speaker'), { signal });
    for (const name of /** @type {const} */ (['start', 'end'])) {
      const field = this.#field(name);
      field.addEventListener('change', () => this.#timed(name, readTime(field.value.trim())), { signal });
      field.addEventListener('keydown', (event) => this.#nudged(name, event), { signal });
    }
    for (const field of this.#fields) field.addEventListener('blur', () => this.#store.seal(), { signal });
  }

  /** @param {string} name @returns {HTMLInputElement} */
  #field(name) {
    return /** @type {HTMLInputElement} */ (part(this.#host, name));
  }

  get words() { return /** @type {HTMLTextAreaElement} */ (part(this.#host, 'words')); }
  get #fields() { return [this.words, ...['speaker', 'start', 'end'].map((name) => this.#field(name))]; }
  get cue() { return this.#store.cue(this.key); }

  /** @param {string} key */
  show(key) {
    this.key = key;
    for (const field of this.#fields) field.removeAttribute('aria-invalid');
    this.draw();
  }

  /** Writes what the store says; a field that says the same already is left as it is being typed in. */
  draw() {
    const { cue } = this;
    for (const field of this.#fields) field.disabled = !cue;
    const { speaker, words: text } = parted(cue?.text ?? '');
    if (toCueText(this.words.value) !== text) this.words.value = toTyped(text);
    this.#put('speaker', speaker, (typed) => parted(voiced(typed, '')).speaker === speaker || typed.trim() === speaker);
    this.#put('start', cue ? writeTime(cue.start) : '', (typed) => readTime(typed) === cue?.start);
    this.#put('end', cue ? writeTime(cue.end) : '', (typed) => readTime(typed) === cue?.end);
    this.drawFacts();
  }

  /** @param {string} name @param {string} text @param {(typed: string) => boolean} isSame */
  #put(name, text, isSame) {
    const field = this.#field(name);
    if (!isSame(field.value)) field.value = text;
  }

  drawFacts() {
    const { cue } = this;
    const [title, facts, list] = ['number', 'facts', 'cue-problems'].map((name) => part(this.#host, name));
    const n = this.#store.indexOf(this.key) + 1;
    if (title) title.textContent = cue ? words(this.#host, 'number', { n, count: this.#store.size }) : words(this.#host, 'none');
    if (facts) facts.textContent = cue ? this.#facts(cue) : '';
    const problems = this.#store.problemsOf(this.key);
    const told = problems.map(({ message }) => message).join('\n');
    if (!list || list.dataset.told === `${this.key} ${told}`) return;
    list.dataset.told = `${this.key} ${told}`;
    list.replaceChildren(...problems.map(({ severity, message, fixable }) => {
      const item = document.createElement('li');
      item.dataset.severity = severity;
      item.textContent = message;
      item.toggleAttribute('data-fixable', fixable);
      return item;
    }));
    const mend = /** @type {HTMLButtonElement | null} */ (part(this.#host, 'mend'));
    if (mend) mend.hidden = !problems.some(({ fixable }) => fixable);
  }

  /** @param {Cue} cue */
  #facts(cue) {
    const { lines, longest } = reading(cue.text);
    const seconds = (Math.max(0, cue.end - cue.start) / 1000).toFixed(1);
    return words(this.#host, 'facts', { seconds, rate: rateOf(cue), lines, longest });
  }

  /** @param {'words' | 'speaker'} field */
  #typed(field) {
    const { cue } = this;
    if (!cue) return;
    const text = voiced(this.#field('speaker').value, toCueText(this.words.value));
    this.#edited({ ...cue, text }, { label: 'text', join: `${field}:${this.key}` });
  }

  /** @param {'start' | 'end'} name @param {number} ms @param {string} [join] */
  #timed(name, ms, join = '') {
    const { cue } = this;
    if (!cue) return;
    const changed = { ...cue, [name]: ms };
    const isBad = !Number.isFinite(ms) || changed.start >= changed.end;
    this.#field(name).setAttribute('aria-invalid', String(isBad));
    const fault = part(this.#host, 'time-fault');
    if (fault) fault.textContent = isBad ? words(this.#host, Number.isFinite(ms) ? 'backwards' : 'untimed') : '';
    if (!isBad) this.#edited(changed, { label: 'time', join });
  }

  /** @param {'start' | 'end'} name @param {KeyboardEvent} event */
  #nudged(name, event) {
    const way = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (!way || !this.cue || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#timed(name, Math.max(0, this.cue[name] + way * (event.shiftKey ? STEP_MS / 10 : STEP_MS)), `nudge-${name}:${this.key}`);
  }
}
