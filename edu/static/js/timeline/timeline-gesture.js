// Mouse, touch and pen on a time line: scrubbing in the ruler, dragging boxes and edges, drawing new ones, panning, pinching.

import { RULER } from './timeline-draw.js';

/** @typedef {import('./timeline-drag.js').Edge} Edge */

/**
 * What the time line does when asked; times in ms, x in pixels of the stage.
 * @typedef {object} Host
 * @property {(x: number) => number} at
 * @property {(pixels: number) => void} scroll
 * @property {(factor: number, x: number) => void} zoom
 * @property {(key: string) => void} choose
 * @property {(key: string) => boolean} isChosen
 * @property {(time: number) => void} seek
 * @property {(time: number) => string} cueAt  the key of a cue there, '' for none
 * @property {(key: string, edge: Edge) => void} begin
 * @property {(by: number, isFree: boolean) => void} drag  since the beginning
 * @property {(isKept: boolean) => void} finish
 * @property {(one: number, other: number) => void} draft
 * @property {(one: number, other: number) => void} create
 */

/** @typedef {{ id: number, x: number, at: number, isTouch: boolean, what: 'scrub' | 'drag' | 'box' | 'empty' | 'pan' | 'draw', key: string, edge: Edge, last: number }} Hand */

const SLIP = 4; // pixels: less is a click
const BORDER = 20;
const BORDER_STEP = 12;

export class Gestures {
  /** @type {Hand | null} */ #hand = null;
  /** @type {Map<number, number>} */ #fingers = new Map();
  #apart = 0;

  /** @param {HTMLElement} stage @param {Host} host @param {AbortSignal} signal */
  constructor(stage, host, signal) {
    this.stage = stage;
    this.host = host;
    const passive = false;
    stage.addEventListener('pointerdown', (event) => this.#down(event), { signal });
    stage.addEventListener('pointermove', (event) => this.#move(event), { signal });
    stage.addEventListener('pointerup', (event) => this.#up(event), { signal });
    stage.addEventListener('pointercancel', (event) => this.#lost(event), { signal });
    // a second click selects words, of whatever stands nearest when there are none here
    stage.addEventListener('mousedown', (event) => { if (event.detail > 1) event.preventDefault(); }, { signal });
    stage.addEventListener('dblclick', (event) => this.#doubled(event), { signal });
    stage.addEventListener('wheel', (event) => this.#wheeled(event), { signal, passive });
  }

  /** Whether a box is being dragged, or a new one drawn. */
  get isBusy() {
    return this.#hand?.what === 'drag' || this.#hand?.what === 'draw';
  }

  /** Gives up what is going on; false when nothing was. */
  cancel() {
    const what = this.#hand?.what;
    this.#hand = null;
    if (what === 'drag') this.host.finish(false);
    if (what === 'draw') this.host.draft(0, 0);
    return what === 'drag' || what === 'draw';
  }

  /** @param {MouseEvent} event */
  #x(event) {
    return event.clientX - this.stage.getBoundingClientRect().left;
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0) return;
    const x = this.#x(event);
    if (event.pointerType === 'touch') this.#fingers.set(event.pointerId, x);
    if (this.#fingers.size === 2) {
      this.cancel();
      this.#apart = this.#spread;
      return;
    }
    const target = /** @type {Element} */ (event.target);
    const box = /** @type {HTMLElement | null} */ (target.closest('.timeline-box'));
    const edge = /** @type {HTMLElement | null} */ (target.closest('[data-edge].timeline-edge'))?.dataset.edge;
    const isRuler = event.clientY - this.stage.getBoundingClientRect().top < RULER;
    const what = isRuler ? 'scrub' : box ? 'box' : 'empty';
    const key = box?.dataset.key ?? '';
    this.#hand = {
      id: event.pointerId, x, at: this.host.at(x), isTouch: event.pointerType === 'touch', what, key, last: x,
      edge: /** @type {Edge} */ (edge ?? 'body'),
    };
    this.stage.setPointerCapture(event.pointerId);
    if (isRuler) this.host.seek(this.#hand.at);
    else if (box && !this.#hand.isTouch) this.host.choose(key);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const x = this.#x(event);
    if (this.#fingers.has(event.pointerId)) this.#fingers.set(event.pointerId, x);
    if (this.#fingers.size === 2) return this.#pinched();
    const hand = this.#hand;
    if (hand?.id !== event.pointerId) return undefined;
    if (hand.what === 'box' || hand.what === 'empty') {
      if (Math.abs(x - hand.x) < SLIP) return undefined;
      this.#start(hand);
    }
    if (hand.what === 'scrub') this.host.seek(this.host.at(x));
    if (hand.what === 'pan') this.host.scroll(hand.last - x);
    else this.#push(x);
    if (hand.what === 'drag') this.host.drag(this.host.at(x) - hand.at, event.altKey);
    if (hand.what === 'draw') this.host.draft(hand.at, this.host.at(x));
    hand.last = x;
    return undefined;
  }

  /** What a press has become once it moves. @param {Hand} hand */
  #start(hand) {
    const mayDrag = hand.what === 'box' && (!hand.isTouch || this.host.isChosen(hand.key));
    if (mayDrag) this.host.begin(hand.key, hand.edge);
    hand.what = mayDrag ? 'drag' : hand.isTouch || hand.what === 'box' ? 'pan' : 'draw';
  }

  /** At the border the film moves on under the hand. @param {number} x */
  #push(x) {
    const { width } = this.stage.getBoundingClientRect();
    if (x < BORDER) this.host.scroll(-BORDER_STEP);
    else if (x > width - BORDER) this.host.scroll(BORDER_STEP);
  }

  /** @param {PointerEvent} event */
  #up(event) {
    this.#fingers.delete(event.pointerId);
    const hand = this.#hand;
    if (hand?.id !== event.pointerId) return;
    this.#hand = null;
    const at = this.host.at(this.#x(event));
    if (hand.what === 'drag') this.host.finish(true);
    if (hand.what === 'draw') this.host.create(hand.at, at);
    const key = hand.what === 'box' ? hand.key : hand.what === 'empty' ? this.host.cueAt(at) : '';
    if (key) this.host.choose(key);
    else if (hand.what === 'empty') this.host.seek(at);
  }

  /** @param {PointerEvent} event */
  #lost(event) {
    this.#fingers.delete(event.pointerId);
    if (this.#hand?.id === event.pointerId) this.cancel();
  }

  /** @param {MouseEvent} event */
  #doubled(event) {
    if (event.clientY - this.stage.getBoundingClientRect().top < RULER) return;
    const at = this.host.at(this.#x(event));
    this.host.create(at, at);
  }

  get #spread() {
    const [one = 0, other = 0] = this.#fingers.values();
    return Math.max(1, Math.abs(one - other));
  }

  #pinched() {
    const [one = 0, other = 0] = this.#fingers.values();
    this.host.zoom(this.#spread / this.#apart, (one + other) / 2);
    this.#apart = this.#spread;
  }

  /** With Ctrl closer and wider; sideways, or with Shift, along the film. Else the page scrolls. @param {WheelEvent} event */
  #wheeled(event) {
    const by = event.deltaX || (event.shiftKey ? event.deltaY : 0);
    if (event.ctrlKey) this.host.zoom(Math.exp(-event.deltaY / 300), this.#x(event));
    else if (by) this.host.scroll(by);
    else return;
    event.preventDefault();
  }
}
