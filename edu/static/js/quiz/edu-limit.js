// <edu-limit data-limit>: counts what is ticked, aloud, and takes no more ticks than are allowed.

import { part, words } from '../wording.js';

export class EduLimit extends HTMLElement {
  #life = new AbortController();

  connectedCallback() {
    const { signal } = this.#life;
    // before the quiz hears of it: a tick too many is none
    this.addEventListener('change', (event) => this.#changed(event), { capture: true, signal });
    this.closest('fieldset')?.addEventListener('edu-shown', () => this.#tell('count'), { signal });
    this.#tell('count');
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  get #limit() {
    return Number(this.dataset.limit);
  }

  /** @param {Event} event */
  #changed(event) {
    const box = event.target;
    if (!(box instanceof HTMLInputElement)) return;
    const isTooMany = box.checked && this.#count() > this.#limit;
    if (isTooMany) {
      box.checked = false;
      event.stopPropagation();
    }
    this.#tell(isTooMany ? 'full' : 'count');
  }

  #count() {
    return this.querySelectorAll('input:checked').length;
  }

  /** @param {string} name */
  #tell(name) {
    const line = part(this, 'count');
    if (line) line.textContent = words(this, name, { count: this.#count(), limit: this.#limit });
  }
}

customElements.define('edu-limit', EduLimit);
