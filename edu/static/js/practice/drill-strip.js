// The strip of a drill: the whole film, with a handle at either end of the stretch; a handle is a slider of its own.

import { part } from '../wording.js';
import { clock } from './frames.js';

/** @typedef {import('./frame-times.js').FrameTimes} FrameTimes */
/** @typedef {{ start: number, end: number }} Stretch  seconds */

/** Shorter is no exercise: the way back alone takes a twentieth of a second. */
const SHORTEST = 0.2;
/** A time just within a picture: at an edge it is a matter of rounding which one is seen. */
const INSIDE = 0.001;
/** Keys of the handles: so many pictures. @type {Record<string, number>} */
const PICTURES = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
/** Keys of the handles: so many seconds. @type {Record<string, number>} */
const SECONDS = { PageDown: -1, PageUp: 1, Home: -Infinity, End: Infinity };

/** A stretch of a film from picture to picture. Its ends never come nearer to each other than `SHORTEST`. */
export class Ends {
  #times;
  #first = 0;
  #after;

  /** @param {FrameTimes} times */
  constructor(times) {
    this.#times = times;
    this.#after = times.count;
  }

  get start() {
    return this.#times.start(this.#first);
  }

  get end() {
    return this.#times.start(this.#after);
  }

  /** @param {number} start seconds @param {number} end seconds */
  set(start, end) {
    this.#first = Math.min(this.#times.nearest(start), this.#times.nearest(this.#times.start(this.#times.count) - SHORTEST));
    this.#after = this.#times.nearest(Math.max(end, this.start + SHORTEST));
    if (this.end < this.start + SHORTEST - INSIDE) this.#after += 1;
  }

  /** What a loop has to know. @returns {Stretch & { last: number, room: number }} */
  plan() {
    const { start, end } = this;
    const last = this.#times.start(this.#after - 1);
    return { start, end, last, room: Math.min(end - last, last - this.#times.start(this.#after - 2)) / 2 };
  }

  /** When the picture comes and goes that is on at a time. @param {number} time @returns {Stretch} */
  around(time) {
    const number = this.#times.at(time);
    return { start: this.#times.start(number), end: this.#times.start(number + 1) };
  }

  /** Within the picture at which an end lies: the first of the stretch, or its last. @param {'from' | 'to'} which */
  seen(which) {
    return which === 'from' ? this.start + INSIDE : this.#times.middle(this.#after - 1);
  }

  /** The time to which a key moves an end; null when the key is none of those. @param {string} key @param {number} time */
  moved(key, time) {
    if (key in SECONDS) return time + (SECONDS[key] ?? 0);
    return key in PICTURES ? this.#times.start(this.#times.nearest(time) + (PICTURES[key] ?? 0)) : null;
  }
}

export class Strip {
  #ends;
  #panel;
  #whole;

  /**
   * @param {HTMLElement} panel
   * @param {FrameTimes} times
   * @param {(which: 'from' | 'to') => void} moved  a person has moved this handle
   */
  constructor(panel, times, moved) {
    this.#panel = panel;
    this.#ends = new Ends(times);
    this.#whole = { start: this.#ends.start, end: this.#ends.end };
    for (const which of /** @type {const} */ (['from', 'to'])) {
      const handle = this.#handle(which);
      handle.min = String(this.#whole.start);
      handle.max = String(this.#whole.end);
      const move = (/** @type {number} */ time) => {
        this.#push(which, time);
        moved(which);
      };
      handle.addEventListener('input', () => move(Number(handle.value)));
      handle.addEventListener('keydown', (event) => {
        const time = this.#ends.moved(event.key, which === 'from' ? this.#ends.start : this.#ends.end);
        if (time === null) return;
        event.preventDefault();
        move(time);
      });
    }
    this.draw();
  }

  get ends() {
    return this.#ends;
  }

  /** Draws the handles where the ends are, and every band of the player. @param {Element} [root]  where bands are */
  draw(root = this.#panel) {
    const { start, end } = this.#ends;
    for (const which of /** @type {const} */ (['from', 'to'])) {
      const time = which === 'from' ? start : end;
      this.#handle(which).value = String(time);
      this.#handle(which).setAttribute('aria-valuetext', clock(time));
    }
    const share = (/** @type {number} */ time) => `${((time - this.#whole.start) / (this.#whole.end - this.#whole.start)) * 100}%`;
    for (const band of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('.drill-band'))) {
      band.style.left = share(start); // time runs left to right in every script
      band.style.right = `calc(100% - ${share(end)})`;
    }
  }

  /** A handle stops at the other one. @param {'from' | 'to'} which @param {number} time */
  #push(which, time) {
    const { start, end } = this.#ends;
    if (which === 'from') this.#ends.set(Math.min(time, end - SHORTEST), end);
    else this.#ends.set(start, time);
  }

  /** @param {'from' | 'to'} which */
  #handle(which) {
    return /** @type {HTMLInputElement} */ (part(this.#panel, which));
  }
}
