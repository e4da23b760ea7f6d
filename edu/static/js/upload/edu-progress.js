// <edu-progress data-url>: asks how far a job is and shows it; loads the page again when there is something new to see.
//
// data-reload-on: states at whose beginning that is so. data-reload-when-playable: also once the report says `playable`,
// which is told by every state since, so that none that passes between two looks is missed.

import { part, percent, words } from '../wording.js';

const USUAL_MS = 2000;
const WAITING_MS = 5000;
const HIDDEN_MS = 10_000;
const LONGEST_MS = 30_000;

/** @typedef {{ state: string, label?: string, message?: string, detail?: string, progress?: number | null,
 *   playable?: boolean, over?: boolean }} Report */

export class EduProgress extends HTMLElement {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #failures = 0;

  connectedCallback() {
    this.#soon(USUAL_MS);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  /** @param {number} ms */
  #soon(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), document.hidden ? HIDDEN_MS : ms);
  }

  async #ask() {
    try {
      const answer = await fetch(this.dataset.url ?? '', { headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error(`the state answered ${answer.status}`);
      this.#failures = 0;
      this.#show(await answer.json());
    } catch {
      this.#failures += 1;
      if (this.#failures > 1) this.#message(words(this, 'lost'));
      this.#soon(Math.min(LONGEST_MS, USUAL_MS * 2 ** this.#failures));
    }
  }

  /** @param {Report} report */
  #show(report) {
    const before = this.dataset.state;
    this.dataset.state = report.state;
    this.#message(report.message ?? '');
    const badge = part(this, 'state');
    if (badge) badge.textContent = report.label ?? report.state;
    this.#detail(report.detail ?? '');
    this.#meter(report.progress ?? null);
    this.dispatchEvent(new CustomEvent('edu-progress-change', { bubbles: true, detail: report }));
    if (this.#isNews(report, before)) location.reload();
    else if (report.state !== 'ready' && report.state !== 'failed') {
      this.#soon(typeof report.progress === 'number' ? USUAL_MS : WAITING_MS);
    }
  }

  /** Whether the page has more to show than it was loaded with. @param {Report} report @param {string} [before] */
  #isNews(report, before) {
    const ends = (this.dataset.reloadOn ?? '').split(' ');
    const isReached = report.state !== before && ends.includes(report.state);
    const isPlayable = 'reloadWhenPlayable' in this.dataset && report.playable === true;
    return Boolean(report.over) || isReached || isPlayable;
  }

  /** The bar and its figure; none while the work waits. @param {number | null} share */
  #meter(share) {
    const [meter, bar, figure] = ['meter', 'progress', 'value'].map((name) => part(this, name));
    if (meter) meter.hidden = share === null;
    if (bar instanceof HTMLProgressElement) bar.value = share ?? 0;
    if (figure) figure.textContent = share === null ? '' : percent(share);
  }

  /** @param {string} sentence */
  #detail(sentence) {
    const line = part(this, 'detail');
    if (!line) return;
    line.hidden = !sentence;
    line.textContent = sentence;
  }

  /** Written only when it changes, so that screen readers are not told the same twice. @param {string} sentence */
  #message(sentence) {
    const line = part(this, 'message');
    if (line && line.textContent !== sentence) line.textContent = sentence;
  }
}

customElements.define('edu-progress', EduProgress);
