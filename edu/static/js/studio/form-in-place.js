// A form whose buttons work without leaving the page: it is posted as ever, and what changed is taken out of the answer.

import { part, words } from '../wording.js';

/** What the editors of a question and of a quiz share; `host` is their element. It says `failed` where its part `state` stands. */
export class FormInPlace {
  #life = new AbortController();
  #timer = 0;
  #asked = 0;
  /** Something would be lost with the page. */ isChanged = false;

  /**
   * @param {HTMLElement} host
   * @param {string} id  of its form
   * @param {RegExp} inPlace  the buttons that do not leave the page, by their value
   * @param {(act: string) => void} act  what such a button does
   */
  constructor(host, id, inPlace, act) {
    this.host = host;
    this.id = id;
    this.inPlace = inPlace;
    this.act = act;
  }

  get form() { return /** @type {HTMLFormElement | null} */ (this.host.querySelector(`#${this.id}`)); }

  /** Listen, until end(). Gives the signal of that. */
  begin() {
    const { signal } = this.#life;
    this.host.addEventListener('submit', (event) => this.#submitted(event), { signal });
    addEventListener('beforeunload', (event) => { if (this.isChanged) event.preventDefault(); }, { signal });
    return signal;
  }

  /** The element was taken out of the page: nothing that is on its way counts any more. */
  end() {
    this.#life.abort();
    clearTimeout(this.#timer);
  }

  /** @param {SubmitEvent} event */
  #submitted(event) {
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (event.target !== this.form || !button || !this.inPlace.test(button.value)) {
      this.isChanged = false;
      return;
    }
    event.preventDefault();
    this.act(button.value);
  }

  /** Do it after a pause, in place of what waits. @param {() => void} act @param {number} ms */
  later(act, ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, ms);
  }

  /** Something is asked: gives whether its answer still counts, which it does until the next is asked. */
  ask() {
    const mine = ++this.#asked;
    return () => mine === this.#asked && !this.#life.signal.aborted;
  }

  /**
   * The same element as the server writes it after `act`; null without one, or when the answer counts no more.
   * @param {string} act
   * @param {FormData} [fields]
   */
  async post(act, fields) {
    if (!this.form) return null;
    clearTimeout(this.#timer);
    const counts = this.ask();
    fields ??= new FormData(this.form);
    fields.append('act', act);
    try {
      const answer = await fetch(this.form.action, { method: 'POST', body: fields });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const theirs = page.querySelector(this.host.localName);
      if (!theirs) throw new Error(String(answer.status));
      if (!counts()) return null;
      this.say('');
      return theirs;
    } catch {
      if (counts()) this.say(words(this.host, 'failed'));
      return null;
    }
  }

  /** Show a part as it stands in an answer. @param {Element} theirs @param {string} name */
  take(theirs, name) {
    const [old, made] = [part(this.host, name), part(theirs, name)];
    if (!old || !made) return;
    old.className = made.className;
    old.replaceChildren(...[...made.childNodes].map((node) => document.importNode(node, true)));
  }

  /** @param {string} sentence */
  say(sentence) {
    const state = part(this.host, 'state');
    if (state) state.textContent = sentence;
  }
}
