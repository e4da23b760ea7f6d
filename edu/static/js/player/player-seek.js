// The seek bar: one segment per step, filled as it is played, and a preview of where the pointer aims.

import { chapterAt, clock, spoken } from './media-time.js';
import { quiet } from './quiet.js';
import { part, words } from '../wording.js';

/** @typedef {import('./player-store.js').PlayerStore} PlayerStore */
/** @typedef {import('./media-time.js').Chapter} Chapter */
/** @typedef {{ start: number, end: number, chapter: Chapter | null }} Segment */

/** Gaps shorter than this are rounding, not a part of the film without a step. Seconds. */
const SMALLEST_GAP = 0.25;
/** How long the preview stays after the last key or touch, where no pointer holds it. */
const PREVIEW_MS = 1500;

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
  #isHeld = false;
  /** Whether the place is told in words, too. */ #isTold = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /**
   * @param {HTMLElement & { notice(sentence: string): void }} host   the <edu-player>, for its words and its storyboard
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
    const tell = () => {
      this.#isTold = true;
      this.update();
    };
    void quiet().then(tell);
    this.#input.addEventListener('focus', tell, { once: true });
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
    // names of units take long to come the first time: never before the first picture
    if (this.#isTold && (time > 0 || !this.#store.playing)) this.#input.setAttribute('aria-valuetext', this.#valueText(time, duration, chapter));
  }

  /** @param {number} time @param {number} duration @param {Chapter | null} chapter */
  #valueText(time, duration, chapter) {
    const { lang } = document.documentElement;
    const values = { time: spoken(time, lang || 'en'), duration: spoken(Math.round(duration), lang || 'en') };
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
      this.#aim(Number(this.#input.value)); // a finger covers the place where it drags
    });
    this.#input.addEventListener('change', () => { this.#isHeld = false; });
    this.#area.addEventListener('pointermove', ({ clientX }) => {
      const box = this.#area.getBoundingClientRect();
      this.#aim(Math.min(1, Math.max(0, (clientX - box.left) / box.width)) * this.#store.duration);
    });
    for (const name of ['pointerleave', 'pointercancel', 'focusout']) this.#area.addEventListener(name, () => this.#aim(null));
    this.#store.addEventListener('change', (event) => {
      if (/** @type {CustomEvent} */ (event).detail === 'seeking' && this.#input.matches(':focus-visible')) this.#aim(this.#store.time);
    });
  }

  /** Shows what is there at a time. @param {number | null} time  seconds; null: no more */
  #aim(time) {
    clearTimeout(this.#timer);
    this.#preview.hidden = time === null;
    for (const { bar } of this.#bars) bar.removeAttribute('data-aimed');
    if (time === null) return;
    if (!this.#area.matches(':hover')) this.#timer = setTimeout(() => this.#aim(null), PREVIEW_MS);
    const width = this.#area.offsetWidth;
    const chapter = chapterAt(this.#store.chapters, time);
    const aimed = this.#bars.find(({ segment }) => chapter !== null && segment.chapter === chapter);
    aimed?.bar.setAttribute('data-aimed', '');
    const [title, shown] = [part(this.#preview, 'preview-title'), part(this.#preview, 'preview-time')];
    if (title) title.textContent = chapter?.title ?? '';
    if (shown) shown.textContent = clock(time);
    if (this.#host.dataset.storyboard) void import('./storyboard.js').then(({ drawTile }) => drawTile(this.#host, time));
    const half = this.#preview.offsetWidth / 2;
    const centre = Math.min(width - half, Math.max(half, (time / this.#store.duration) * width));
    this.#preview.style.left = `${centre - half}px`;
  }
}
