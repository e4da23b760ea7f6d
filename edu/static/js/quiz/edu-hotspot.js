// <edu-hotspot data-limit>: points of a picture, placed by pointer or by a cross that the arrow keys move.
//
// The list below the picture is the answer: each point that is placed becomes an entry of it. Nothing is compared here.

import { part, words } from '../wording.js';
import { short } from './answers.js';
import { nextZoom, PictureZoom } from './picture-zoom.js';

const STEP = 0.01;
const LEAP = 0.05;
const SVG = 'http://www.w3.org/2000/svg';
const NEAR_PX = 22;
const QUIET_MS = 500;
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @typedef {{ x: number, y: number }} Point  fractions of the picture */

/** Where an arrow key takes the cross; null for another key. @param {Point} at @param {string} key @param {boolean} far @returns {Point | null} */
export function moved({ x, y }, key, far) {
  const way = ARROWS[key];
  if (!way) return null;
  const step = far ? LEAP : STEP;
  const kept = (/** @type {number} */ value) => Math.round(Math.min(1, Math.max(0, value)) * 1e4) / 1e4;
  return { x: kept(x + way[0] * step), y: kept(y + way[1] * step) };
}

/** The value of an entry as a point. @param {string} value @returns {Point} */
export function pointOf(value) {
  const [x = 0, y = 0] = value.split(',').map(Number);
  return { x, y };
}

export class EduHotspot extends HTMLElement {
  #life = new AbortController();
  /** @type {Point} */ #cross = { x: 0.5, y: 0.5 };
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #quiet;
  /** @type {PictureZoom | null} */ #zoom = null;

  connectedCallback() {
    const [frame, stage] = [part(this, 'frame'), part(this, 'stage')];
    const ground = this.querySelector('img');
    if (!frame || !stage || !ground || this.hasAttribute('ready')) return;
    this.setAttribute('ready', '');
    const { signal } = this.#life;
    this.#equip(frame, stage);
    this.#zoom = new PictureZoom(frame, stage, ground.width / ground.height, signal, () => this.#draw());
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    this.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    // before the quiz hears of it: a point too many is none
    this.addEventListener('change', (event) => this.#changed(event), { capture: true, signal });
    const field = this.closest('fieldset');
    field?.addEventListener('edu-show-answer', (event) => this.#expect(/** @type {CustomEvent} */ (event).detail.response), { signal });
    field?.addEventListener('edu-shown', () => this.#draw(), { signal });
    this.#draw();
  }

  disconnectedCallback() {
    clearTimeout(this.#quiet);
    this.#life.abort();
  }

  /** @param {HTMLElement} frame @param {HTMLElement} stage */
  #equip(frame, stage) {
    const tools = /** @type {HTMLTemplateElement} */ (this.querySelector('template[data-part="tools"]'));
    frame.after(tools.content.cloneNode(true));
    const pad = document.createElement('div');
    pad.className = 'picture-pad';
    pad.dataset.part = 'pad';
    pad.tabIndex = 0;
    pad.setAttribute('role', 'application');
    pad.setAttribute('aria-label', part(this, 'list')?.dataset.label ?? '');
    pad.setAttribute('aria-describedby', this.querySelector('.hotspot-tools .field-hint')?.id ?? '');
    stage.append(pad);
    const hint = this.closest('fieldset')?.querySelector(':scope > .field-hint'); // it speaks of the list alone
    if (hint && this.dataset.textHint) hint.textContent = this.dataset.textHint;
  }

  get #limit() {
    return Number(this.dataset.limit);
  }

  /** @returns {HTMLInputElement[]} */
  get #entries() {
    return [.../** @type {NodeListOf<HTMLInputElement>} */ (part(this, 'list')?.querySelectorAll('input') ?? [])];
  }

  get #chosen() {
    return this.#entries.filter((entry) => entry.checked);
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    const way = Number(/** @type {HTMLElement | null} */ (target.closest('[data-zoom]'))?.dataset.zoom ?? 0);
    if (way) this.#enlarge(way);
    const pad = target.closest('[data-part="pad"]');
    if (!pad || event.detail === 0) return;
    const { left, top, width, height } = pad.getBoundingClientRect();
    this.#cross = { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
    this.#placeOrTake(width, height);
  }

  /** @param {number} way */
  #enlarge(way) {
    const { x, y } = this.#chosen.length > 0 ? pointOf(this.#chosen.at(-1)?.value ?? '') : this.#cross;
    this.#zoom?.to(nextZoom(this.#zoom.zoom, way), x, y);
    this.#say(words(this, 'zoom', { zoom: this.#zoom?.zoom ?? 1 }));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (!(event.target instanceof HTMLElement) || event.target.dataset.part !== 'pad') return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = moved(this.#cross, event.key, event.shiftKey);
    if (next) {
      this.#cross = next;
      this.#zoom?.show(next.x, next.y);
      this.#draw();
      clearTimeout(this.#quiet);
      this.#quiet = setTimeout(() => this.#say(this.#where('at', next)), QUIET_MS);
    } else if (event.key === 'Enter' || event.key === ' ') this.#place(this.#cross);
    else if (event.key === 'Delete' || event.key === 'Backspace') this.#take(this.#nearest());
    else return;
    event.preventDefault();
  }

