// Find and replace: the panel over the list. Matches are counted and marked in the list while one types.

import { matches, pattern, replaced } from './caption-find.js';
import { part, words } from '../wording.js';

/** @typedef {import('./edu-caption-editor.js').EduCaptionEditor} Room */

export class FindPanel {
  #room;
  #panel;
  /** @type {{ key: string, count: number }[]} */ #found = [];

  /** @param {Room} room @param {AbortSignal} signal */
  constructor(room, signal) {
    this.#room = room;
    this.#panel = /** @type {HTMLElement} */ (part(room, 'find'));
    this.#panel.addEventListener('input', () => this.#look(), { signal });
    this.#panel.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    this.#panel.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('[data-find]') : null;
      if (button) this.#act(button.getAttribute('data-find') ?? '');
    }, { signal });
    room.store.addEventListener('change', () => { if (this.isOpen) this.#tellSoon(); });
  }

  get isOpen() { return !this.#panel.hidden; }

  /** @param {string} name */
  #field(name) { return /** @type {HTMLInputElement} */ (part(this.#panel, name)); }

  get #sought() {
    return this.isOpen
      ? pattern({ text: this.#field('sought').value, isCase: this.#field('case').checked, isWord: this.#field('word').checked })
      : null;
  }

  open() {
    this.#panel.hidden = false;
    const field = this.#field('sought');
    field.focus();
    field.select();
    this.#look();
  }

  close() {
    this.#panel.hidden = true;
    this.#look();
    this.#room.list.focus();
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  #tellSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#count(true), 300);
  }

  #look() {
    this.#room.list.look.sought = this.#sought;
    this.#room.list.updateSeen();
    this.#count();
  }

  /** @returns {Generator<readonly [string, import('./caption-store.js').Cue]>} */
  *#cues() {
    const { store } = this.#room;
    for (const key of store.keys) {
      const cue = store.cue(key);
      if (cue) yield [key, cue];
    }
  }

  /** @param {boolean} [isAfter]  nothing may be left then */
  #count(isAfter = false) {
    const sought = this.#sought;
    this.#found = sought ? matches(this.#cues(), sought) : [];
    const told = part(this.#panel, 'count');
    const n = this.#found.reduce((sum, { count }) => sum + count, 0);
    const nothing = sought && !isAfter ? words(this.#room, 'nothing-found') : '';
    if (told) told.textContent = n ? words(this.#room, 'found', { n, cues: this.#found.length }) : nothing;
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement) || event.target.type === 'checkbox') return;
    event.preventDefault();
    this.#act(event.target === this.#field('instead') ? 'replace' : event.shiftKey ? 'previous' : 'next');
  }

  /** @param {string} what */
  #act(what) {
    if (what === 'close') return this.close();
    this.#count();
    const sought = this.#sought;
    if (!sought) return this.#field('sought').focus();
    if (this.#found.length === 0) return undefined;
    if (what === 'all') return this.#replaceAll(sought);
    if (what === 'replace') return this.#replaceOne(sought);
    return this.#go(what === 'previous' ? -1 : 1);
  }

  /** @param {1 | -1} way */
  #go(way) {
    const { store, list } = this.#room;
    const at = store.indexOf(list.selected);
    const ahead = this.#found.map(({ key }) => ({ key, place: store.indexOf(key) }));
    const next = way === 1 ? ahead.find(({ place }) => place > at) ?? ahead[0] : ahead.filter(({ place }) => place < at).at(-1) ?? ahead.at(-1);
    if (!next) return;
    this.#room.select(next.key);
    this.#room.say('at-match', { n: next.place + 1, text: store.cue(next.key)?.text ?? '' });
  }

  /** The first match of the selected caption, else it goes to the next one. @param {RegExp} sought */
  #replaceOne(sought) {
    const { store, list } = this.#room;
    const cue = store.cue(list.selected);
    if (!cue || !this.#found.some(({ key }) => key === list.selected)) return this.#go(1);
    store.edit([{ key: list.selected, cue: replaced(cue, sought, this.#field('instead').value, true) }], { label: 'replace' });
    this.#room.say('replaced', { n: 1 });
    this.#count(true);
    if (!this.#found.some(({ key }) => key === list.selected)) this.#go(1);
  }

  /** @param {RegExp} sought */
  #replaceAll(sought) {
    const n = this.#found.reduce((sum, { count }) => sum + count, 0);
    const changes = this.#found.flatMap(({ key }) => {
      const cue = this.#room.store.cue(key);
      return cue ? [{ key, cue: replaced(cue, sought, this.#field('instead').value) }] : [];
    });
    this.#room.store.edit(changes, { label: 'replace' });
    this.#room.say('replaced', { n });
    this.#count(true);
  }
}
