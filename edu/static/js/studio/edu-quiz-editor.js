// <edu-quiz-editor data-focus>: changes the places of a quiz, its bank and its advice in place.
//
// Every button of the form works without it: it posts, and the page comes back changed. Here the same answer is
// fetched, and the parts that the form's buttons change are taken from it.

import { FormInPlace } from './form-in-place.js';
import { part, words } from '../wording.js';

const PAUSE = 500; // ms after the last key
const IN_PLACE = /^(?:up|down|remove):|^(?:pool|add|find|preview)$/;
const PARTS = ['places', 'found', 'aside'];

export class EduQuizEditor extends HTMLElement {
  #place = new FormInPlace(this, 'quiz-form', IN_PLACE, (act) => void this.#act(act));

  connectedCallback() {
    const signal = this.#place.begin();
    this.addEventListener('input', (event) => this.#changed(event), { signal });
    this.addEventListener('change', (event) => this.#changed(event), { signal });
    this.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    if (this.dataset.focus) this.#focus(this.dataset.focus);
    this.setAttribute('ready', '');
  }

  disconnectedCallback() {
    this.#place.end();
  }

  /** A filter looks anew; a video or a step changes the places; anything else only what stands beside. @param {Event} event */
  #changed(event) {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.name === 'pick') return;
    const isFilter = field.name.startsWith('find_');
    if (!isFilter) this.#place.isChanged = true;
    const isChoice = field.name === 'video' || field.name.endsWith('-step');
    if (isChoice && event.type !== 'change') return;
    this.#place.later(() => {
      if (isFilter) void this.#post('find', ['results']);
      else if (isChoice) void this.#post('preview', ['places', 'aside'], field.id);
      else void this.#post('preview', ['aside', ...this.#supplies()]);
    }, isChoice ? 0 : PAUSE);
  }

  /** Enter among the filters looks; it must not press the first button of the form. @param {KeyboardEvent} event */
  #pressed(event) {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (event.key !== 'Enter' || !field.name?.startsWith('find_')) return;
    event.preventDefault();
    void this.#post('find', ['results']);
  }

  #supplies() {
    return [...this.querySelectorAll('[data-part^="supply-"]')].map((each) => each.getAttribute('data-part') ?? '');
  }

  /** Do what a button says. @param {string} act */
  async #act(act) {
    const editor = await this.#post(act, PARTS);
    if (!editor) return;
    if (!['find', 'preview'].includes(act)) this.#place.isChanged = true;
    const name = editor.getAttribute('data-focus') ?? '';
    this.#focus(name, act.split(':')[0]);
    this.#tell(name, act);
  }

  /**
   * Ask what the form becomes and take the named parts; nothing changes under somebody who is in what stands beside.
   * @param {string} act
   * @param {string[]} names
   * @param {string} [keep]  the id of the field that keeps the focus
   */
  async #post(act, names, keep = '') {
    const editor = await this.#place.post(act);
    if (!editor) return null;
    const isBeside = part(this, 'aside')?.contains(document.activeElement);
    for (const name of names) if (name !== 'aside' || !isBeside) this.#place.take(editor, name);
    if (keep) document.getElementById(keep)?.focus();
    return editor;
  }

  /** A row that was moved keeps the button that moved it, as long as it can be moved on. @param {string} name @param {string} [act] */
  #focus(name, act = '') {
    const place = document.getElementById(`field-${name}`);
    const again = act === 'up' || act === 'down' ? place?.querySelector(`button[value^="${act}:"]:not(:disabled)`) : null;
    const field = again ?? (act === 'pool' ? place?.querySelector('input:not([type="hidden"])') : null);
    /** @type {HTMLElement | null | undefined} */ (field ?? place)?.focus();
  }

  /** @param {string} name @param {string} act */
  #tell(name, act) {
    if (!/^(?:up|down):/.test(act)) return;
    const all = this.querySelectorAll('.place').length;
    this.#place.say(words(this, 'moved', { n: Number(name.split('-')[1]) + 1, all }));
  }
}

customElements.define('edu-quiz-editor', EduQuizEditor);
