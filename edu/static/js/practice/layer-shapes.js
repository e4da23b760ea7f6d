// The shapes of layers: read from the cues of a metadata track (captions/layers.py writes it), placed in time and picture.

/** @typedef {[number, number]} Point  fractions of the picture, from its upper left corner */
/**
 * @typedef {object} LayerCue
 * @property {number} start  seconds
 * @property {number} end
 * @property {string} layer
 * @property {string} label
 * @property {string} kind
 * @property {string} shape  polyline, polygon, ellipse (two corners of its box) or point
 * @property {Point[]} points
 * @property {string} side  'left', 'right' or ''
 * @property {Point[] | null} to  where the points are at the end
 */
/** @typedef {{ name: string, label: string, kind: string, number: number }} Layer */
/** @typedef {{ layers: Layer[], cues: LayerCue[], lost: number }} Layers  lost: cues that are no shape */
/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

/** How high the picture is in the units in which shapes are drawn. */
export const HEIGHT = 1000;
const NEEDED = ['layer', 'label', 'kind', 'shape'];
/** Halves are told apart by the middle of a shape; this near to the line (of the height) it is in the middle. */
const NEAR_MIDDLE = 0.08;

/** @param {unknown} value @returns {value is Point[]} */
function arePoints(value) {
  return Array.isArray(value) && value.length > 0
    && value.every((point) => Array.isArray(point) && point.length === 2 && point.every((at) => at >= 0 && at <= 1));
}

/** @param {{ startTime: number, endTime: number, text: string }} cue @returns {LayerCue | null} */
function shapeOf({ startTime, endTime, text }) {
  try {
    const { points, to = null, side = '', ...rest } = JSON.parse(text);
    const isWhole = NEEDED.every((name) => typeof rest[name] === 'string') && arePoints(points);
    if (!isWhole || (to !== null && (!arePoints(to) || to.length !== points.length))) return null;
    return { ...rest, start: startTime, end: endTime, points, to, side };
  } catch {
    return null;
  }
}

/** The layers of a track, numbered as they first come. @param {Iterable<{ startTime: number, endTime: number, text: string }>} found @returns {Layers} */
export function layersOf(found) {
  const read = [...found].map(shapeOf);
  const cues = /** @type {LayerCue[]} */ (read.filter((cue) => cue !== null)).sort((a, b) => a.start - b.start);
  /** @type {Map<string, Layer>} */ const known = new Map();
  for (const { layer: name, label, kind } of cues) {
    if (!known.has(name)) known.set(name, { name, label, kind, number: known.size + 1 });
  }
  return { layers: [...known.values()], cues, lost: read.length - cues.length };
}

/** @param {readonly LayerCue[]} cues @param {number} time  seconds @param {ReadonlySet<string>} off  layers that are not shown */
export function seenAt(cues, time, off) {
  return cues.filter(({ start, end, layer }) => start <= time && time < end && !off.has(layer));
}

/** Linear between the points at its start and at its end, and exact at both. @param {LayerCue} cue @param {number} time @returns {Point[]} */
export function pointsAt({ start, end, points, to }, time) {
  if (!to) return points;
  const part = Math.min(1, Math.max(0, (time - start) / (end - start)));
  return points.map(([x, y], n) => {
    const [toX, toY] = /** @type {Point} */ (to[n]);
    return [x * (1 - part) + toX * part, y * (1 - part) + toY * part];
  });
}

/** As a path: HEIGHT units high and `ratio` times as wide. @param {string} shape @param {Point[]} points @param {number} ratio @param {number} unit  of a CSS pixel */
export function pathOf(shape, points, ratio, unit) {
  const placed = points.map(([x, y]) => [x * ratio * HEIGHT, y * HEIGHT].map(tidy));
  const [[x, y] = [0, 0], [right, low] = [0, 0]] = placed;
  if (shape === 'point') return ring(x ?? 0, y ?? 0, tidy(7 * unit), tidy(7 * unit));
  if (shape !== 'ellipse') return `M${placed.map((point) => point.join(' ')).join('L')}${shape === 'polygon' ? 'Z' : ''}`;
  const [across, down] = [Math.abs((right ?? 0) - (x ?? 0)) / 2, Math.abs((low ?? 0) - (y ?? 0)) / 2];
  return ring(((right ?? 0) + (x ?? 0)) / 2, ((low ?? 0) + (y ?? 0)) / 2, across, down);
}

/** @param {number} x @param {number} y @param {number} across @param {number} down */
function ring(x, y, across, down) {
  return `M${tidy(x - across)} ${tidy(y)}a${across} ${down} 0 1 0 ${2 * across} 0a${across} ${down} 0 1 0 ${-2 * across} 0Z`;
}

/** @param {number} value */
function tidy(value) {
  return Math.round(value * 10) / 10;
}

/** The box around points, in fractions. @param {Point[]} points @returns {Box} */
export function boxOf(points) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** In which half of the picture a shape lies. @param {Point[]} points @returns {'upper' | 'middle' | 'lower'} */
export function whereOf(points) {
  const { y, height } = boxOf(points);
  const off = y + height / 2 - 0.5;
  if (Math.abs(off) <= NEAR_MIDDLE) return 'middle';
  return off < 0 ? 'upper' : 'lower';
}

/**
 * What is seen, each layer once, with its sides and the half of the picture; a mirror makes the left side the right one.
 * @param {readonly LayerCue[]} cues @param {number} time @param {boolean} isMirrored
 */
export function told(cues, time, isMirrored) {
  /** @type {Map<string, { label: string, sides: Set<string>, points: Point[] }>} */ const found = new Map();
  for (const cue of cues) {
    const { sides, points } = found.get(cue.layer) ?? { sides: new Set(), points: [] };
    if (cue.side) sides.add(sideSeen(cue.side, isMirrored));
    found.set(cue.layer, { label: cue.label, sides, points: [...points, ...pointsAt(cue, time)] });
  }
  return [...found.values()].map(({ label, sides, points }) => ({ label, sides: [...sides].sort(), where: whereOf(points) }));
}

/** @param {string} side @param {boolean} isMirrored */
export function sideSeen(side, isMirrored) {
  return isMirrored ? { left: 'right', right: 'left' }[side] ?? side : side;
}
