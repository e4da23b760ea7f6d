// <edu-question-editor data-preview-url data-focus>: keeps advice and preview beside a question's form fresh, and changes rows in place.
//
// Every button of the form works without it: it posts, and the page comes back changed. Here the same answer is
// fetched, and the fields and what stands beside them are taken from it.

import { FormInPlace } from './form-in-place.js';
import { said } from './question-rows.js';
import { part, words } from '../wording.js';

const PAUSE = 700; // ms after the last key
const AGAIN = 3000;
const KEEPS_PLACES = /^(?:add:|preview$)/; // a row keeps its number, so that what is typed meanwhile has a place
const IN_PLACE = /^(?:add|remove|up|down):|^preview$/;

export class EduQuestionEditor extends HTMLElement {
  #place = new FormInPlace(this, 'question-form', IN_PLACE, (act) => void this.#post(act));

  connectedCallback() {
    const signal = this.#place.begin();
    this.addEventListener('input', (event) => this.#typed(event), { signal });
    this.addEventListener('change', (event) => this.#chosen(event), { signal });
    if (this.dataset.focus) this.#focus(this.dataset.focus);
    this.setAttribute('ready', '');
  }

  disconnectedCallback() {
    this.#place.end();
  }

  /** @param {Event} event */
  #typed(event) {
    const row = /** @type {Element} */ (event.target).closest('.row[data-row^="options-"]');
    if (row) this.#offer(row);
    this.#changed();
  }

  /** Another picture has other fields under it. @param {Event} event */
  #chosen(event) {
    this.#changed();
    if (/** @type {HTMLSelectElement} */ (event.target).name === 'picture') void this.#post('preview', 'picture');
  }

  /** What an option says is what it is called where it can be chosen as an answer. @param {Element} row */
  #offer(row) {
    const [value, text] = [said(row, 'id'), said(row, 'text').trim()];
    for (const select of /** @type {NodeListOf<HTMLSelectElement>} */ (this.querySelectorAll('select[name^="prompts-"][name$="-key"]'))) {
      const option = [...select.options].find((each) => each.value === value);
      if (option) option.textContent = text;
      else if (text && value) select.add(new Option(text, value));
    }
  }

  #changed() {
    this.#place.isChanged = true;
    this.#place.later(() => void this.#refresh(), PAUSE);
  }

  /** Ask what the form would make now. */
  async #refresh() {
    const fields = this.#fields();
    if (!fields || !this.dataset.previewUrl) return;
    const counts = this.#place.ask();
    try {
      const answer = await fetch(this.dataset.previewUrl, { method: 'POST', body: fields, headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { html } = await answer.json();
      if (!counts()) return;
      const aside = part(this, 'aside');
      const made = new DOMParser().parseFromString(html, 'text/html');
      if (aside && !aside.contains(document.activeElement)) aside.replaceChildren(...made.body.childNodes);
      this.#place.say('');
    } catch (error) {
      if (!counts()) return;
      this.#place.say(words(this, 'failed'));
      const isRefused = error instanceof Error && /^4\d\d$/.test(error.message);
      if (!isRefused) this.#place.later(() => void this.#refresh(), AGAIN); // the network or a busy site comes back
    }
  }

  /** What would be posted, without files: they are sent only when somebody asks for it. */
  #fields() {
    const { form } = this.#place;
    if (!form) return null;
    const fields = new FormData(form);
    fields.delete('picture_file');
    return fields;
  }

  /** Do what a button says, without leaving the page. @param {string} act @param {string} [focus]  in place of the answer's own */
  async #post(act, focus) {
    const fields = this.#fields();
    const editor = fields && await this.#place.post(act, fields);
    if (!editor) return;
    const typed = KEEPS_PLACES.test(act) ? this.#typedSince(fields) : [];
    for (const name of ['fields', 'aside']) this.#place.take(editor, name);
    for (const [name, value] of typed) this.#put(name, value);
    this.#focus(focus ?? editor.getAttribute('data-focus') ?? '');
    if (act !== 'preview') this.#place.isChanged = true;
  }

  /** What was typed while an answer was on its way, or ticks that were set or taken away. @param {FormData} sent */
  #typedSince(sent) {
    const now = this.#fields() ?? new FormData();
    const names = new Set([...now.keys(), ...sent.keys()]);
    return [...names].filter((name) => name !== 'act' && now.get(name) !== sent.get(name)).map((name) => /** @type {const} */ ([name, now.get(name)]));
  }

  /** @param {string} name @param {FormDataEntryValue | null} value */
  #put(name, value) {
    const field = this.#place.form?.elements.namedItem(name);
    if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = value !== null;
    else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) field.value = String(value ?? '');
  }

  /** @param {string} name  of a row, or 'aside' */
  #focus(name) {
    const place = name === 'aside' ? part(this, 'aside') : document.getElementById(`row-${name}`) ?? document.getElementById(`field-${name}`);
    const field = place?.querySelector('.row-fields :is(input, textarea, select)');
    /** @type {HTMLElement | null | undefined} */ (field ?? place)?.focus();
  }
}

customElements.define('edu-question-editor', EduQuestionEditor);