  /** A tap on a point takes it away, where there may be several. @param {number} width @param {number} height */
  #placeOrTake(width, height) {
    const { x, y } = this.#cross;
    const there = this.#limit > 1 && this.#chosen.find(({ value }) => {
      const point = pointOf(value);
      return Math.hypot((point.x - x) * width, (point.y - y) * height) < NEAR_PX;
    });
    if (there) this.#take(there);
    else this.#place(this.#cross);
  }

  /** @param {Point} point */
  #place(point) {
    if (this.#limit > 1 && this.#chosen.length >= this.#limit) {
      this.#say(words(this, 'full', { limit: this.#limit }));
      return;
    }
    clearTimeout(this.#quiet);
    const entry = this.#own(point);
    entry.checked = true;
    entry.dispatchEvent(new Event('change', { bubbles: true }));
    this.#say(this.#where('placed', point));
  }

  /** The entry of a point of one's own: the old one where there is only one. @param {Point} point */
  #own(point) {
    const list = /** @type {HTMLElement} */ (part(this, 'list'));
    for (const label of list.querySelectorAll('label[data-own]')) {
      if (this.#limit === 1 || !label.querySelector('input')?.checked) label.remove();
    }
    const template = /** @type {HTMLTemplateElement} */ (this.querySelector('template[data-part="own"]'));
    const label = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (template.content.cloneNode(true)).querySelector('label'));
    const [input, text] = [/** @type {HTMLInputElement} */ (label.querySelector('input')), label.querySelector('span')];
    label.dataset.own = '';
    input.value = `${short(point.x)},${short(point.y)}`;
    if (text) text.textContent = this.#where('point', point);
    list.append(label);
    return input;
  }

  #nearest() {
    const far = (/** @type {HTMLInputElement} */ { value }) => Math.hypot(pointOf(value).x - this.#cross.x, pointOf(value).y - this.#cross.y);
    return this.#chosen.sort((a, b) => far(a) - far(b))[0];
  }

  /** @param {HTMLInputElement | undefined} entry */
  #take(entry) {
    if (!entry) return;
    const label = entry.closest('label[data-own]');
    entry.checked = false;
    entry.dispatchEvent(new Event('change', { bubbles: true }));
    label?.remove();
    this.#say(words(this, 'taken'));
    this.#draw();
  }

  /** @param {Event} event */
  #changed(event) {
    const entry = event.target;
    if (!(entry instanceof HTMLInputElement)) return;
    if (entry.type === 'text') this.#typed();
    else if (entry.checked && this.#chosen.length > this.#limit) {
      entry.checked = false;
      event.stopPropagation();
      this.#say(words(this, 'full', { limit: this.#limit }));
    }
    this.#draw();
  }

  /** A place that was written becomes a point like any other. */
  #typed() {
    const fields = /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll('.hotspot-typed input')]);
    const [x = NaN, y = NaN] = fields.map(({ value }) => (value.trim() === '' ? NaN : Number(value.replace(',', '.')) / 100));
    if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) return;
    for (const field of fields) field.value = '';
    this.#place({ x, y });
  }

  /** An answer from elsewhere may hold points that have no entry here yet. @param {unknown} response */
  #expect(response) {
    for (const label of this.querySelectorAll('label[data-own]')) label.remove();
    if (!Array.isArray(response)) return;
    for (const [x, y] of response) {
      if (!this.#entries.some(({ value }) => value === `${short(x)},${short(y)}`)) this.#own({ x, y }).checked = true;
    }
  }

  #draw() {
    const marks = part(this, 'marks');
    const stage = part(this, 'stage');
    if (!marks || !stage) return;
    const { width, height } = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (marks)).viewBox.baseVal;
    stage.style.setProperty('--mark', String((0.9 * width) / Math.max(1, stage.offsetWidth)));
    const crosses = this.#chosen.map(({ value }) => this.#drawn('mark', pointOf(value), width, height));
    marks.replaceChildren(...crosses, this.#drawn('cross', this.#cross, width, height));
  }

  /** @param {string} name @param {Point} point @param {number} width @param {number} height */
  #drawn(name, point, width, height) {
    const template = /** @type {HTMLTemplateElement} */ (this.querySelector(`template[data-part="${name}"]`));
    const place = document.createElementNS(SVG, 'g');
    place.setAttribute('transform', `translate(${point.x * width} ${point.y * height})`);
    const shape = template.content.firstElementChild?.firstElementChild; // in an <svg>, or the parser would make HTML of it
    if (shape) place.append(document.importNode(shape, true));
    return place;
  }

  /** @param {string} name @param {Point} point */
  #where(name, { x, y }) {
    return words(this, name, { x: Math.round(x * 1000) / 10, y: Math.round(y * 1000) / 10 });
  }

  /** @param {string} sentence */
  #say(sentence) {
    const line = part(this, 'said');
    if (line) line.textContent = sentence;
  }
}

customElements.define('edu-hotspot', EduHotspot);
