// The view of a time line: which stretch is shown and how wide a millisecond is. A view is replaced, never changed.

import { writeTime } from '../player/media-time.js';

/**
 * @typedef {object} View
 * @property {number} start     ms at the left edge
 * @property {number} width     pixels
 * @property {number} scale     pixels per millisecond
 * @property {number} duration  ms of the whole film
 */

/** @typedef {{ time: number, label: string }} Tick */

/** Two milliseconds a pixel: a picture of a film of 25 is 20 pixels wide. */
export const CLOSEST = 0.5;
const LABEL_PIXELS = 72;
/** [between labels, between ticks] in ms */
const STEPS = [
  [50, 10], [100, 20], [200, 50], [500, 100], [1000, 200], [2000, 500], [5000, 1000], [10_000, 2000], [15_000, 5000],
  [30_000, 5000], [60_000, 10_000], [120_000, 30_000], [300_000, 60_000], [600_000, 120_000], [1_800_000, 300_000],
  [3_600_000, 600_000], [10_800_000, 1_800_000],
];
/** While it plays, the playhead stays left of this share of the view. */
const FOLLOW_AT = 0.7;

/** The whole film. @param {number} width @param {number} duration @returns {View} */
export function whole(width, duration) {
  return held({ start: 0, width, scale: 0, duration });
}

/** The nearest view that is possible: never closer than makes sense, never past the ends. @param {View} view @returns {View} */
export function held(view) {
  const duration = Math.max(1, view.duration);
  const width = Math.max(1, view.width);
  const fit = width / duration;
  const scale = Math.min(Math.max(view.scale, fit), Math.max(fit, CLOSEST));
  const start = Math.min(Math.max(0, view.start), Math.max(0, duration - width / scale));
  return { start, width, scale, duration };
}

/** @param {View} view */
export const endOf = (view) => view.start + view.width / view.scale;

/** @param {View} view @param {number} ms */
export const toX = (view, ms) => (ms - view.start) * view.scale;

/** @param {View} view @param {number} x */
export const toMs = (view, x) => Math.min(Math.max(0, view.start + x / view.scale), view.duration);

/** Closer (factor above 1) or wider; the moment `at` stays where it is. @param {View} view @param {number} factor @param {number} at ms */
export function zoomed(view, factor, at) {
  const { scale } = held({ ...view, scale: view.scale * factor });
  return held({ ...view, scale, start: at - ((at - view.start) * view.scale) / scale });
}

/** @param {View} view @param {number} by ms */
export const moved = (view, by) => held({ ...view, start: view.start + by });

/** The same scale, moved only where the span is not seen; its start is what counts. @param {View} view @param {number} start @param {number} end */
export function showing(view, start, end) {
  const length = view.width / view.scale;
  const margin = length * 0.08;
  if (start < view.start) return held({ ...view, start: start - margin });
  if (end <= view.start + length) return view;
  return held({ ...view, start: Math.min(start - margin, end + margin - length) });
}

/** @param {View} view @param {number} time */
export const isSeen = (view, time) => time >= view.start && time <= endOf(view);

/**
 * Where the view goes while the film plays: along with the playhead, or, for those who want no motion, page by page.
 * @param {View} view
 * @param {number} time ms
 * @param {boolean} isStill
 */
export function following(view, time, isStill) {
  const length = view.width / view.scale;
  if (time < view.start) return held({ ...view, start: time - length * 0.1 });
  if (isStill) return time > view.start + length ? held({ ...view, start: time - length * 0.1 }) : view;
  return time > view.start + length * FOLLOW_AT ? held({ ...view, start: time - length * FOLLOW_AT }) : view;
}

/** The marks of the ruler. @param {View} view @returns {Tick[]} */
export function ticks(view) {
  const [label = 1, step = 1] = STEPS.find(([apart = 0]) => apart * view.scale >= LABEL_PIXELS) ?? STEPS.at(-1) ?? [];
  const found = [];
  const last = Math.min(endOf(view), view.duration);
  for (let n = Math.floor(view.start / step); n * step <= last; n += 1) {
    const time = n * step;
    found.push({ time, label: time % label === 0 ? timeText(time, label < 1000) : '' });
  }
  return found;
}

/** 72400 -> '1:12.4'; whole seconds without a fraction unless asked for. @param {number} ms @param {boolean} [isExact] */
export function timeText(ms, isExact = false) {
  const exact = writeTime(ms);
  return isExact ? exact : exact.replace(/\.0$/, '');
}
