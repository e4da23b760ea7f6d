// A picture that can be enlarged in its frame, by buttons and by two fingers; its place under the fingers stays.

export const LARGEST = 6;
const STEPS = [1, 1.5, 2, 3, 4, LARGEST];

/** The next step of the buttons. @param {number} zoom @param {number} way  1 or -1 */
export function nextZoom(zoom, way) {
  const found = way > 0 ? STEPS.find((step) => step > zoom + 0.01) : STEPS.filter((step) => step < zoom - 0.01).at(-1);
  return found ?? zoom;
}

export class PictureZoom {
  #frame;
  #stage;
  #zoom = 1;
  /** @type {{ span: number, zoom: number } | null} */ #pinch = null;
  /** @type {() => void} */ #told;

  /**
   * @param {HTMLElement} frame  what scrolls
   * @param {HTMLElement} stage  what grows
   * @param {number} ratio  width over height
   * @param {AbortSignal} signal
   * @param {() => void} told  called after each change
   */
  constructor(frame, stage, ratio, signal, told) {
    this.#frame = frame;
    this.#stage = stage;
    this.#told = told;
    frame.style.aspectRatio = String(ratio);
    frame.addEventListener('touchstart', (event) => this.#begin(event), { signal, passive: true });
    frame.addEventListener('touchmove', (event) => this.#spread(event), { signal, passive: false });
    frame.addEventListener('touchend', () => { this.#pinch = null; }, { signal });
    const watch = new ResizeObserver(() => told());
    watch.observe(frame);
    signal.addEventListener('abort', () => watch.disconnect());
  }

  get zoom() {
    return this.#zoom;
  }

  /**
   * @param {number} zoom
   * @param {number} x  what stays where it is, as fractions of the picture
   * @param {number} y
   */
  to(zoom, x, y) {
    const [left, top] = [this.#seen(x, 'Width', 'Left'), this.#seen(y, 'Height', 'Top')];
    this.#zoom = Math.min(LARGEST, Math.max(1, zoom));
    this.#stage.style.inlineSize = `${this.#zoom * 100}%`;
    this.#frame.scrollLeft = x * this.#stage.offsetWidth - left;
    this.#frame.scrollTop = y * this.#stage.offsetHeight - top;
    this.#told();
  }

  /** Where a place of the picture is seen in the frame; its middle for what is out of sight. @param {number} share @param {'Width' | 'Height'} size @param {'Left' | 'Top'} edge */
  #seen(share, size, edge) {
    const at = share * this.#stage[`offset${size}`] - this.#frame[`scroll${edge}`];
    const room = this.#frame[`client${size}`];
    return at >= 0 && at <= room ? at : room / 2;
  }

  /** Brings a place of the picture into sight. @param {number} x @param {number} y */
  show(x, y) {
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = this.#frame;
    const [left, top] = [x * this.#stage.offsetWidth, y * this.#stage.offsetHeight];
    if (left < scrollLeft + 30 || left > scrollLeft + clientWidth - 30) this.#frame.scrollLeft = left - clientWidth / 2;
    if (top < scrollTop + 30 || top > scrollTop + clientHeight - 30) this.#frame.scrollTop = top - clientHeight / 2;
  }

  /** @param {TouchEvent} event */
  #begin(event) {
    this.#pinch = event.touches.length === 2 ? { span: spanOf(event), zoom: this.#zoom } : null;
  }

  /** @param {TouchEvent} event */
  #spread(event) {
    if (!this.#pinch || event.touches.length !== 2) return;
    event.preventDefault();
    const { left, top, width, height } = this.#stage.getBoundingClientRect();
    const [a, b] = /** @type {[Touch, Touch]} */ ([...event.touches]);
    const middle = [(a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2];
    this.to((this.#pinch.zoom * spanOf(event)) / this.#pinch.span, ((middle[0] ?? 0) - left) / width, ((middle[1] ?? 0) - top) / height);
  }
}

/** @param {TouchEvent} event */
function spanOf({ touches: [a, b] }) {
  return a && b ? Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)) : 1;
}
