// The seek bar: one segment per step, filled as it is played, and a preview of where the pointer aims.

import { chapterAt, clock, spoken } from './media-time.js';
import { part, words } from '../wording.js';

/** @typedef {import('./player-store.js').PlayerStore} PlayerStore */
/** @typedef {import('./media-time.js').Chapter} Chapter */
/** @typedef {{ start: number, end: number, chapter: Chapter | null }} Segment */

/** Gaps shorter than this are rounding, not a part of the film without a step. Seconds. */
const SMALLEST_GAP = 0.25;

/**
 * The whole film cut into its steps and what lies between them.
 * @param {readonly Chapter[]} chapters
 * @param {number} duration seconds
 * @returns {Segment[]}
 */
export function segments(chapters, duration) {
  /** @type {Segment[]} */
  const found = [];
  let reached = 0;
  for (const chapter of chapters) {
    if (chapter.start - reached > SMALLEST_GAP) found.push({ start: reached, end: chapter.start, chapter: null });
    found.push({ start: chapter.start, end: chapter.end, chapter });
    reached = chapter.end;
  }
  if (duration - reached > SMALLEST_GAP) found.push({ start: reached, end: duration, chapter: null });
  return found;
}

export class SeekBar {
  #host;
  #store;
  #area;
  #input;
  #preview;
  /** @type {{ segment: Segment, bar: HTMLElement, fill: HTMLElement }[]} */ #bars = [];
  /** @type {Promise<import('./storyboard.js').Tile[]> | null} */ #tiles = null;
  #isHeld = false;

  /**
   * @param {HTMLElement} host   the <edu-player>, for its words and its storyboard
   * @param {PlayerStore} store
   */
  constructor(host, store) {
    this.#host = host;
    this.#store = store;
    this.#area = /** @type {HTMLElement} */ (part(host, 'seek-area'));
    this.#area.dir = 'ltr'; // time runs left to right in every script, as on the players of the system
    this.#input = /** @type {HTMLInputElement} */ (part(host, 'seek'));
    this.#preview = /** @type {HTMLElement} */ (part(host, 'preview'));
    this.#build();
    this.#listen();
  }

  /** Draws the time of the store. */
  update() {
    const { time, duration, chapter } = this.#store;
    if (!this.#isHeld) this.#input.value = String(time);
    if (Number(this.#input.max) !== duration) this.#rebuild(duration);
    for (const { segment, bar, fill } of this.#bars) {
      const share = (time - segment.start) / (segment.end - segment.start);
      fill.style.inlineSize = `${Math.min(1, Math.max(0, share)) * 100}%`;
      bar.toggleAttribute('data-current', segment.chapter !== null && segment.chapter === chapter);
    }
    this.#input.setAttribute('aria-valuetext', this.#valueText(time, duration, chapter));
  }

  /** @param {number} time @param {number} duration @param {Chapter | null} chapter */
  #valueText(time, duration, chapter) {
    const { lang } = document.documentElement;
    const values = { time: spoken(time, lang || 'en'), duration: spoken(duration, lang || 'en') };
    const position = words(this.#host, 'position', values);
    return chapter ? `${position}, ${chapter.title}` : position;
  }

  /** @param {number} duration */
  #rebuild(duration) {
    this.#input.max = String(duration);
    this.#build();
  }

  #build() {
    const row = /** @type {HTMLElement} */ (part(this.#host, 'segments'));
    this.#bars = segments(this.#store.chapters, this.#store.duration).map((segment) => {
      const bar = document.createElement('span');
      const fill = document.createElement('i');
      bar.className = 'seek-segment';
      bar.style.flexGrow = String(segment.end - segment.start);
      bar.append(fill);
      return { segment, bar, fill };
    });
    row.replaceChildren(...this.#bars.map(({ bar }) => bar));
  }

  #listen() {
    this.#input.addEventListener('input', () => {
      this.#isHeld = true;
      this.#store.seek(Number(this.#input.value));
    });
    this.#input.addEventListener('change', () => { this.#isHeld = false; });
    this.#area.addEventListener('pointermove', (event) => this.#aim(event.clientX));
    this.#area.addEventListener('pointerleave', () => this.#aim(null));
    this.#area.addEventListener('pointercancel', () => this.#aim(null));
  }

  /** @param {number | null} clientX */
  #aim(clientX) {
    this.#preview.hidden = clientX === null;
    for (const { bar } of this.#bars) bar.removeAttribute('data-aimed');
    if (clientX === null) return;
    const box = this.#area.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (clientX - box.left) / box.width));
    const time = share * this.#store.duration;
    const chapter = chapterAt(this.#store.chapters, time);
    const aimed = this.#bars.find(({ segment }) => chapter !== null && segment.chapter === chapter);
    aimed?.bar.setAttribute('data-aimed', '');
    const [title, shown] = [part(this.#preview, 'preview-title'), part(this.#preview, 'preview-time')];
    if (title) title.textContent = chapter?.title ?? '';
    if (shown) shown.textContent = clock(time);
    void this.#picture(time);
    const half = this.#preview.offsetWidth / 2;
    const centre = Math.min(box.width - half, Math.max(half, share * box.width));
    this.#preview.style.left = `${centre - half}px`;
  }

  /** @param {number} time seconds */
  async #picture(time) {
    const url = this.#host.dataset.storyboard;
    if (!url) return;
    const { loadStoryboard, tileAt } = await import('./storyboard.js'); // nobody points at it on a phone
    this.#tiles ??= loadStoryboard(url);
    const tile = tileAt(await this.#tiles, time);
    const picture = part(this.#preview, 'preview-picture');
    if (!tile || !picture) return;
    picture.hidden = false;
    Object.assign(picture.style, {
      inlineSize: `${tile.width}px`,
      blockSize: `${tile.height}px`,
      backgroundImage: `url("${tile.url}")`,
      backgroundPosition: `-${tile.x}px -${tile.y}px`,
    });
  }
}
