// <edu-kept>: the list of what is kept on this device, also where there is no network. It stands on /offline, and that
// page stands in for those that could not be had.

import { AWAY, Full, day, keptLessons, lack, megabytes, remove } from './shelf.js';
import { isClosed } from './closed.js';
import { part, words } from '../wording.js';

/** @typedef {import('./shelf.js').Kept} Kept */

export class EduKept extends HTMLElement {
  connectedCallback() {
    const away = part(document, 'away');
    if (away) away.hidden = location.pathname === AWAY;
    const why = lack(window);
    if (why) this.#say(words(this, why));
    else void this.#draw();
    this.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      const row = /** @type {HTMLElement | null | undefined} */ (button?.closest('li'));
      if (button?.dataset.do === 'remove') void this.#remove(row?.dataset.path ?? '');
      if (button?.dataset.do === 'refresh') void this.#refresh(row?.dataset.path ?? '');
    });
    for (const name of ['online', 'offline']) addEventListener(name, () => void this.#draw());
  }

  async #draw() {
    const list = part(this, 'list');
    const template = this.querySelector('template');
    if (navigator.onLine) await dropClosed();
    const kept = await keptLessons();
    if (!list || !template) return;
    list.replaceChildren(...kept.map((one) => this.#row(one, template)));
    const none = part(this, 'none');
    if (none) none.hidden = kept.length > 0;
    const isPromised = await navigator.storage?.persisted?.();
    const promise = part(this, 'promise');
    if (promise) promise.textContent = kept.length === 0 ? '' : words(this, isPromised ? 'promised' : 'may-go');
  }

  /** @param {Kept} kept @param {HTMLTemplateElement} template */
  #row(kept, template) {
    const row = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const item = /** @type {HTMLElement} */ (row.querySelector('li'));
    item.dataset.path = kept.path;
    const link = /** @type {HTMLAnchorElement} */ (row.querySelector('a'));
    Object.assign(link, { href: kept.path, textContent: kept.title });
    const about = part(row, 'about');
    if (about) about.textContent = kept.isWhole ? words(this, 'about', { mb: megabytes(kept.bytes), day: day(new Date(kept.keptAt)) }) : words(this, 'half');
    const refresh = /** @type {HTMLButtonElement} */ (row.querySelector('[data-do="refresh"]'));
    refresh.disabled = !navigator.onLine;
    for (const button of row.querySelectorAll('button')) button.setAttribute('aria-label', `${button.textContent}: ${kept.title}`);
    return item;
  }

  /** @param {string} path */
  async #remove(path) {
    await remove(path);
    await this.#draw();
    this.#say(words(this, 'removed'));
    document.querySelector('h1')?.focus();
  }

  /** @param {string} path */
  async #refresh(path) {
    const { keepLesson } = await import('./keeping.js');
    const old = (await keptLessons()).find((one) => one.path === path);
    const row = /** @type {HTMLElement[]} */ ([...this.querySelectorAll('li')]).find(({ dataset }) => dataset.path === path);
    const about = row && part(row, 'about');
    const sentences = { quiz: words(this, 'quiz'), mark: words(this, 'mark', { day: day(new Date()) }) };
    const tell = (/** @type {number} */ loaded, /** @type {number} */ all) => {
      if (about) about.textContent = words(this, 'so-far', { loaded: megabytes(loaded), all: megabytes(all) });
    };
    try {
      await keepLesson(path, old?.height ?? null, sentences, { signal: new AbortController().signal, tell });
      this.#say(words(this, 'refreshed'));
    } catch (error) {
      this.#say(words(this, error instanceof Full ? 'full' : 'failed'));
    }
    await this.#draw();
  }

  /** @param {string} sentence */
  #say(sentence) {
    const line = part(this, 'said');
    if (line) line.textContent = sentence;
  }
}

/** What its reader may not see any more, as a session elsewhere may have decided, is taken away. */
async function dropClosed() {
  for (const kept of await keptLessons()) if (kept.isPrivate && (await isClosed(kept))) await remove(kept.path);
}

customElements.define('edu-kept', EduKept);
