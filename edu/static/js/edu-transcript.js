// <edu-transcript for="player">: lights and follows the line that is spoken; its lines play from there.

import { part } from './wording.js';

export class EduTranscript extends HTMLElement {
  #life = new AbortController();
  /** @type {HTMLAnchorElement | null} */ #current = null;

  connectedCallback() {
    const { signal } = this.#life;
    const template = this.querySelector('template');
    if (template) template.replaceWith(template.content);
    document.addEventListener('edu-time', (event) => this.#heard(/** @type {CustomEvent} */ (event)), { signal });
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** @returns {HTMLAnchorElement[]} */
  get #lines() {
    return [...this.querySelectorAll('a')].filter((link) => 'start' in link.dataset);
  }

  /** @param {CustomEvent<{ time: number }>} event */
  #heard(event) {
    if (/** @type {Element} */ (event.target).id !== this.getAttribute('for')) return;
    const ms = event.detail.time * 1000;
    const line = this.#lines.find(({ dataset }) => ms >= Number(dataset.start) && ms < Number(dataset.end)) ?? null;
    if (line === this.#current) return;
    this.#current?.removeAttribute('aria-current');
    this.#current = line;
    line?.setAttribute('aria-current', 'true');
    if (line) this.#show(line);
  }

  /**
   * Scrolls the box of the transcript and never the page, and not while somebody reads in it by keyboard.
   * @param {HTMLElement} line
   */
  #show(line) {
    const body = part(this, 'body');
    const follow = /** @type {HTMLInputElement | null} */ (part(this, 'follow'));
    if (!body || !follow?.checked || body.contains(document.activeElement)) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const [seen, box] = [line.getBoundingClientRect(), body.getBoundingClientRect()];
    const middle = seen.top - box.top + (seen.height - box.height) / 2;
    body.scrollBy({ top: middle, behavior: calm ? 'instant' : 'smooth' });
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const line = /** @type {Element} */ (event.target).closest('a');
    const player = this.getAttribute('for') ?? '';
    if (!line?.dataset.start || event.ctrlKey || event.metaKey || event.shiftKey || !document.getElementById(player)) return;
    event.preventDefault();
    history.replaceState(null, '', new URL(line.href).hash || location.href);
    const detail = { time: Number(line.dataset.start) / 1000, player, play: true };
    this.dispatchEvent(new CustomEvent('edu-seek', { bubbles: true, detail }));
  }
}

customElements.define('edu-transcript', EduTranscript);
