// The list of one's own recordings: shown, renamed, saved to the device, deleted at the second word.

import { length } from '../player/media-time.js';
import { part, words } from '../wording.js';

/** @typedef {import('./shelf.js').Recording} Recording */

/**
 * @typedef {object} Deeds
 * @property {(one: Recording) => void} show
 * @property {(one: Recording) => void} save
 * @property {(one: Recording, name: string) => void} rename
 * @property {(one: Recording) => void} remove
 */

const MB = 1_000_000;
const MOST_NAME = 80;

/** A day and a time as the page's language writes them; plain English is American to browsers. @param {number} ms */
export function momentOf(ms) {
  const language = document.documentElement.lang || 'en';
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}

export class OwnList {
  #room;
  #deeds;
  /** @type {Recording[]} */ rows = [];

  /** @param {HTMLElement} room  with the words and the part `list` @param {Deeds} deeds */
  constructor(room, deeds) {
    this.#room = room;
    this.#deeds = deeds;
  }

  /** Adds one that the browser could not keep, or changes it. @param {Recording} recording */
  add(recording) {
    this.draw([recording, ...this.rows.filter(({ id }) => id !== recording.id)]);
  }

  /** @param {string} id */
  drop(id) {
    this.draw(this.rows.filter((one) => one.id !== id));
  }

  /** @param {Recording[]} rows */
  draw(rows) {
    this.rows = rows;
    const list = part(this.#room, 'list');
    if (!list) return;
    const none = document.createElement('li');
    none.textContent = words(this.#room, 'none');
    list.replaceChildren(...(rows.length ? rows.map((one) => this.#row(one)) : [none]));
  }

  /** @param {Recording} one */
  #row(one) {
    const [row, name, about] = [document.createElement('li'), document.createElement('input'), document.createElement('p')];
    Object.assign(name, { value: one.name, maxLength: MOST_NAME, className: 'input', dir: 'auto' });
    name.setAttribute('aria-label', words(this.#room, 'rename'));
    name.addEventListener('change', () => {
      if (name.value.trim()) this.#deeds.rename(one, name.value.trim());
      else name.value = one.name;
    });
    const moment = momentOf(one.made);
    const size = (one.blob.size / MB).toFixed(1);
    about.textContent = one.length ? words(this.#room, 'about', { length: length(one.length), size, moment }) : words(this.#room, 'about-short', { size, moment });
    about.className = 'rows-note';
    row.append(name, about, this.#button('open', one, () => this.#deeds.show(one)), this.#button('save', one, () => this.#deeds.save(one)), this.#removal(one));
    return row;
  }

  /** @param {Recording} one */
  #removal(one) {
    let isSure = false;
    const button = this.#button('delete', one, () => {
      if (isSure) return this.#deeds.remove(one);
      ask(true);
      return undefined;
    });
    const ask = (/** @type {boolean} */ is) => {
      isSure = is;
      const label = words(this.#room, is ? 'sure' : 'delete');
      button.textContent = label;
      button.setAttribute('aria-label', `${label}: ${one.name}`);
    };
    button.addEventListener('blur', () => ask(false));
    return button;
  }

  /** @param {string} name @param {Recording} one @param {() => void} deed */
  #button(name, one, deed) {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', className: 'compare-act', textContent: words(this.#room, name) });
    button.setAttribute('aria-label', `${words(this.#room, name)}: ${one.name}`);
    button.addEventListener('click', deed);
    return button;
  }
}
