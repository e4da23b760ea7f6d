// The boxes of a time line as elements that can have the focus: only those in view are there, and they are used again.

import { plainWords } from './timeline-boxes.js';
import { timeText } from './timeline-scale.js';
import { words } from '../wording.js';

/** @typedef {{ key: string, start: number, end: number, text: string, severity?: string }} Cue */
/** @typedef {{ cue: Cue, x: number, width: number, row: number, isSelected: boolean, isCurrent: boolean, edge: string, isDragged: boolean }} Box */

const NARROW = 56;

export class BoxPool {
  /** @type {Map<string, HTMLElement>} */ #shown = new Map();
  /** @type {HTMLElement[]} */ #free = [];
  /** @type {WeakMap<HTMLElement, string>} */ #drawn = new WeakMap();

  /** @param {HTMLElement} layer @param {HTMLElement} host  the element with the words */
  constructor(layer, host) {
    this.layer = layer;
    this.host = host;
  }

  /** @param {string} key */
  element(key) {
    return this.#shown.get(key) ?? null;
  }

  /** @param {readonly Box[]} boxes @param {number} duration */
  show(boxes, duration) {
    const wanted = new Set(boxes.map(({ cue }) => cue.key));
    for (const [key, element] of this.#shown) {
      if (wanted.has(key)) continue;
      this.#shown.delete(key);
      element.remove();
      this.#free.push(element);
    }
    for (const box of boxes) {
      const known = this.#shown.get(box.cue.key);
      const element = known ?? this.#free.pop() ?? made();
      this.#place(element, box, duration);
      if (known) continue;
      this.#shown.set(box.cue.key, element);
      this.layer.append(element);
    }
    this.#free.length = Math.min(this.#free.length, 40);
  }

  /** Writes only, and only what is new. @param {HTMLElement} element @param {Box} box @param {number} duration */
  #place(element, box, duration) {
    const { cue, x, width, row, isSelected, isCurrent, edge, isDragged } = box;
    element.style.transform = `translateX(${x.toFixed(1)}px)`;
    element.style.width = `${Math.max(2, width).toFixed(1)}px`;
    const state = JSON.stringify([cue, width < NARROW, row, isSelected, isCurrent, edge, isDragged, duration]);
    if (this.#drawn.get(element) === state) return;
    this.#drawn.set(element, state);
    Object.assign(element.dataset, { key: cue.key, row, severity: cue.severity ?? '', edge: isCurrent ? edge : '' });
    for (const [name, holds] of Object.entries({ selected: isSelected, narrow: width < NARROW, dragged: isDragged })) element.classList.toggle(name, holds);
    element.tabIndex = isCurrent ? 0 : -1;
    this.#say(element, cue, isCurrent ? edge : 'body', duration);
  }

  /** @param {HTMLElement} element @param {Cue} cue @param {string} edge @param {number} duration */
  #say(element, cue, edge, duration) {
    const text = plainWords(cue.text) || words(this.host, 'empty');
    const fault = cue.severity ? words(this.host, cue.severity) : '';
    const now = edge === 'end' ? cue.end : cue.start;
    const [name] = element.getElementsByClassName('timeline-name');
    if (name) name.textContent = text;
    const told = {
      'aria-label': fault ? `${text} (${fault})` : text,
      'aria-valuemin': 0,
      'aria-valuemax': Math.round(duration),
      'aria-valuenow': now,
      'aria-valuetext': words(this.host, edge, { start: timeText(cue.start), end: timeText(cue.end) }),
    };
    for (const [attribute, value] of Object.entries(told)) element.setAttribute(attribute, String(value));
    element.toggleAttribute('aria-current', element.classList.contains('selected'));
  }
}

/** A box without words. @returns {HTMLElement} */
function made() {
  const box = document.createElement('div');
  box.className = 'timeline-box';
  box.setAttribute('role', 'slider');
  const name = document.createElement('span');
  name.className = 'timeline-name';
  name.dir = 'auto';
  box.append(name);
  for (const edge of ['start', 'end']) {
    const handle = document.createElement('i');
    handle.className = 'timeline-edge';
    handle.dataset.edge = edge;
    box.append(handle);
  }
  return box;
}
