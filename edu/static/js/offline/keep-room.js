// What <edu-keep> does once it is wanted: keeps the lesson of its page on the device, says how far it is, takes it away again.

import { Full, day, keptLesson, lack, megabytes, remove } from './shelf.js';
import { part, words } from '../wording.js';

/** @typedef {import('./shelf.js').Kept} Kept */

export class KeepRoom {
  #host;
  /** @type {AbortController | null} */ #loading = null;
  /** @type {Kept | null} */ #kept = null;
  #asked = false;

  /** @param {HTMLElement} host  the element with its parts and words */
  constructor(host) {
    this.#host = host;
  }

  /** Shows what is here of the lesson, and listens to the buttons. */
  async open() {
    const why = lack(window);
    if (why) {
      this.#refuse(why);
      return;
    }
    this.#host.addEventListener('click', ({ target }) => {
      const act = target instanceof Element ? target.closest('button[data-do]')?.getAttribute('data-do') : null;
      if (act === 'keep') void this.#keep();
      else if (act === 'stop') this.#loading?.abort();
      else if (act === 'remove') void this.#remove();
    });
    await this.#look().catch(() => this.#refuse('old')); // a private window may forbid it
    const details = this.#host.querySelector('details');
    details?.addEventListener('toggle', () => void this.#askSizes());
    if (details?.open) await this.#askSizes();
  }

  leave() {
    this.#loading?.abort();
  }

  get #path() {
    return this.#host.dataset.path ?? '';
  }

  async #look() {
    this.#kept = await keptLesson(this.#path);
    this.#show(!this.#kept ? 'none' : this.#kept.isWhole ? 'kept' : 'half');
    if (this.#kept) this.#say(this.#kept.isWhole ? this.#about(this.#kept) : words(this.#host, 'half'));
  }

  /** @param {'insecure' | 'old'} why */
  #refuse(why) {
    this.#show('unable');
    this.#say(words(this.#host, why));
  }

  /** @param {Kept} kept */
  #about({ bytes, keptAt }) {
    return words(this.#host, 'kept', { mb: megabytes(bytes), day: day(new Date(keptAt)) });
  }

  /** The sizes of the film with their megabytes: asked for when somebody wants to know. */
  async #askSizes() {
    const box = part(this.#host, 'sizes');
    if (this.#asked || !box || this.#host.getAttribute('state') === 'kept') return;
    this.#asked = true;
    const [{ films }, { sizeOf }] = await Promise.all([import('./collect.js'), import('./keeping.js')]);
    const sizes = films(document);
    const known = await Promise.all(sizes.map(({ url }) => sizeOf(url).catch(() => 0)));
    const template = this.#host.querySelector('template');
    for (const [index, { height }] of sizes.entries()) {
      const row = /** @type {DocumentFragment | undefined} */ (template?.content.cloneNode(true));
      const input = row?.querySelector('input');
      const label = row && part(row, 'size');
      if (!row || !input || !label) return;
      Object.assign(input, { value: String(height), checked: index === sizes.length - 1 });
      const name = height > 0 ? `${height}p` : words(this.#host, 'film');
      label.textContent = known[index] ? `${name} · ${words(this.#host, 'mb', { mb: megabytes(known[index]) })}` : name;
      box.append(row);
    }
    box.hidden = sizes.length === 0;
  }

  async #keep() {
    if (!this.#kept) await this.#askSizes();
    const chosen = /** @type {HTMLInputElement | null} */ (this.#host.querySelector('input[type="radio"]:checked'));
    const height = this.#kept ? this.#kept.height : chosen && Number(chosen.value);
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    this.#show('loading');
    this.#say(words(this.#host, 'loading'));
    try {
      const { keepLesson } = await import('./keeping.js');
      const sentences = { quiz: words(this.#host, 'quiz'), mark: words(this.#host, 'mark', { day: day(new Date()) }) };
      await keepLesson(this.#path, height, sentences, { signal, tell: (loaded, all) => this.#tell(loaded, all) });
      await this.#look();
    } catch (error) {
      await this.#look();
      this.#say(words(this.#host, error instanceof Full ? 'full' : signal.aborted ? 'stopped' : 'failed'));
    }
    this.#loading = null;
    this.#focus();
  }

  async #remove() {
    await remove(this.#path);
    await this.#look();
    this.#say(words(this.#host, 'removed'));
    this.#focus();
  }

  /** The button that was pressed may be gone. */
  #focus() {
    if (document.activeElement !== document.body && !this.#host.contains(document.activeElement)) return;
    /** @type {HTMLElement | null} */ (this.#host.querySelector('button[data-do]:not([hidden])'))?.focus();
  }

  /** @param {number} loaded @param {number} all  bytes */
  #tell(loaded, all) {
    const bar = /** @type {HTMLProgressElement | null} */ (part(this.#host, 'bar'));
    const line = part(this.#host, 'so-far');
    if (bar) bar.value = all > 0 ? loaded / all : 0;
    if (line) line.textContent = words(this.#host, 'so-far', { loaded: megabytes(loaded), all: megabytes(all) });
  }

  /** @param {string} state */
  #show(state) {
    this.#host.setAttribute('state', state);
    for (const one of this.#host.querySelectorAll('[data-in]')) {
      /** @type {HTMLElement} */ (one).hidden = !(one.getAttribute('data-in') ?? '').split(' ').includes(state);
    }
  }

  /** @param {string} sentence */
  #say(sentence) {
    const line = part(this.#host, 'said');
    if (line) line.textContent = sentence;
  }
}
