// What a time line is drawn on: its elements, its canvas at the screen's fineness, the lines over it, its colours.
// The words come from data-text-… of the element: see templates/components/timeline.html.

import { coloursOf, HEIGHT, paint } from './timeline-draw.js';
import { toX } from './timeline-scale.js';
import { words } from '../wording.js';

/** @typedef {import('./timeline-scale.js').View} View */
/** @typedef {Omit<import('./timeline-draw.js').Scene, 'colours'>} Scene */

/**
 * @typedef {object} Parts
 * @property {HTMLElement} stage
 * @property {HTMLCanvasElement} canvas
 * @property {HTMLElement} boxes
 * @property {HTMLElement} head     the playhead
 * @property {HTMLElement} guide    the line that a dragged edge is held by
 * @property {HTMLElement} draft    what is being drawn
 * @property {HTMLInputElement} scroll
 * @property {HTMLElement} said
 */

/** What stands for the end of the film in the scroll bar. */
export const SCROLL = 1000;

export class Surface {
  /** @type {Record<string, string>} */ #colours = {};

  /** @param {HTMLElement} host @param {AbortSignal} signal @param {{ sized: () => void, recoloured: () => void }} told */
  constructor(host, signal, told) {
    this.host = host;
    this.parts = furnish(host);
    const recolour = () => {
      this.#colours = coloursOf(host);
      told.recoloured();
    };
    const sizes = new ResizeObserver(told.sized);
    const themes = new MutationObserver(recolour);
    sizes.observe(this.parts.stage);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    signal.addEventListener('abort', () => { sizes.disconnect(); themes.disconnect(); });
    for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
      matchMedia(query).addEventListener('change', recolour, { signal });
    }
    recolour();
  }

  /** Makes the canvas as fine as the screen; tells the width in pixels, 0 while it is not shown. */
  fit() {
    const { stage, canvas } = this.parts;
    const width = stage.clientWidth;
    if (!width) return 0;
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(HEIGHT * devicePixelRatio);
    return width;
  }

  /** @param {Scene} scene */
  paint(scene) {
    const context = this.parts.canvas.getContext('2d');
    if (!context) return;
    const ratio = this.parts.canvas.width / Math.max(1, scene.view.width);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(context, { ...scene, colours: this.#colours });
  }

  /** Playhead, guide, and what is being drawn. @param {{ view: View, time: number, mark: { time: number } | null, draft: [number, number] | null }} now */
  lines({ view, time, mark, draft }) {
    const { head, guide } = this.parts;
    place(head, toX(view, time));
    guide.hidden = !mark;
    if (mark) place(guide, toX(view, mark.time));
    this.parts.draft.hidden = !draft;
    if (!draft) return;
    const [start, end] = draft;
    place(this.parts.draft, toX(view, Math.min(start, end)));
    this.parts.draft.style.width = `${Math.abs(end - start) * view.scale}px`;
  }

  /** @param {View} view @param {string} words */
  scrollTo(view, words) {
    const { scroll } = this.parts;
    const hidden = view.duration - view.width / view.scale;
    scroll.disabled = hidden < 1;
    scroll.value = String(hidden < 1 ? 0 : Math.round((SCROLL * view.start) / hidden));
    scroll.setAttribute('aria-valuetext', words);
  }

  /** @param {string} words */
  say(words) {
    this.parts.said.textContent = words;
  }
}

/** @param {HTMLElement} line @param {number} x */
function place(line, x) {
  line.style.transform = `translateX(${x.toFixed(1)}px)`;
}

/** @param {HTMLElement} host @returns {Parts} */
function furnish(host) {
  const tools = made('div', 'timeline-tools');
  for (const [action, sign] of [['wider', '−'], ['closer', '+'], ['whole', '']]) {
    const button = made('button', 'button button-quiet timeline-tool');
    const text = words(host, action ?? '');
    Object.assign(button, { type: 'button', textContent: sign || text });
    if (sign) button.setAttribute('aria-label', text);
    button.dataset.action = action;
    tools.append(button);
  }
  const scroll = made('input', 'timeline-scroll');
  Object.assign(scroll, { type: 'range', min: '0', max: String(SCROLL), step: '1', value: '0' });
  scroll.setAttribute('aria-label', words(host, 'scroll'));
  const said = made('p', 'timeline-said');
  said.setAttribute('role', 'status');
  const stage = made('div', 'timeline-stage');
  stage.setAttribute('role', 'group');
  stage.setAttribute('aria-label', words(host, 'label'));
  const [canvas, boxes, head, guide, draft] = [
    made('canvas', 'timeline-canvas'), made('div', 'timeline-boxes'), made('div', 'timeline-head'), made('div', 'timeline-guide'),
    made('div', 'timeline-draft'),
  ];
  canvas.setAttribute('aria-hidden', 'true');
  guide.hidden = draft.hidden = true;
  stage.append(canvas, draft, boxes, guide, head);
  tools.append(scroll);
  host.append(tools, stage, said);
  return { stage, canvas, boxes, head, guide, draft, scroll, said };
}

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} name */
function made(tag, name) {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}
