// <edu-chapter-editor for="player" data-duration data-length>: a time line and tools that write the rows of the form inside,
// which are the truth: what is saved is what stands in them.

import { bringBack, fieldOf, isBlank, kept, put, read, write } from './chapter-rows.js';
import { timeText } from './timeline-scale.js';
import { part, words } from '../wording.js';

/** @typedef {import('./edu-cue-timeline.js').EduCueTimeline} Timeline */
/** @typedef {import('./timeline-drag.js').Span} Span */

/** ms: nearer than this to the beginning of a chapter no other begins. */
const LEAST = 100;

export class EduChapterEditor extends HTMLElement {
  #life = new AbortController();
  /** @type {ReturnType<typeof kept>[]} */ #past = [];
  #isDragging = false;
  #isSaved = !this.hasAttribute('data-unsaved');

  connectedCallback() {
    void Promise.all(['edu-player', 'edu-cue-timeline'].map((name) => customElements.whenDefined(name))).then(() => this.#begin());
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #begin() {
    const timeline = /** @type {Timeline | null} */ (this.querySelector('edu-cue-timeline'));
    const tools = /** @type {HTMLTemplateElement | null} */ (part(this, 'tools'));
    if (!timeline || !tools || this.hasAttribute('ready')) return;
    const { signal } = this.#life;
    this.timeline = timeline;
    this.store = /** @type {import('../player/edu-player.js').EduPlayer | null} */ (document.getElementById(this.getAttribute('for') ?? ''))?.store;
    tools.before(tools.content.cloneNode(true));
    const hear = (/** @type {string} */ name, /** @type {(event: any) => void} */ does) => this.addEventListener(name, does, { signal });
    hear('click', (event) => this.#clicked(event));
    hear('input', ({ target }) => { if (this.form?.contains(target)) this.#changed(); });
    hear('focusin', (event) => this.#focused(event));
    hear('submit', ({ target }) => { this.#isSaved ||= target === this.form; });
    hear('cue-select', (event) => this.#mark(event.detail.key));
    hear('cue-time', (event) => this.#dragged(event.detail));
    hear('cue-new', (event) => this.#add(event.detail.start));
    hear('time-seek', (event) => this.store?.seek(event.detail.time / 1000));
    addEventListener('beforeunload', (event) => { if (!this.#isSaved) event.preventDefault(); }, { signal });
    this.#furnish(timeline);
    this.setAttribute('ready', '');
  }

  /** @param {Timeline} timeline */
  #furnish(timeline) {
    const { speech = [], cuts = [] } = JSON.parse(timeline.dataset.hearing ?? '{}');
    Object.assign(timeline, { duration: this.duration, speech, cuts, frameMs: Number(timeline.dataset.frame) });
    this.#show();
    if (!timeline.dataset.peaks) return;
    // without its waveform a time line serves as well
    fetch(timeline.dataset.peaks).then((answer) => answer.json()).then((peaks) => { timeline.peaks = peaks; }, () => {});
  }

  get duration() { return Number(this.dataset.duration) || 1; }
  get length() { return Number(this.dataset.length) || this.duration; }
  get time() { return Math.round((this.store?.time ?? 0) * 1000); }

  get rows() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll('[data-part="rows"] > .chapter-row')]);
  }

  get form() { return part(this, 'rows')?.closest('form') ?? null; }

  get chapters() { return read(this.rows, this.length, this.duration); }

  get chosen() { return this.rows.find(({ dataset }) => dataset.n === this.timeline?.selected); }

  #show() {
    if (this.timeline) this.timeline.cues = this.chapters;
  }

  #changed() {
    this.#isSaved = false;
    this.#show();
  }

  #remember() {
    this.#past.push(kept(this.rows));
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('button[data-action]'));
    const action = button?.closest('edu-cue-timeline, edu-player') ? '' : button?.dataset.action;
    if (action === 'add') this.#add(this.time);
    if (action === 'split') this.#split();
    if (action === 'remove') this.#remove();
    if (action === 'undo') this.#undo();
  }

  /** At the playhead where that is inside, else in the middle. */
  #split() {
    const chapter = this.chapters.find(({ key }) => key === this.timeline?.selected);
    if (!chapter) return this.#say('choose');
    const { start, end } = chapter;
    const isInside = this.time >= start + LEAST && this.time <= end - LEAST;
    return this.#add(isInside ? this.time : Math.round((start + end) / 2));
  }

  /** @param {number} time ms */
  #add(time) {
    const { chapters } = this;
    const at = Math.min(Math.max(0, time), this.duration - LEAST);
    const values = { time: timeText(at) };
    if (chapters.some(({ start }) => Math.abs(start - at) < LEAST)) return this.#say('taken', values);
    this.#remember();
    const row = this.rows.find(isBlank) ?? this.#newRow();
    const before = chapters.filter(({ start }) => start < at).at(-1);
    const list = /** @type {HTMLElement} */ (part(this, 'rows'));
    const above = this.rows.find(({ dataset }) => dataset.n === before?.key);
    if (above) above.after(row);
    else list.prepend(row);
    put(row, 'start', timeText(at));
    if (before && above && before.end > at) put(row, 'end', fieldOf(above, 'end')?.value ?? '');
    if (before && above && before.end > at) put(above, 'end', '');
    this.#changed();
    this.#mark(row.dataset.n ?? '');
    this.#say('added', values);
    fieldOf(row, 'title')?.focus();
  }

  #newRow() {
    const template = /** @type {HTMLTemplateElement | null} */ (this.querySelector('template[data-part="row"]'));
    const row = /** @type {HTMLElement} */ (template?.content.firstElementChild?.cloneNode(true));
    const n = String(1 + Math.max(0, ...this.rows.map(({ dataset }) => Number(dataset.n))));
    row.dataset.n = n;
    for (const element of row.querySelectorAll('[name], [id], [for]')) {
      for (const name of ['name', 'id', 'for']) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replace(/-N(?=-|$)/, `-${n}`));
      }
    }
    return row;
  }

  #remove() {
    const row = this.chosen;
    const box = row && fieldOf(row, 'remove');
    if (!row || !box) return this.#say('choose');
    this.#remember();
    box.checked = !box.checked;
    this.#changed();
    return this.#say(box.checked ? 'gone' : 'stays', { title: fieldOf(row, 'title')?.value ?? '' });
  }

  #undo() {
    const before = this.#past.pop();
    const list = part(this, 'rows');
    if (before && list) bringBack(list, before);
    this.#changed();
    this.#say(before ? 'undone' : 'nothing');
  }

  /** @param {Span & { phase: string, also: Span[] }} change */
  #dragged({ phase, also, ...own }) {
    if (!this.#isDragging) this.#remember();
    this.#isDragging = phase === 'move';
    const spans = new Map([own, ...also].map((span) => [span.key, span]));
    write(this.rows, this.chapters.map((chapter) => ({ ...chapter, ...spans.get(chapter.key) })), this.length);
    this.#isSaved = false;
    if (phase === 'done') this.#show();
  }

  /** @param {FocusEvent} event */
  #focused(event) {
    const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('.chapter-row'));
    if (row && !isBlank(row)) this.#mark(row.dataset.n ?? '');
  }

  /** @param {string} key */
  #mark(key) {
    if (this.timeline) this.timeline.selected = key;
    for (const row of this.rows) row.classList.toggle('current', row.dataset.n === key);
  }

  /** @param {string} sentence @param {Record<string, string>} [values] */
  #say(sentence, values) {
    const line = part(this, 'said');
    if (line) line.textContent = words(this, sentence, values);
  }
}

customElements.define('edu-chapter-editor', EduChapterEditor);
