// <edu-zones data-form data-width data-height data-kind>: draws the zones and named points of a form's rows over their picture.
//
// The fields of the rows are the truth: what is drawn is written there, and what is typed there is drawn.

import { addRow, fieldOf, rowsOf, said, write } from './question-rows.js';
import { LEAST, between, boxOf, closed, ending, middle, moved, numberOf, read, resized, step, within, write as fieldsOf } from './zone-shapes.js';
import { part, words } from '../wording.js';

/** @typedef {import('./zone-shapes.js').Point} Point */
/** @typedef {import('./zone-shapes.js').Shape} Shape */
/** @typedef {import('./zone-shapes.js').Zone} Zone */
/** @typedef {{ row: HTMLElement, from: Point, zone: Zone | null, how: string, isNew?: boolean }} Drag */

const SVG = 'http://www.w3.org/2000/svg';
const POINTS = ['landmarks', 'prompts'];

/** @param {string} name @param {Record<string, string | number>} [facts] */
function make(name, facts = {}) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(facts)) element.setAttribute(key, String(value));
  return element;
}

export class EduZones extends HTMLElement {
  #life = new AbortController();
  #layer = /** @type {SVGSVGElement} */ (make('svg', { class: 'zones-layer' }));
  #tool = '';
  /** @type {Drag | null} */ #drag = null;
  /** @type {{ row: HTMLElement, points: Point[] } | null} */ #polygon = null;

