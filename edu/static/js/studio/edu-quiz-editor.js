// <edu-quiz-editor data-focus>: changes the places of a quiz, its bank and its advice in place.
//
// Every button of the form works without it: it posts, and the page comes back changed. Here the same answer is
// fetched, and the parts that the form's buttons change are taken from it.

import { part, words } from '../wording.js';

const PAUSE = 500; // ms after the last key
const IN_PLACE = /^(?:up|down|remove):|^(?:pool|add|find|preview)$/;
const PARTS = ['places', 'found', 'aside'];

export class EduQuizEditor extends HTMLElement {
  #life = new AbortController();
  #timer = 0;
  #asked = 0;
  #isChanged = false;

  connectedCallback() {
    const { signal } = this.#life;
    this.addEventListener('input', (event) => this.#changed(event), { signal });
    this.addEventListener('change', (event) => this.#changed(event), { signal });
    this.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    this.addEventListener('submit', (event) => void this.#submitted(event), { signal });
    addEventListener('beforeunload', (event) => { if (this.#isChanged) event.preventDefault(); }, { signal });
    if (this.dataset.focus) this.#focus(this.dataset.focus);
    this.setAttribute('ready', '');
  }

  disconnectedCallback() {
    this.#life.abort();
    clearTimeout(this.#timer);
  }

  get form() { return /** @type {HTMLFormElement | null} */ (this.querySelector('#quiz-form')); }

  /** A filter looks anew; a video or a step changes the places; anything else only what stands beside. @param {Event} event */
  #changed(event) {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.name === 'pick') return;
    const isFilter = field.name.startsWith('find_');
    if (!isFilter) this.#isChanged = true;
    const isChoice = field.name === 'video' || field.name.endsWith('-step');
    if (isChoice && event.type !== 'change') return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
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
    clearTimeout(this.#timer);
    void this.#post('find', ['results']);
  }

  #supplies() {
    return [...this.querySelectorAll('[data-part^="supply-"]')].map((each) => each.getAttribute('data-part') ?? '');
  }

  /** @param {SubmitEvent} event */
  async #submitted(event) {
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (event.target !== this.form || !button || !IN_PLACE.test(button.value)) {
      this.#isChanged = false;
      return;
    }
    event.preventDefault();
    clearTimeout(this.#timer);
    const editor = await this.#post(button.value, PARTS);
    if (!editor) return;
    if (!['find', 'preview'].includes(button.value)) this.#isChanged = true;
    const name = editor.getAttribute('data-focus') ?? '';
    this.#focus(name, button.value.split(':')[0]);
    this.#tell(name, button.value);
  }

  /**
   * Ask what the form becomes and take the named parts; an answer that a later one overtook is thrown away.
   * @param {string} act
   * @param {string[]} names
   * @param {string} [keep]  the id of the field that keeps the focus
   */
  async #post(act, names, keep = '') {
    if (!this.form) return null;
    const mine = ++this.#asked;
    const fields = new FormData(this.form);
    fields.append('act', act);
    try {
      const answer = await fetch(this.form.action, { method: 'POST', body: fields });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const editor = page.querySelector('edu-quiz-editor');
      if (!editor) throw new Error(String(answer.status));
      if (mine !== this.#asked) return null;
      for (const name of names) this.#take(editor, name);
      if (keep) document.getElementById(keep)?.focus();
      this.#say('');
      return editor;
    } catch {
      if (mine === this.#asked) this.#say(words(this, 'failed'));
      return null;
    }
  }

  /** @param {Element} editor @param {string} name */
  #take(editor, name) {
    const [mine, theirs] = [part(this, name), part(editor, name)];
    if (!mine || !theirs || (name === 'aside' && mine.contains(document.activeElement))) return;
    mine.className = theirs.className;
    mine.replaceChildren(...[...theirs.childNodes].map((node) => document.importNode(node, true)));
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
    this.#say(words(this, 'moved', { n: Number(name.split('-')[1]) + 1, all }));
  }

  /** @param {string} sentence */
  #say(sentence) {
    const state = part(this, 'state');
    if (state) state.textContent = sentence;
  }
}

customElements.define('edu-quiz-editor', EduQuizEditor);
