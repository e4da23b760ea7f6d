// <edu-moment>: marks the time at which the film stands in a field; one picture back or on by buttons and by , and .

import { framesOf } from '../practice/frame-times.js';
import { part, words } from '../wording.js';
import { writeTime } from '../player/media-time.js';

/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */

export class EduMoment extends HTMLElement {
  #life = new AbortController();
  /** @type {Promise<import('../practice/frame-times.js').FrameTimes> | null} */ #times = null;

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
    if (button?.dataset.frame) void this.#step(Number(button.dataset.frame));
    if (button?.dataset.mark) this.#mark(button);
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const isTyping = event.target instanceof Element && event.target.matches('input[type="text"], select');
    if (isTyping || event.ctrlKey || event.altKey || event.metaKey || !',.'.includes(event.key)) return;
    event.preventDefault();
    void this.#step(event.key === ',' ? -1 : 1);
  }

  /** @param {number} way */
  async #step(way) {
    const player = this.#player;
    if (!player?.store) return;
    this.#times ??= framesOf(player);
    const times = await this.#times;
    player.store.pause();
    const at = times.middle(times.at(player.store.time) + way);
    player.store.seek(at);
    this.#say(words(this, 'frame', { time: writeTime(at * 1000) }));
  }

  /** @param {HTMLButtonElement} button */
  #mark(button) {
    const store = this.#player?.store;
    const input = button.parentElement?.querySelector('input');
    if (!store || !input) return;
    store.pause();
    input.value = writeTime(store.time * 1000);
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
