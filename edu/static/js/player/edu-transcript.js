// <edu-transcript for="player">: lights and follows the line that is spoken; its lines play from there.

import { part } from '../wording.js';

export class EduTranscript extends HTMLElement {
  #life = new AbortController();
  /** @type {HTMLElement | null} */ #current = null;

  connectedCallback() {
    const { signal } = this.#life;
    const template = this.querySelector('template');
    if (template) template.replaceWith(template.content);
    document.addEventListener('edu-time', (event) => this.#heard(/** @type {CustomEvent} */ (event)), { signal });
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    if (this.querySelector('[hreflang]')) void import('./transcript-language.js').then(({ pair }) => pair(this));
    part(this, 'search')?.addEventListener('focusin', async () => {
      const { TranscriptSearch } = await import('./transcript-search.js');
      new TranscriptSearch(this);
    }, { once: true });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** The lines that are spoken. @returns {HTMLElement[]} */
  get lines() {
    return [...this.querySelectorAll('a')].filter(({ dataset }) => dataset.end);
  }

  /** @param {CustomEvent<{ time: number }>} event */
  #heard(event) {
    if (/** @type {Element} */ (event.target).id !== this.getAttribute('for')) return;
    const ms = event.detail.time * 1000;
    const line = this.lines.find(({ dataset }) => ms >= Number(dataset.start) && ms < Number(dataset.end)) ?? null;
    if (line === this.#current) return;
    this.#current?.removeAttribute('aria-current');
    this.#current = line;
    line?.setAttribute('aria-current', 'true');
    const follow = /** @type {HTMLInputElement | null} */ (part(this, 'follow'));
    const body = part(this, 'body');
    if (!line || !body || !follow?.checked || body.contains(document.activeElement)) return;
    void import('./transcript-scroll.js').then(({ show }) => show(body, line));
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const line = /** @type {Element} */ (event.target).closest('a');
    if (!line?.dataset.start || event.ctrlKey || event.metaKey || event.shiftKey || !this.seek(line)) return;
    event.preventDefault();
    history.replaceState(null, '', line.hash || `#t=${Number(line.dataset.start) / 1000}`);
  }

  /** Plays from a line on; false without a player. @param {HTMLElement} line */
  seek({ dataset }) {
    const player = this.getAttribute('for') ?? '';
    const detail = { time: Number(dataset.start) / 1000, player, play: true };
    this.dispatchEvent(new CustomEvent('edu-seek', { bubbles: true, detail }));
    return document.getElementById(player) !== null;
  }
}

customElements.define('edu-transcript', EduTranscript);
