// <edu-moment data-fps>: marks the time at which the film stands in a field; one picture back or on by buttons and by , and .

import { part, words } from '../wording.js';
import { timeOf } from './answers.js';

/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */

const USUAL_FPS = 25;

/** '30000/1001' or '25' as a number of pictures per second. @param {string} text */
export function rateOf(text) {
  const [over = '', under = '1'] = text.split('/');
  const rate = Number(over) / Number(under);
  return Number.isFinite(rate) && rate >= 1 && rate <= 240 ? rate : USUAL_FPS;
}

/**
 * The middle of the picture that is `step` pictures away: at an edge it is a matter of rounding which one is shown.
 * @param {number} seconds
 * @param {number} step
 * @param {number} rate  pictures per second
 */
export function pictureAt(seconds, step, rate) {
  return Math.max(0, (Math.floor(seconds * rate + 1e-6) + step + 0.5) / rate);
}

export class EduMoment extends HTMLElement {
  #life = new AbortController();

  connectedCallback() {
    const { signal } = this.#life;
    const tools = /** @type {HTMLTemplateElement | null} */ (this.querySelector('template[data-part="tools"]'));
    if (!this.#player || !tools || this.hasAttribute('ready')) return;
    this.setAttribute('ready', '');
    tools.before(tools.content.cloneNode(true));
    for (const button of this.querySelectorAll('[data-mark]')) button.removeAttribute('hidden');
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    this.addEventListener('keydown', (event) => this.#pressed(event), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  get #player() {
    return /** @type {EduPlayer | null} */ (this.querySelector('edu-player'));
  }

  /** @param {Event} event */
  #clicked(event) {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button?.dataset.frame) this.#step(Number(button.dataset.frame));
    if (button?.dataset.mark) this.#mark(button);
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const isTyping = event.target instanceof Element && event.target.matches('input[type="text"], select');
    if (isTyping || event.ctrlKey || event.altKey || event.metaKey || !',.'.includes(event.key)) return;
    event.preventDefault();
    this.#step(event.key === ',' ? -1 : 1);
  }

  /** @param {number} way */
  #step(way) {
    const store = this.#player?.store;
    if (!store) return;
    store.pause();
    const at = pictureAt(store.time, way, rateOf(this.dataset.fps ?? ''));
    store.seek(at);
    this.#say(words(this, 'frame', { time: timeOf(at * 1000) }));
  }

  /** @param {HTMLButtonElement} button */
  #mark(button) {
    const store = this.#player?.store;
    const input = button.parentElement?.querySelector('input');
    if (!store || !input) return;
    store.pause();
    input.value = timeOf(store.time * 1000);
    input.dispatchEvent(new Event('change', { bubbles: true }));
    this.#say(words(this, 'marked', { time: input.value }));
  }

  /** @param {string} sentence */
  #say(sentence) {
    const line = part(this, 'said');
    if (line) line.textContent = sentence;
  }
}

customElements.define('edu-moment', EduMoment);
