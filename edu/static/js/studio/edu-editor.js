// <edu-editor data-field data-preview-url data-cites-url data-steps-url>: marks at hand, the preview beside, findings that lead to their line.
//
// Without it the text is a plain field, and "Look at it" shows the preview on a page of its own. Who leaves the page is
// asked first, once anything in the form was changed.

import { Beside } from './editor-beside.js';
import { changed, entered, lineOf, placeOf } from './editor-text.js';
import { part, words } from '../wording.js';

const PAUSE = 500; // ms after the last key
const AGAIN = 3000;
const KEYS = /** @type {Record<string, string>} */ ({ b: 'strong', i: 'emphasis', k: 'link' });

export class EduEditor extends HTMLElement {
  #life = new AbortController();
  #timer = 0;
  #asked = 0;
  #found = ''; // how many findings and hints were told last
  #isChanged = false;
  /** @type {Beside | null} */ #beside = null;

  get #text() { return /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea')); }

  connectedCallback() {
    const { signal } = this.#life;
    const [shown, findings, tools, look] = ['shown', 'findings', 'tools', 'look'].map((name) => part(this, name));
    if (!shown || !findings || !tools) return;
    tools.hidden = false;
    if (look) look.hidden = true;
    this.#beside = new Beside(shown, findings);
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    this.#text.addEventListener('input', () => this.#typed(), { signal });
    this.#text.addEventListener('keydown', (event) => this.#key(event), { signal });
    for (const name of ['click', 'keyup']) this.#text.addEventListener(name, () => this.#follow(), { signal });
    shown.addEventListener('dblclick', (event) => this.#back(event), { signal });
    const form = this.#text.form;
    form?.addEventListener('change', (event) => this.#around(event), { signal });
    form?.addEventListener('input', () => { this.#isChanged = true; }, { signal });
    form?.addEventListener('submit', () => { this.#isChanged = false; }, { signal });
    addEventListener('beforeunload', (event) => { if (this.#isChanged) event.preventDefault(); }, { signal });
    if (this.dataset.previewUrl) void this.#refresh();
    this.setAttribute('ready', '');
  }

  disconnectedCallback() {
    this.#life.abort();
    clearTimeout(this.#timer);
  }

  #typed() {
    this.#later(PAUSE);
  }

  /** For whom it is, in which language and where it stands: that changes what is to be mended. @param {Event} event */
  #around(event) {
    if (/^(?:audience|language|place)$/.test(/** @type {HTMLInputElement} */ (event.target).name)) this.#later(0);
  }

  /** @param {number} ms */
  #later(ms) {
    clearTimeout(this.#timer);
    if (this.dataset.previewUrl) this.#timer = setTimeout(() => void this.#refresh(), ms);
  }

  async #refresh() {
    const form = this.#text.form;
    if (!form) return;
    const mine = ++this.#asked;
    const fields = new FormData();
    for (const [name, value] of new FormData(form)) {
      if (/^(?:csrf_token|audience|language|place|look_course|look_kind)$/.test(name)) fields.append(name, value);
    }
    const field = this.dataset.field ?? 'body';
    fields.set('look', field);
    fields.set(field, this.#text.value);
    try {
      const answer = await fetch(this.dataset.previewUrl ?? '', { method: 'POST', body: fields, headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { html } = await answer.json();
      if (mine === this.#asked && !this.#life.signal.aborted) this.#show(html);
    } catch (error) {
      if (mine !== this.#asked || this.#life.signal.aborted) return;
      this.#say(words(this, 'failed'));
      this.#found = '';
      const isRefused = error instanceof Error && /^4\d\d$/.test(error.message);
      if (!isRefused) this.#later(AGAIN); // the network or a busy site comes back
    }
  }

  /** @param {string} html */
  #show(html) {
    const { count, hints } = this.#beside?.take(html) ?? { count: 0, hints: 0 };
    const [wording, found] = [hints ? (count ? 'both' : 'hints') : count ? 'found' : 'nothing', `${count} ${hints}`];
    if (found !== this.#found) this.#say(words(this, wording, { count, hints }));
    this.#found = found;
    this.#follow();
  }

  #follow() {
    this.#beside?.follow(lineOf(this.#text.value, this.#text.selectionStart));
  }

  /** @param {Event} event */
  #clicked(event) {
    const button = /** @type {Element} */ (event.target).closest('button[data-do]');
    if (!(button instanceof HTMLButtonElement)) return;
    const { do: act = '', value = '' } = button.dataset;
    if (act === 'line') this.goTo(Number(value));
    else if (act === 'find') void this.#find(value);
    else if (act === 'close') /** @type {HTMLDialogElement} */ (part(this, 'find')).close();
    else this.put(act, value);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { value, selectionStart: at, selectionEnd: end } = this.#text;
    const act = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey ? KEYS[event.key.toLowerCase()] : undefined;
    if (act) {
      event.preventDefault();
      this.put(act, '');
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && at === end) {
      const change = entered(value, at);
      if (!change) return;
      event.preventDefault();
      this.#write(change);
    }
  }

  /** Do to the text what a button says. @param {string} act @param {string} value */
  put(act, value) {
    const { value: text, selectionStart: start, selectionEnd: end } = this.#text;
    const standIn = Object.fromEntries(['strong', 'emphasis', 'heading', 'item', 'link', 'box'].map((name) => [name, words(this, name)]));
    const change = changed(act, value, text, start, end, standIn);
    for (const menu of this.querySelectorAll('details[open]')) /** @type {HTMLDetailsElement} */ (menu).open = false;
    if (change) this.#write(change);
  }

  /** @param {import('./editor-text.js').Change} change */
  #write({ from, to, put, start, end }) {
    const text = this.#text;
    text.focus();
    text.setSelectionRange(from, to);
    // the browser's own way of typing keeps what can be undone; where it is gone, the text is set
    const isTyped = put ? document.execCommand('insertText', false, put) : document.execCommand('delete');
    if (!isTyped) {
      text.setRangeText(put, from, to, 'end');
      text.dispatchEvent(new Event('input', { bubbles: true }));
    }
    text.setSelectionRange(start, end);
  }

  /** Select a line of the text and bring it into view. @param {number} line  from 1 */
  goTo(line) {
    const [start, end] = placeOf(this.#text.value, line);
    const text = this.#text;
    text.focus();
    text.setSelectionRange(start, end);
    const height = parseFloat(getComputedStyle(text).lineHeight) || 24;
    text.scrollTop = Math.max(0, (line - 4) * height);
    this.#beside?.follow(line);
  }

  /** @param {MouseEvent} event */
  #back(event) {
    const line = this.#beside?.lineOf(/** @type {Element} */ (event.target));
    if (line) this.goTo(line);
  }

  /** @param {string} what  cite or step */
  async #find(what) {
    const { find } = await import('./editor-find.js');
    const url = what === 'step' ? this.dataset.stepsUrl : this.dataset.citesUrl;
    const value = await find(this, what, url ?? '', this.#where());
    this.#text.focus();
    if (value) this.put(what, value);
  }

  /** Whose works the text may cite: those of the place that is chosen, else of the course of its library. @returns {Record<string, string>} */
  #where() {
    const place = /** @type {HTMLSelectElement | null} */ (this.#text.form?.querySelector('[name="place"]') ?? null);
    if (place) return { place: place.value };
    return { course: /** @type {HTMLInputElement | null} */ (this.querySelector('[name="look_course"]'))?.value ?? '' };
  }

  /** @param {string} sentence */
  #say(sentence) {
    const state = part(this, 'state');
    if (state) state.textContent = sentence;
  }
}

customElements.define('edu-editor', EduEditor);
