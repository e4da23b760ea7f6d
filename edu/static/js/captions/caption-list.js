// The list of captions: only what is seen is in the page, however many there are. One of them is selected, and one tab stop.

import { drawRow, newRow } from './caption-row.js';

/** @typedef {import('./caption-store.js').CaptionStore} CaptionStore */

const SPARE = 4; // rows beyond each edge
const USUAL_HEIGHT = 64;

export class CaptionList extends EventTarget {
  #box;
  #store;
  #look;
  #sizer = document.createElement('div');
  /** @type {Map<string, HTMLElement>} */ #rows = new Map();
  #height = USUAL_HEIGHT;
  #frame = 0;
  selected = '';
  now = '';

  /**
   * @param {HTMLElement} box  role=listbox, scrolls
   * @param {CaptionStore} store
   * @param {import('./caption-row.js').Look} look  what a row shows besides the cue
   * @param {AbortSignal} signal
   */
  constructor(box, store, look, signal) {
    super();
    this.#box = box;
    this.#store = store;
    this.#look = look;
    this.#sizer.className = 'cue-sizer';
    this.#sizer.setAttribute('role', 'presentation');
    box.replaceChildren(this.#sizer);
    box.addEventListener('scroll', () => this.#soon(), { signal, passive: true });
    box.addEventListener('click', (event) => this.#clicked(event), { signal });
    box.addEventListener('dblclick', (event) => this.#fire('write', event), { signal });
    box.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    const watch = new ResizeObserver(() => this.drawAll());
    watch.observe(box);
    signal.addEventListener('abort', () => watch.disconnect());
  }

  get look() { return this.#look; }

  #soon() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.draw();
    });
  }

  /** Puts the rows that are seen into the page, and the others out of it. */
  draw() {
    const { scrollTop, clientHeight } = this.#box;
    const first = Math.max(0, Math.floor(scrollTop / this.#height) - SPARE);
    const last = Math.min(this.#store.size, Math.ceil((scrollTop + clientHeight) / this.#height) + SPARE);
    const wanted = new Set(this.#store.keys.slice(first, last));
    if (this.#store.cue(this.selected)) wanted.add(this.selected); // so that the keyboard never loses its place
    for (const [key, row] of this.#rows) {
      if (wanted.has(key)) continue;
      row.remove();
      this.#rows.delete(key);
    }
    for (const key of wanted) this.#row(key);
    this.#sort();
  }

  /** Readers' own keys meet the rows as they are in the page. */
  #sort() {
    const held = document.activeElement;
    const rows = [...this.#rows].sort(([one], [other]) => this.#store.indexOf(one) - this.#store.indexOf(other));
    let place = this.#sizer.firstElementChild;
    for (const [, row] of rows) {
      if (row === place) place = row.nextElementSibling;
      else this.#sizer.insertBefore(row, place);
    }
    if (held instanceof HTMLElement && held !== document.activeElement && this.#box.contains(held)) held.focus({ preventScroll: true });
  }

  /** After the order or the size of rows changed. */
  drawAll() {
    const [any] = this.#rows.values();
    this.#height = any?.offsetHeight || this.#height;
    this.#sizer.style.blockSize = `${this.#store.size * this.#height}px`;
    for (const [key, row] of this.#rows) {
      if (this.#store.cue(key)) this.#place(key, row);
      else {
        if (row.contains(document.activeElement)) this.#box.focus();
        row.remove();
        this.#rows.delete(key);
      }
    }
    const isFirst = this.#rows.size === 0;
    this.draw();
    if (isFirst && this.#rows.size && [...this.#rows.values()][0]?.offsetHeight !== this.#height) this.drawAll();
  }

  /** Draws one row anew, and no other. @param {string} key */
  update(key) {
    const row = this.#rows.get(key);
    if (row && this.#store.cue(key)) this.#fill(key, row);
  }

  updateSeen() {
    for (const key of this.#rows.keys()) this.update(key);
  }

  /** @param {string} key */
  #row(key) {
    let row = this.#rows.get(key);
    if (row) return row;
    row = newRow(key);
    this.#rows.set(key, row);
    this.#place(key, row);
    this.#sizer.append(row);
    return row;
  }

  /** @param {string} key @param {HTMLElement} row */
  #place(key, row) {
    const index = this.#store.indexOf(key);
    row.style.transform = `translateY(${index * this.#height}px)`;
    row.ariaPosInSet = String(index + 1);
    row.ariaSetSize = String(this.#store.size);
    this.#fill(key, row, index);
  }

  /** @param {string} key @param {HTMLElement} row @param {number} [index] */
  #fill(key, row, index = this.#store.indexOf(key)) {
    const cue = this.#store.cue(key);
    if (!cue) return;
    row.tabIndex = key === this.selected ? 0 : -1;
    row.ariaSelected = String(key === this.selected);
    row.toggleAttribute('data-now', key === this.now);
    row.dataset.severity = this.#store.severity(key);
    row.toggleAttribute('data-conflict', this.#store.conflicts.has(key));
    drawRow(row, { cue, number: index + 1, problems: this.#store.problemsOf(key) }, this.#look);
  }

  /** @param {string} key @param {{ isFocused?: boolean }} [how] */
  select(key, { isFocused = false } = {}) {
    const before = this.selected;
    this.selected = key;
    if (before !== key) this.update(before);
    if (key) {
      this.#row(key);
      this.update(key);
      this.show(key);
      if (isFocused) this.focus();
    }
    this.#soon();
  }

  /** The cue that is on now. @param {string} key @param {boolean} isFollowed */
  setNow(key, isFollowed) {
    const before = this.now;
    if (before === key) return;
    const wasSeen = !before || this.#isSeen(before);
    this.now = key;
    this.#rows.get(before)?.removeAttribute('data-now');
    this.#rows.get(key)?.setAttribute('data-now', '');
    if (key && isFollowed && wasSeen) this.show(key);
  }

  /** @param {string} key */
  #isSeen(key) {
    const top = this.#store.indexOf(key) * this.#height;
    const { scrollTop, clientHeight } = this.#box;
    return top + this.#height > scrollTop && top < scrollTop + clientHeight;
  }

  /** Scrolls the list, never the page. @param {string} key */
  show(key) {
    const top = this.#store.indexOf(key) * this.#height;
    const { scrollTop, clientHeight } = this.#box;
    if (top < scrollTop) this.#box.scrollTop = top - this.#height;
    else if (top + this.#height > scrollTop + clientHeight) this.#box.scrollTop = top + 2 * this.#height - clientHeight;
  }

  focus() {
    const row = this.#rows.get(this.selected);
    (row ?? this.#box).focus({ preventScroll: true });
  }

  get hasFocus() { return this.#box.contains(document.activeElement); }

  /** @param {Event} event */
  #keyOf(event) {
    return event.target instanceof Element ? (event.target.closest('[role="option"]')?.getAttribute('data-key') ?? '') : '';
  }

  /** @param {string} name @param {Event} event */
  #fire(name, event) {
    const key = this.#keyOf(event);
    if (key) this.dispatchEvent(new CustomEvent(name, { detail: { key } }));
  }

  /** A finger that touches the selected row again wants to write. @param {MouseEvent} event */
  #clicked(event) {
    const isTouch = event instanceof PointerEvent && event.pointerType === 'touch';
    this.#fire(isTouch && this.#keyOf(event) === this.selected ? 'write' : 'pick', event);
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.#box.clientHeight / this.#height) - 1);
    /** @type {Record<string, number>} */
    const ways = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    const way = ways[event.key];
    if (way === undefined || this.#store.size === 0) return;
    event.preventDefault();
    const at = Math.max(-1, this.#store.indexOf(this.selected));
    const key = this.#store.keyAt(Math.min(Math.max(0, at + way), this.#store.size - 1));
    this.dispatchEvent(new CustomEvent('pick', { detail: { key, isByKey: true } }));
  }
}
