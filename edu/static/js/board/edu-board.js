// <edu-board data-scale data-origin data-crest>: a ruler over the drawing, by pointer or by a cross that the arrows move.

import { part, words } from '../wording.js';
import { between, fromCrest, scaleOf, stepped, tenth, toCm, toPixels } from './measure.js';

/** @typedef {import('./measure.js').Point} Point */

const SVG = 'http://www.w3.org/2000/svg';
const CROSS = 18;

export class EduBoard extends HTMLElement {
  #life = new AbortController();
  /** @type {Point} */ #at = { x: 6, y: 3 };
  /** @type {Point[]} */ #set = [];
  /** @type {SVGElement | null} */ #over = null;
  #size = { width: 1, height: 1 };

  connectedCallback() {
    const stage = part(this, 'stage');
    const drawing = stage?.querySelector('svg');
    if (!stage || !drawing || this.hasAttribute('ready')) return;
    this.setAttribute('ready', '');
    const { width, height } = drawing.viewBox.baseVal;
    this.#size = { width, height };
    this.#equip(stage, drawing);
    const pad = stage.querySelector('.board-pad');
    const { signal } = this.#life;
    pad?.addEventListener('pointermove', (event) => this.#point(/** @type {PointerEvent} */ (event)), { signal });
    pad?.addEventListener('click', (event) => {
      this.#point(/** @type {MouseEvent} */ (event));
      this.#place();
    }, { signal });
    pad?.addEventListener('keydown', (event) => this.#pressed(/** @type {KeyboardEvent} */ (event)), { signal });
    part(this, 'set')?.addEventListener('click', () => this.#place(), { signal });
    part(this, 'clear')?.addEventListener('click', () => this.#clear(), { signal });
    this.#draw();
    this.#bring(width / 2);
  }

  /** Scrolls a drawing that is wider than its window so that this place of it is in the middle. @param {number} x */
  #bring(x) {
    const scroll = part(this, 'scroll');
    if (scroll) scroll.scrollLeft = (x / this.#size.width) * scroll.scrollWidth - scroll.clientWidth / 2;
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** @param {HTMLElement} stage @param {SVGSVGElement} drawing */
  #equip(stage, drawing) {
    for (const name of ['pad', 'tools']) {
      const template = /** @type {HTMLTemplateElement} */ (this.querySelector(`template[data-part="${name}"]`));
      if (name === 'pad') stage.append(template.content.cloneNode(true));
      else (part(this, 'scroll') ?? stage).after(template.content.cloneNode(true));
    }
    this.#over = document.createElementNS(SVG, 'svg');
    this.#over.setAttribute('class', 'board-over');
    this.#over.setAttribute('viewBox', drawing.getAttribute('viewBox') ?? '');
    this.#over.setAttribute('aria-hidden', 'true');
    stage.append(this.#over);
  }

  get #scale() {
    return scaleOf(this.dataset);
  }

  /** @param {MouseEvent} event */
  #point(event) {
    const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * this.#size.width;
    const y = ((event.clientY - box.top) / box.height) * this.#size.height;
    const cm = toCm(this.#scale, { x, y });
    this.#at = { x: tenth(cm.x), y: tenth(cm.y) };
    this.#draw();
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = stepped(this.#at, event.key, event.shiftKey);
    if (next) this.#move(next);
    else if (event.key === 'Enter' || event.key === ' ') this.#place();
    else if (event.key === 'Delete' || event.key === 'Backspace') this.#clear();
    else return;
    event.preventDefault();
  }

  /** @param {Point} next */
  #move(next) {
    const { x, y } = toPixels(this.#scale, next);
    if (x < 0 || y < 0 || x > this.#size.width || y > this.#size.height) return;
    this.#at = next;
    this.#draw();
    this.#bring(x);
    this.#say(this.#sentence(next));
  }

  #place() {
    const held = this.#set.length === 1 ? this.#set : [];
    this.#set = [...held, this.#at];
    this.#draw();
    this.#say(this.#measured());
  }

  #clear() {
    this.#set = [];
    this.#draw();
    this.#say(words(this, 'cleared'));
  }

  /** @param {Point} point */
  #sentence(point) {
    const side = point.x > 0 ? 'right' : point.x < 0 ? 'left' : 'none';
    const { cm, where } = fromCrest(this.#scale, point);
    return `${words(this, `side-${side}`, { cm: this.#number(Math.abs(point.x)) })}, ${words(this, `crest-${where}`, { cm: this.#number(cm) })}`;
  }

  #measured() {
    const [first, second] = this.#set;
    if (!first) return '';
    if (!second) return words(this, 'first', { place: this.#sentence(first) });
    return words(this, 'second', { cm: this.#number(between(first, second)) });
  }

  /** @param {number} cm */
  #number(cm) {
    return new Intl.NumberFormat(document.documentElement.lang || 'en', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(cm);
  }

  #draw() {
    const value = part(this, 'value');
    if (value) value.textContent = [this.#sentence(this.#at), this.#measured()].filter(Boolean).join(' · ');
    const clear = /** @type {HTMLButtonElement | null} */ (part(this, 'clear'));
    if (clear) clear.disabled = this.#set.length === 0;
    const { x, y } = toPixels(this.#scale, this.#at);
    const lines = [`M${x} 0V${this.#size.height}M0 ${y}H${this.#size.width}`];
    const set = this.#set.map((point) => toPixels(this.#scale, point));
    for (const p of set) lines.push(`M${p.x - CROSS} ${p.y - CROSS}L${p.x + CROSS} ${p.y + CROSS}M${p.x - CROSS} ${p.y + CROSS}L${p.x + CROSS} ${p.y - CROSS}`);
    if (set[0] && set[1]) lines.push(`M${set[0].x} ${set[0].y}L${set[1].x} ${set[1].y}`);
    const path = lines.join('');
    this.#over?.replaceChildren(...['board-ground', ''].map((name) => {
      const line = document.createElementNS(SVG, 'path');
      line.setAttribute('d', path);
      if (name) line.setAttribute('class', name);
      return line;
    }));
  }

  /** @param {string} sentence */
  #say(sentence) {
    const said = part(this, 'said');
    if (said) said.textContent = sentence;
  }
}

customElements.define('edu-board', EduBoard);
