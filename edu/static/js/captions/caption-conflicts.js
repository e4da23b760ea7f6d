// Captions that two people changed: both are shown side by side, and the reader says whose stays. And what an old page left behind.

import { shortTime } from './caption-row.js';
import { plain } from './caption-text.js';
import { part, words } from '../wording.js';

/** @typedef {import('./edu-caption-editor.js').EduCaptionEditor} Room */
/** @typedef {import('./caption-store.js').Cue} Cue */
/** @typedef {import('./caption-sync.js').Kept} Kept */

export class ConflictPanel {
  #room;
  #panel;
  #leftPanel;
  /** @type {Kept[]} */ #left = [];
  #drawn = '';

  /** @param {Room} room @param {AbortSignal} signal */
  constructor(room, signal) {
    this.#room = room;
    this.#panel = /** @type {HTMLElement} */ (part(room, 'conflicts'));
    this.#leftPanel = /** @type {HTMLElement} */ (part(room, 'left'));
    this.#panel.addEventListener('click', (event) => this.#clicked(event), { signal });
    this.#leftPanel.addEventListener('click', (event) => this.#settleLeft(event), { signal });
    room.store.addEventListener('state', () => this.draw());
  }

  draw() {
    const { store } = this.#room;
    const shown = [...store.conflicts].map(([key, theirs]) => ({ key, mine: store.cue(key), theirs }));
    const drawn = JSON.stringify(shown);
    if (drawn === this.#drawn) return;
    const isNew = shown.some(({ key }) => !this.#drawn.includes(`"key":"${key}"`));
    this.#drawn = drawn;
    this.#panel.hidden = shown.length === 0;
    const held = document.activeElement;
    const wasHere = held instanceof HTMLElement && this.#panel.contains(held);
    part(this.#panel, 'conflict-list')?.replaceChildren(...shown.map((one) => this.#item(one)));
    if (isNew) this.#room.say('conflict', { n: shown.length });
    if (wasHere) (this.#panel.querySelector('button') ?? this.#room.list).focus();
    for (const { key } of shown) this.#room.list.update(key);
  }

  /** @param {{ key: string, mine: Cue | null, theirs: Cue | null }} conflict */
  #item({ key, mine, theirs }) {
    const item = document.createElement('li');
    item.className = 'cue-conflict';
    for (const [whose, cue] of /** @type {const} */ ([['mine', mine], ['theirs', theirs]])) {
      const side = document.createElement('div');
      const [title, said, button] = [document.createElement('h3'), document.createElement('p'), document.createElement('button')];
      title.textContent = words(this.#room, whose);
      said.lang = this.#room.dataset.language ?? '';
      said.textContent = cue ? `${shortTime(cue.start)} – ${shortTime(cue.end)}\n${plain(cue.text)}` : words(this.#room, 'was-removed');
      button.type = 'button';
      button.className = 'button button-quiet';
      Object.assign(button.dataset, { key, whose });
      button.textContent = words(this.#room, `keep-${whose}`);
      side.append(title, said, button);
      item.append(side);
    }
    return item;
  }

  /** @param {Event} event */
  #clicked(event) {
    const button = /** @type {HTMLElement | null} */ (event.target instanceof Element ? event.target.closest('[data-whose]') : null);
    if (!button) return;
    const whose = button.dataset.whose === 'mine' ? 'mine' : 'theirs';
    this.#room.store.settle(button.dataset.key ?? '', whose, 'conflict');
    this.#room.sync.touch();
    this.#room.say(`kept-${whose}`);
  }

  /** What this browser kept from a page before, whose captions are not there any more. @param {Kept[]} left */
  offer(left) {
    this.#left = left;
    this.#leftPanel.hidden = left.length === 0;
    const text = left.map(({ cue }) => (cue ? `${shortTime(cue.start)} – ${shortTime(cue.end)}\n${plain(cue.text)}` : '')).join('\n\n');
    const box = /** @type {HTMLTextAreaElement | null} */ (part(this.#leftPanel, 'left-words'));
    if (box) box.value = text;
  }

  /** What stands at that very time gives way. @param {Cue | null} cue */
  #sameTime(cue) {
    const { store } = this.#room;
    const key = cue ? store.keyAt(store.indexAt(cue.start)) : '';
    const there = store.cue(key);
    return there?.start === cue?.start && there?.end === cue?.end ? key : '';
  }

  /** @param {Event} event */
  #settleLeft(event) {
    const what = event.target instanceof Element ? event.target.closest('[data-left]')?.getAttribute('data-left') : '';
    if (!what) return;
    const { store } = this.#room;
    if (what === 'again') store.edit(this.#left.map(({ cue }) => ({ key: this.#sameTime(cue) || store.newKey(), cue })), { label: 'new' });
    this.#room.sync.forget(this.#left);
    this.offer([]);
    this.#room.list.focus();
  }
}