  connectedCallback() {
    const form = document.getElementById(this.dataset.form ?? '');
    const stage = part(this, 'stage');
    const tools = this.querySelector('template');
    if (!form || !stage || !tools || this.hasAttribute('ready')) return;
    this.form = form;
    const { signal } = this.#life;
    tools.before(tools.content.cloneNode(true));
    this.#layer.setAttribute('viewBox', `0 0 ${this.size.width} ${this.size.height}`);
    stage.append(this.#layer);
    form.addEventListener('input', () => this.draw(), { signal });
    this.addEventListener('click', (event) => this.#chosen(event), { signal });
    this.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    this.#layer.addEventListener('pointerdown', (event) => this.#began(event));
    this.#layer.addEventListener('pointermove', (event) => this.#dragged(event));
    this.#layer.addEventListener('dblclick', () => this.#finish());
    for (const name of ['pointerup', 'pointercancel']) this.#layer.addEventListener(name, () => this.#ended());
    this.setAttribute('ready', '');
    this.draw();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  get size() { return { width: Number(this.dataset.width) || 1, height: Number(this.dataset.height) || 1 }; }

  /** The list of points that this kind of question has. */
  get pointGroup() { return this.dataset.kind === 'hotspot' ? 'landmarks' : 'prompts'; }

  /** Draw what stands in the rows; what has the focus keeps it. */
  draw() {
    const form = /** @type {HTMLElement} */ (this.form);
    const focused = /** @type {Element | null} */ (this.#layer.querySelector(':focus'))?.getAttribute('data-row');
    const drawn = [
      ...rowsOf(form, 'zones').map((row, index) => this.#drawZone(row, index)),
      ...rowsOf(form, this.pointGroup).map((row, index) => this.#drawPoint(row, index)),
      this.#drawCorners(),
    ];
    this.#layer.replaceChildren(...drawn.filter((element) => element !== null));
    if (focused) this.#mark(focused)?.focus({ preventScroll: true });
  }

  /** @param {HTMLElement} row @param {number} index */
  #drawZone(row, index) {
    const zone = read((name) => said(row, name));
    if (!zone || this.#polygon?.row === row) return null;
    const { left, top, width, height } = boxOf(zone);
    const key = row.dataset.row ?? '';
    const group = make('g', { class: 'zone', tabindex: 0, role: 'application', 'data-row': key });
    const values = { n: index + 1, shape: words(this, zone.shape), left: Math.round(left), top: Math.round(top) };
    group.setAttribute('aria-label', words(this, 'zone', { ...values, width: Math.round(width), height: Math.round(height) }));
    const round = { cx: left + width / 2, cy: top + height / 2, rx: width / 2, ry: height / 2 };
    if (zone.shape === 'rect') group.append(make('rect', { x: left, y: top, width, height }));
    else if (zone.shape === 'polygon') group.append(make('polygon', { points: zone.points.map(({ x, y }) => `${x},${y}`).join(' ') }));
    else group.append(make('ellipse', round));
    const radius = this.size.width / 90;
    group.append(make('circle', { class: 'zone-handle', cx: left + width, cy: top + height, r: radius }));
    group.append(this.#name(String(index + 1), round.cx, round.cy));
    return group;
  }

  /** @param {HTMLElement} row @param {number} index */
  #drawPoint(row, index) {
    const [x, y] = [numberOf(said(row, 'x')), numberOf(said(row, 'y'))];
    if (!(x >= 0 && y >= 0)) return null;
    const name = said(row, 'text') || words(this, 'unnamed', { n: index + 1 });
    const group = make('g', { class: 'pin', tabindex: 0, role: 'application', 'data-row': row.dataset.row ?? '' });
    group.setAttribute('aria-label', words(this, 'point', { name, x: Math.round(x), y: Math.round(y) }));
    group.append(make('circle', { class: 'pin-target', cx: x, cy: y, r: this.size.width / 50 }));
    group.append(make('circle', { class: 'pin-dot', cx: x, cy: y, r: this.size.width / 130 }));
    group.append(this.#name(name, x, y - this.size.width / 70));
    return group;
  }

  #drawCorners() {
    if (!this.#polygon?.points.length) return null;
    return make('polyline', { class: 'zone-open', points: this.#polygon.points.map(({ x, y }) => `${x},${y}`).join(' ') });
  }

  /** @param {string} text @param {number} x @param {number} y */
  #name(text, x, y) {
    const name = make('text', { x, y, 'font-size': this.size.width / 50, 'text-anchor': 'middle' });
    name.textContent = text;
    return name;
  }

  /** @param {string} key @returns {SVGElement | null} */
  #mark(key) {
    return this.#layer.querySelector(`[data-row="${key}"]`);
  }

  /** A tool by mouse waits to draw; by keyboard its zone appears in the middle, with the focus. @param {MouseEvent} event */
  #chosen(event) {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-tool]'));
    if (!button) return;
    const tool = button.dataset.tool ?? '';
    this.#take(event.detail === 0 || tool === this.#tool ? '' : tool);
    if (this.#tool === 'polygon') this.#say(words(this, 'corners', { count: 0 })); // how it ends, before it begins
    if (event.detail !== 0) return;
    const row = this.#freeRow(POINTS.includes(tool) ? tool : 'zones');
    if (!row) return;
    const centre = { x: String(this.size.width / 2), y: String(this.size.height / 2) };
    write(row, POINTS.includes(tool) ? centre : fieldsOf(middle(/** @type {Shape} */ (tool), this.size)));
    this.#mark(row.dataset.row ?? '')?.focus();
  }

  /** @param {string} tool */
  #take(tool) {
    this.#polygon = null;
    this.#tool = tool;
    this.#say('');
    this.toggleAttribute('data-drawing', tool !== '');
    for (const button of this.querySelectorAll('[data-tool]')) {
      button.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (button).dataset.tool === tool));
    }
    this.draw();
  }

  /** The first row that has no place yet, or a new one. @param {string} group */
  #freeRow(group) {
    const form = /** @type {HTMLElement} */ (this.form);
    const hasNone = (/** @type {HTMLElement} */ row) => (group === 'zones' ? !read((name) => said(row, name)) : !said(row, 'x'));
    return rowsOf(form, group).find(hasNone) ?? addRow(form, group);
  }

  /** @param {PointerEvent} event */
  #began(event) {
    if (event.button !== 0) return;
    const from = this.#at(event);
    const mark = /** @type {Element} */ (event.target).closest('[data-row]');
    if (!this.#tool && mark) return this.#grip(event, mark, from);
    if (!this.#tool) return;
    event.preventDefault();
    if (this.#tool === 'polygon') return this.#corner(from);
    const before = rowsOf(/** @type {HTMLElement} */ (this.form), 'zones').length;
    const row = this.#freeRow(POINTS.includes(this.#tool) ? this.#tool : 'zones');
    if (!row) return;
    if (POINTS.includes(this.#tool)) {
      write(row, { x: String(from.x), y: String(from.y) });
      this.#take('');
      fieldOf(row, 'text')?.focus({ preventScroll: true });
      return;
    }
    this.#layer.setPointerCapture(event.pointerId);
    const isNew = rowsOf(/** @type {HTMLElement} */ (this.form), 'zones').length > before;
    this.#drag = { row, from, zone: null, how: 'draw', isNew };
  }

  /** @param {PointerEvent} event @param {Element} mark @param {Point} from */
  #grip(event, mark, from) {
    const form = /** @type {HTMLElement} */ (this.form);
    const key = mark.getAttribute('data-row') ?? '';
    const row = rowsOf(form, key.replace(/-\d+$/, '')).find((each) => each.dataset.row === key);
    if (!row) return;
    event.preventDefault();
    /** @type {SVGElement} */ (mark).focus({ preventScroll: true });
    this.#layer.setPointerCapture(event.pointerId);
    const how = /** @type {Element} */ (event.target).classList.contains('zone-handle') ? 'size' : 'move';
    this.#drag = { row, from, zone: read((name) => said(row, name)), how };
  }

  /** @param {PointerEvent} event */
  #dragged(event) {
    if (!this.#drag) return;
    const { row, from, zone, how } = this.#drag;
    const to = this.#at(event);
    if (how === 'draw') return write(row, fieldsOf(between(/** @type {Shape} */ (this.#tool), from, to, this.size)));
    if (row.dataset.row?.startsWith('zones-')) {
      if (!zone) return;
      const by = { x: to.x - from.x, y: to.y - from.y };
      return write(row, fieldsOf(how === 'size' ? resized(zone, by, this.size) : moved(zone, by, this.size)));
    }
    write(row, { x: String(to.x), y: String(to.y) });
  }

  #ended() {
    const drag = this.#drag;
    this.#drag = null;
    if (drag?.how !== 'draw') return;
    const zone = read((name) => said(drag.row, name));
    // a tap draws nothing, and leaves the rows as they were
    if (!zone || zone.width < LEAST || zone.height < LEAST) {
      write(drag.row, fieldsOf(null));
      if (drag.isNew) drag.row.remove();
    }
    this.#take('');
    this.#mark(drag.row.dataset.row ?? '')?.focus({ preventScroll: true });
  }

  /** @param {Point} point */
  #corner(point) {
    this.#polygon ??= { row: /** @type {HTMLElement} */ (this.#freeRow('zones')), points: [] };
    this.#polygon.points.push(point);
    this.#say(words(this, 'corners', { count: this.#polygon.points.length }));
    this.draw();
  }

  #finish() {
    const polygon = this.#polygon;
    if (!polygon) return;
    const points = closed(polygon.points);
    if (!points) return; // it goes on: what was clicked is not lost
    this.#take('');
    write(polygon.row, fieldsOf({ shape: 'polygon', left: 0, top: 0, width: 0, height: 0, points }));
    this.#mark(polygon.row.dataset.row ?? '')?.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const isOnButton = event.target instanceof HTMLButtonElement;
    const end = ending(event.key, { tool: this.#tool, corners: this.#polygon?.points.length ?? 0, isOnButton });
    if (end) {
      event.preventDefault(); // the button of the tool may still have the focus: it is not pressed
      return end === 'finish' ? this.#finish() : this.#take('');
    }
    const mark = /** @type {Element} */ (event.target).closest('[data-row]');
    const form = /** @type {HTMLElement} */ (this.form);
    const key = mark?.getAttribute('data-row') ?? '';
    const row = mark && rowsOf(form, key.replace(/-\d+$/, '')).find((each) => each.dataset.row === key);
    if (!row || event.ctrlKey || event.metaKey) return;
    const isZone = key.startsWith('zones-');
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      write(row, isZone ? fieldsOf(null) : { x: '', y: '' });
      /** @type {HTMLElement | null} */ (this.querySelector('[data-tool]'))?.focus();
      return;
    }
    const by = step(event.key, event.shiftKey);
    if (!by) return;
    event.preventDefault();
    const zone = isZone ? read((name) => said(row, name)) : null;
    if (zone) write(row, fieldsOf(event.altKey ? resized(zone, by, this.size) : moved(zone, by, this.size)));
    if (isZone) return;
    const to = within({ x: numberOf(said(row, 'x')) + by.x, y: numberOf(said(row, 'y')) + by.y }, this.size);
    write(row, { x: String(to.x), y: String(to.y) });
  }

  /** @param {string} sentence */
  #say(sentence) {
    const said = part(this, 'said');
    if (said) said.textContent = sentence;
  }

  /** Where a pointer is, in pixels of the picture. @param {PointerEvent} event */
  #at(event) {
    const { left, top, width, height } = this.#layer.getBoundingClientRect();
    const point = { x: ((event.clientX - left) / width) * this.size.width, y: ((event.clientY - top) / height) * this.size.height };
    return within({ x: Math.round(point.x), y: Math.round(point.y) }, this.size);
  }
}

customElements.define('edu-zones', EduZones);
