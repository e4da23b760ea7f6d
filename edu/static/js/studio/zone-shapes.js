// Zones and points of a picture in its own pixels: drawn between two points, moved, resized, written as fields.

/** @typedef {{ x: number, y: number }} Point */
/** @typedef {{ width: number, height: number }} Size */
/** @typedef {'circle' | 'rect' | 'ellipse' | 'polygon'} Shape */
/** @typedef {{ shape: Shape, left: number, top: number, width: number, height: number, points: Point[] }} Zone  points: of a polygon */

export const LEAST = 4; // pixels
const STEP = 1;
const FAR = 10;
/** @type {Record<string, Point>} */
const ARROWS = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };

/** @param {number} value @param {number} least @param {number} most */
const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

/** A pixel, or a tenth of one. @param {number} value */
export const tidy = (value) => Math.round(value * 10) / 10;

/** @param {Point} point @param {Size} size @returns {Point} */
export const within = ({ x, y }, size) => ({ x: tidy(clamp(x, 0, size.width)), y: tidy(clamp(y, 0, size.height)) });

/** How far an arrow key goes; null for another key. @param {string} key @param {boolean} isFar @returns {Point | null} */
export function step(key, isFar) {
  const way = ARROWS[key];
  const far = isFar ? FAR : STEP;
  return way ? { x: way.x * far, y: way.y * far } : null;
}

/** The zone between two points; a circle is as wide as the longer side, as far as the picture goes.
 * @param {Shape} shape @param {Point} one @param {Point} other @param {Size} size @returns {Zone} */
export function between(shape, one, other, size) {
  const [from, to] = [within(one, size), within(other, size)];
  let [width, height] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
  if (shape === 'circle') {
    const room = { x: to.x < from.x ? from.x : size.width - from.x, y: to.y < from.y ? from.y : size.height - from.y };
    width = height = Math.min(Math.max(width, height), room.x, room.y);
  }
  const left = to.x < from.x ? from.x - width : from.x;
  const top = to.y < from.y ? from.y - height : from.y;
  return { shape, left: tidy(left), top: tidy(top), width: tidy(width), height: tidy(height), points: [] };
}

/** The box around a zone. @param {Zone} zone */
export function boxOf(zone) {
  if (zone.shape !== 'polygon') return { left: zone.left, top: zone.top, width: zone.width, height: zone.height };
  const [across, down] = [zone.points.map(({ x }) => x), zone.points.map(({ y }) => y)];
  const [left, top] = [Math.min(...across), Math.min(...down)];
  return { left, top, width: Math.max(...across) - left, height: Math.max(...down) - top };
}

/** The zone moved as far as the picture goes. @param {Zone} zone @param {Point} by @param {Size} size @returns {Zone} */
export function moved(zone, by, size) {
  const { left, top, width, height } = boxOf(zone);
  const x = clamp(by.x, -left, size.width - left - width);
  const y = clamp(by.y, -top, size.height - top - height);
  return {
    ...zone,
    left: tidy(zone.left + x),
    top: tidy(zone.top + y),
    points: zone.points.map((point) => ({ x: tidy(point.x + x), y: tidy(point.y + y) })),
  };
}

/** The zone with its lower right corner moved. @param {Zone} zone @param {Point} by @param {Size} size @returns {Zone} */
export function resized(zone, by, size) {
  const { left, top, width, height } = boxOf(zone);
  let wide = clamp(width + by.x, LEAST, size.width - left);
  let high = clamp(height + by.y, LEAST, size.height - top);
  if (zone.shape === 'circle') {
    const grown = Math.abs(by.x) >= Math.abs(by.y) ? width + by.x : height + by.y;
    wide = high = clamp(grown, LEAST, Math.min(size.width - left, size.height - top));
  }
  const scaled = (/** @type {Point} */ { x, y }) => ({
    x: tidy(left + ((x - left) * wide) / (width || 1)), y: tidy(top + ((y - top) * high) / (height || 1)),
  });
  return { ...zone, width: tidy(wide), height: tidy(high), points: zone.points.map(scaled) };
}

/** A zone to begin with, in the middle of the picture. @param {Shape} shape @param {Size} size @returns {Zone} */
export function middle(shape, size) {
  const side = Math.min(size.width, size.height) / 6;
  const [left, top] = [(size.width - side) / 2, (size.height - side) / 2];
  const zone = between(shape, { x: left, y: top }, { x: left + side, y: top + side }, size);
  if (shape !== 'polygon') return zone;
  const { width, height } = zone;
  const points = [{ x: left + width / 2, y: top }, { x: left + width, y: top + height }, { x: left, y: top + height }];
  return { ...zone, points: points.map((point) => within(point, size)) };
}

/** The corners that were clicked as those of a polygon, where a double click gave one of them twice; null for fewer than three.
 * @param {readonly Point[]} clicked @returns {Point[] | null} */
export function closed(clicked) {
  const points = clicked.filter(({ x, y }, index) => {
    const before = clicked[index - 1];
    return !before || Math.hypot(x - before.x, y - before.y) > 1;
  });
  return points.length < 3 ? null : points;
}

/** What a key does to a drawing that was begun; nothing when it is the button of a tool that is pressed, before any corner is drawn.
 * @param {string} key @param {{ tool: string, corners: number, isOnButton: boolean }} drawing @returns {'finish' | 'give up' | null} */
export function ending(key, { tool, corners: drawn, isOnButton }) {
  if (key === 'Escape') return 'give up';
  return key === 'Enter' && tool && (drawn || !isOnButton) ? 'finish' : null;
}

/** '10,20 30,40' as points. @param {string} text @returns {Point[]} */
export function corners(text) {
  return [...text.matchAll(/(-?[\d.]+)\s*,\s*(-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
}

/** Points as they are typed. @param {readonly Point[]} points */
export const cornersText = (points) => points.map(({ x, y }) => `${tidy(x)},${tidy(y)}`).join(' ');

/** A number that may have a comma; NaN for none. @param {string} text */
export const numberOf = (text) => (text.trim() ? Number(text.trim().replace(',', '.')) : NaN);

/** The zone that the fields of a row describe; null while they are not complete. @param {(name: string) => string} said @returns {Zone | null} */
export function read(said) {
  const shape = /** @type {Shape} */ (said('shape') || 'circle');
  if (shape === 'polygon') {
    const points = corners(said('points'));
    return points.length ? { shape, left: 0, top: 0, width: 0, height: 0, points } : null;
  }
  const [left, top, width, tall] = /** @type {[number, number, number, number]} */ (
    ['left', 'top', 'width', 'height'].map((name) => numberOf(said(name)))
  );
  const height = shape === 'circle' ? width : tall;
  return [left, top, width, height].every((value) => value >= 0) && width > 0 && height > 0
    ? { shape, left, top, width, height, points: [] }
    : null;
}

/** The fields of a row that describe the zone. @param {Zone | null} zone @returns {Record<string, string>} */
export function write(zone) {
  const empty = { left: '', top: '', width: '', height: '', points: '' };
  if (!zone) return empty;
  if (zone.shape === 'polygon') return { ...empty, shape: zone.shape, points: cornersText(zone.points) };
  const { left, top, width, height } = zone;
  return {
    shape: zone.shape, left: String(tidy(left)), top: String(tidy(top)), width: String(tidy(width)),
    height: String(tidy(height)), points: '',
  };
}
