// <edu-countdown data-seconds>: how much time is left, by the server's clock when the page came. Read out at two moments only.
//
// Fires edu-time-over at the quiz of the page, when the time is over.

import { clock } from '../player/media-time.js';
import { part, words } from '../wording.js';

/** Seconds before the end that are worth an interruption, and the sentence for each. @type {[number, string][]} */
const MOMENTS = [[300, 'five'], [60, 'one'], [0, 'over']];

/**
 * The sentence to be said when the time left went from `before` to `now`, both in seconds; '' for none.
 * @param {number} before
 * @param {number} now
 * @param {boolean} [isOnline]  without a network nothing is being handed in yet
 */
export function sentenceAt(before, now, isOnline = true) {
  const name = MOMENTS.filter(([moment]) => now <= moment && before > moment).at(-1)?.[1] ?? '';
  return name === 'over' && !isOnline ? 'over-away' : name;
}

export class EduCountdown extends HTMLElement {
  #end = 0;
  #before = Infinity;
  /** @type {ReturnType<typeof setInterval> | undefined} */ #timer;

  connectedCallback() {
    const seconds = Number(this.dataset.seconds);
    this.#end = Date.now() + seconds * 1000;
    this.#before = seconds;
    this.#timer = setInterval(() => this.#tick(), 1000);
    this.#tick();
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  #tick() {
    const left = Math.max(0, Math.round((this.#end - Date.now()) / 1000));
    const [line, said] = [part(this, 'words'), part(this, 'said')];
    if (line) line.textContent = words(this, 'left', { clock: clock(left) });
    const name = sentenceAt(this.#before, left, navigator.onLine);
    if (name && said) said.textContent = words(this, name);
    this.#before = left;
    this.toggleAttribute('ending', left <= 60);
    if (left > 0) return;
    clearInterval(this.#timer);
    if (line) line.textContent = words(this, navigator.onLine ? 'over' : 'over-away');
    document.querySelector('edu-quiz')?.dispatchEvent(new CustomEvent('edu-time-over'));
  }
}

customElements.define('edu-countdown', EduCountdown);
