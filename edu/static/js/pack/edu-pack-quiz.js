// <edu-pack-quiz data-quiz>: a quiz without a server. Answers are kept here, marked where the key is open, and taken along as a file.
//
// Attributes of state: kept (the answers will be here the next time), finished (they were taken along and stay as they are).

import { AnswerStore, fileOf, nameOf, nothing, uidOf } from './answers-file.js';
import { grade, quantityOf } from './grade.js';
import { inline } from './inline.js';
import { isGiven, putBack, saidIn } from '../quiz/answers.js';
import { part, words } from '../wording.js';

/** @typedef {import('../quiz/answers.js').Field} Field */

/** @param {HTMLElement} field @returns {Field[]} */
function fieldsOf(field) {
  return /** @type {any} */ ([...field.querySelectorAll('input[name], select[name]')]);
}

/** Some browsers forbid storage to files. */
function storage() {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

export class EduPackQuiz extends HTMLElement {
  #life = new AbortController();
  #quiz = 0;
  /** @type {AnswerStore | null} */ #store = null;
  #kept = nothing();

  connectedCallback() {
    const { signal } = this.#life;
    this.#quiz = Number(this.dataset.quiz);
    this.#store = new AnswerStore(storage(), `edu.pack.${inline.pack}.${this.#quiz}`);
    this.#kept = this.#store.load();
    for (const check of this.querySelectorAll('.pack-check')) check.previousElementSibling?.append(check); // into its question
    for (const field of this.#fields) this.#show(field);
    this.addEventListener('change', (event) => this.#changed(event.target), { signal });
    this.addEventListener('submit', (event) => event.preventDefault(), { signal });
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    this.#draw();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** @returns {HTMLElement[]} */
  get #fields() {
    return [...this.querySelectorAll('fieldset')].filter((field) => 'item' in field.dataset);
  }

  /** @param {HTMLElement} field */
  #show(field) {
    const { item = '', kind = '' } = field.dataset;
    const said = this.#kept.answers[item];
    if (said) {
      field.dispatchEvent(new CustomEvent('edu-show-answer', { detail: { response: said.response } }));
      putBack(kind, item, fieldsOf(field), /** @type {any} */ (said.response), said.certainty);
      field.dispatchEvent(new CustomEvent('edu-shown'));
    }
    if (this.#kept.checked.includes(item)) this.#explain(field);
  }

  /** @param {EventTarget | null} target */
  #changed(target) {
    const field = target instanceof Element ? target.closest('fieldset[data-item]') : null;
    if (!(field instanceof HTMLElement) || this.#kept.finished) return;
    const { item = '', kind = '' } = field.dataset;
    const { response, certainty } = saidIn(kind, item, fieldsOf(field));
    const isNumber = kind !== 'numeric' || response === null || quantityOf(String(response), '', {}) !== undefined;
    this.#complain(field, response === undefined ? words(field, 'unread') : isNumber ? '' : words(this, 'no-number'));
    if (response === undefined) return;
    if (!this.#kept.uid) {
      this.#kept.uid = uidOf(crypto.getRandomValues(new Uint8Array(16)));
      this.#kept.begun = new Date().toISOString();
    }
    this.#kept.answers[item] = { response, certainty };
    this.#draw();
  }

  /** @param {HTMLElement} field @param {string} sentence */
  #complain(field, sentence) {
    const line = part(field, 'error');
    if (line && line.textContent !== sentence) line.textContent = sentence;
    for (const input of field.querySelectorAll('input[type="text"]')) input.toggleAttribute('aria-invalid', sentence !== '');
  }

  /** @param {MouseEvent} event */
  #clicked({ target }) {
    const button = target instanceof Element ? target.closest('button') : null;
    if (button?.dataset.check) this.#check(button.dataset.check);
    else if (button?.dataset.part === 'take') this.#take();
    else if (button?.dataset.part === 'again') this.#again();
    else if (button?.dataset.part === 'copy') void this.#copy();
  }

  /** @param {string} item */
  #check(item) {
    const field = this.#fields.find(({ dataset }) => dataset.item === item);
    const said = this.#kept.answers[item];
    if (!field || (part(field, 'error')?.textContent ?? '') !== '') return;
    if (!said || !isGiven(/** @type {any} */ (said.response))) {
      this.#complain(field, words(this, 'first'));
      return;
    }
    this.#kept.checked = [...this.#kept.checked, item];
    this.#explain(field);
    part(field, 'explained')?.focus();
    this.#draw();
  }

  /** Marks the answer and says why; it stays as it is from then on. @param {HTMLElement} field */
  #explain(field) {
    const { item = '' } = field.dataset;
    const key = inline.keys[item];
    const said = this.#kept.answers[item];
    const template = this.querySelector(`template[data-explains="${item}"]`);
    const mark = key && said ? grade(key, said.response, said.certainty, inline.units) : null;
    if (!mark || !(template instanceof HTMLTemplateElement)) return;
    const outcome = mark.fraction >= 1 - 1e-9 ? 'right' : mark.fraction > 0 ? 'partly' : 'wrong';
    const drawn = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    for (const one of drawn.querySelectorAll('[data-when]')) if (one.getAttribute('data-when') !== outcome) one.remove();
    for (const one of drawn.querySelectorAll('[data-about]')) if (!mark.about.includes(one.getAttribute('data-about') ?? '')) one.remove();
    const sure = part(drawn, 'certainty');
    if (sure && mark.certaintyMark === null) sure.remove();
    else if (sure) sure.textContent = words(sure, 'mark', { mark: String(mark.certaintyMark).replace('-', '−') });
    field.classList.add(`question-${outcome}`);
    field.querySelector('.pack-check')?.remove();
    field.append(drawn);
    this.#lock(field);
  }

  /** @param {HTMLElement} field */
  #lock(field) {
    for (const input of field.querySelectorAll('input, select, button:not([data-keeps])')) input.setAttribute('disabled', '');
  }

  #take() {
    const wrong = this.#fields.find((field) => (part(field, 'error')?.textContent ?? '') !== '');
    if (wrong || !this.#kept.uid) {
      this.#say(wrong ? 'faulty' : 'empty');
      wrong?.focus();
      return;
    }
    this.#kept.finished ||= new Date().toISOString();
    this.#draw();
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([this.#text], { type: 'application/json' }));
    link.download = nameOf(inline.lesson, this.#kept.finished);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    this.#say('taken', { name: link.download });
    part(this, 'home')?.focus();
  }

  get #text() {
    return fileOf(inline.pack, this.#quiz, this.#kept);
  }

  async #copy() {
    const area = /** @type {HTMLTextAreaElement | null} */ (part(this, 'text'));
    area?.select();
    try {
      await navigator.clipboard.writeText(this.#text);
      this.#say('copied');
    } catch {
      this.#say('selected');
    }
  }

  #again() {
    this.#store?.save(nothing());
    location.reload();
  }

  /** @param {string} name @param {Record<string, string | number>} [values] */
  #say(name, values = {}) {
    const line = part(this, 'told');
    if (line) line.textContent = words(this, name, values);
  }

  #draw() {
    const fields = this.#fields;
    const isKept = this.#store?.save(this.#kept) ?? false;
    const answers = Object.values(this.#kept.answers);
    const isFinished = this.#kept.finished !== '';
    this.toggleAttribute('kept', isKept);
    this.toggleAttribute('finished', isFinished);
    const count = part(this, 'answered');
    const given = answers.filter(({ response }) => isGiven(/** @type {any} */ (response))).length;
    if (count) count.textContent = words(this, 'answered', { count: given, all: fields.length });
    const warning = part(this, 'unkept');
    if (warning) warning.hidden = isKept;
    const home = part(this, 'home');
    if (home) home.hidden = !isFinished;
    if (!isFinished) return;
    for (const field of fields) this.#lock(field);
    const area = /** @type {HTMLTextAreaElement | null} */ (part(this, 'text'));
    if (area) area.value = this.#text;
  }
}

customElements.define('edu-pack-quiz', EduPackQuiz);
