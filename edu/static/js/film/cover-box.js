// Rectangles over the picture: moved and resized by arrow keys, mouse and finger. Places are fractions of the picture.

/** @typedef {import('./film-lines.js').Place} Place */
/** @typedef {Place & { n: number, isNew: boolean }} Shown  n: its number; isNew: it is being marked */
/** @typedef {{ x: number, y: number }} Point */

const STEP = 0.01;
const SMALLEST = 0.02;
/** @type {Record<string, Point>} */
const ARROWS = {
  ArrowLeft: { x: -STEP, y: 0 }, ArrowRight: { x: STEP, y: 0 }, ArrowUp: { x: 0, y: -STEP }, ArrowDown: { x: 0, y: STEP },
};

/** @param {number} value @param {number} least @param {number} most */
const clamp = (value, least, most) => Math.round(Math.min(most, Math.max(least, value)) * 1000) / 1000;

/** Within the picture, and not smaller than can be seen. @param {Place} place @returns {Place} */
export function held(place) {
  const [width, height] = [clamp(place.width, SMALLEST, 1), clamp(place.height, SMALLEST, 1)];
  return { x: clamp(place.x, 0, 1 - width), y: clamp(place.y, 0, 1 - height), width, height };
}

/** The place between two corners. @param {Point} one @param {Point} other */
export function between(one, other) {
  const [x, y] = [clamp(Math.min(one.x, other.x), 0, 1), clamp(Math.min(one.y, other.y), 0, 1)];
  return held({ x, y, width: clamp(Math.max(one.x, other.x), 0, 1) - x, height: clamp(Math.max(one.y, other.y), 0, 1) - y });
}

/** The place moved, or with its other corner moved. @param {Place} place @param {Point} by @param {boolean} isSize */
export function shifted({ x, y, width, height }, by, isSize) {
  if (isSize) return between({ x, y }, { x: Math.max(x, x + width + by.x), y: Math.max(y, y + height + by.y) });
  return held({ x: x + by.x, y: y + by.y, width, height });
}

/** What an arrow key does: it moves, with Shift it resizes. @param {Place} place @param {string} key @param {boolean} shift */
export function nudged(place, key, shift) {
  const by = ARROWS[key];
  return by ? shifted(place, by, shift) : null;
}

/** The layer over the picture of a stage, whatever bars the stage has beside it. */
export class CoverLayer {
  #layer = document.createElement('div');
  /** @type {{ place: Shown, from: Point, how: string, isFirst: boolean } | null} */ #drag = null;
  /** @type {readonly Shown[]} */ #places = [];
  #drawn = '';

  /**
   * @param {HTMLElement} stage
   * @param {number} aspect  width to height of the picture
   * @param {(place: Shown) => string} label
   * @param {(n: number, place: Place, isFirst: boolean) => void} changed  isFirst: of a gesture
   */
  constructor(stage, aspect, label, changed) {
    this.label = label;
    this.changed = changed;
    const layer = this.#layer;
    layer.className = 'cover-layer';
    stage.append(layer);
    new ResizeObserver(() => {
      const [width, height] = [stage.clientWidth, stage.clientHeight];
      const wide = Math.min(width, height * aspect);
      const box = { width: wide, height: wide / aspect, left: (width - wide) / 2, top: (height - wide / aspect) / 2 };
      for (const [name, value] of Object.entries(box)) layer.style.setProperty(name, `${value}px`);
    }).observe(stage);
    layer.addEventListener('keydown', (event) => this.#pressed(event));
    layer.addEventListener('pointerdown', (event) => this.#began(event));
    layer.addEventListener('pointermove', (event) => this.#moved(event));
    for (const name of ['pointerup', 'pointercancel']) layer.addEventListener(name, () => { this.#drag = null; });
  }

  /** @param {readonly Shown[]} places */
  show(places) {
    const drawn = JSON.stringify(places);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#places = places;
    this.#layer.toggleAttribute('data-drawing', places.some(({ isNew }) => isNew));
    for (const box of this.#layer.children) if (!this.#of(box)) box.remove();
    for (const place of places) {
      const box = this.box(place.n) ?? this.#add(place.n);
      const sides = { left: place.x, top: place.y, width: place.width, height: place.height };
      for (const [name, share] of Object.entries(sides)) box.style.setProperty(name, `${share * 100}%`);
      box.setAttribute('aria-label', this.label(place));
    }
  }

  /** @param {number} n @returns {HTMLElement | null} */
  box(n) {
    return this.#layer.querySelector(`[data-n="${n}"]`);
  }

  /** @param {number} n */
  #add(n) {
    const box = document.createElement('div');
    box.className = 'cover-box';
    box.dataset.n = String(n);
    box.tabIndex = 0;
    box.setAttribute('role', 'application'); // so that screen readers leave the arrow keys to it
    box.append(document.createElement('i'));
    this.#layer.append(box);
    return box;
  }

  /** @param {unknown} target */
  #of(target) {
    const box = target instanceof Element ? target.closest('.cover-box') : null;
    return box && this.#places.find(({ n }) => String(n) === box.getAttribute('data-n'));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const place = this.#of(event.target);
    const next = place && nudged(place, event.key, event.shiftKey);
    if (!place || !next || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // the player would seek
    this.changed(place.n, next, !event.repeat);
  }

  /** @param {PointerEvent} event */
  #began(event) {
    const place = this.#of(event.target) ?? this.#places.find(({ isNew }) => isNew);
    if (!place || event.button !== 0) return;
    event.preventDefault();
    const how = event.target === this.#layer ? 'draw' : /** @type {Element} */ (event.target).localName === 'i' ? 'size' : 'move';
    this.#drag = { place, from: this.#point(event), how, isFirst: true };
    this.#layer.setPointerCapture(event.pointerId);
    this.box(place.n)?.focus({ preventScroll: true });
  }

  /** @param {PointerEvent} event */
  #moved(event) {
    if (!this.#drag) return;
    const { place, from, how, isFirst } = this.#drag;
    const to = this.#point(event);
    const by = { x: to.x - from.x, y: to.y - from.y };
    this.#drag.isFirst = false;
    this.changed(place.n, how === 'draw' ? between(from, to) : shifted(place, by, how === 'size'), isFirst);
  }

  /** @param {PointerEvent} event */
  #point(event) {
    const { left, top, width, height } = this.#layer.getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
  }
}
