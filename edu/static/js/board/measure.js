// Measuring on the board: pixels of the drawing to centimetres from the midline and from the crest line.

/** @typedef {{ x: number, y: number }} Point  centimetres: x to the patient's right, y to the head, from the midline at the dimples */
/** @typedef {{ scale: number, origin: Point, crest: Point[] }} Scale  pixels of a centimetre, the origin in pixels, the right crest line in centimetres */

/** 'a,b c,d' as points. @param {string} written @returns {Point[]} */
export function points(written) {
  return written.trim().split(/\s+/).map((pair) => {
    const [x = 0, y = 0] = pair.split(',').map(Number);
    return { x, y };
  });
}

/** What the element says of the drawing. @param {DOMStringMap} data @returns {Scale} */
export function scaleOf(data) {
  const [x = 0, y = 0] = (data.origin ?? '').split(' ').map(Number);
  return { scale: Number(data.scale), origin: { x, y }, crest: points(data.crest ?? '') };
}

/** @param {Scale} scale @param {Point} pixel @returns {Point} */
export function toCm({ scale, origin }, { x, y }) {
  return { x: (x - origin.x) / scale, y: (origin.y - y) / scale };
}

/** @param {Scale} scale @param {Point} cm @returns {Point} */
export function toPixels({ scale, origin }, { x, y }) {
  return { x: origin.x + x * scale, y: origin.y - y * scale };
}

/** Rounded to a tenth, and never -0. @param {number} cm */
export function tenth(cm) {
  return Math.round(cm * 10) / 10 + 0;
}

/** Centimetres between two points, to a tenth. @param {Point} a @param {Point} b */
export function between(a, b) {
  return tenth(Math.hypot(a.x - b.x, a.y - b.y));
}

/**
 * How far a point is from the crest line of its side, to a tenth, and on which side of it: above or below where the
 * line runs at its distance from the midline, else away.
 * @param {Scale} scale @param {Point} point @returns {{ cm: number, where: 'above' | 'below' | 'on' | 'away' }}
 */
export function fromCrest({ crest }, point) {
  const at = { x: Math.abs(point.x), y: point.y };
  let nearest = Infinity;
  let height = NaN;
  for (let n = 1; n < crest.length; n += 1) {
    const [a, b] = [/** @type {Point} */ (crest[n - 1]), /** @type {Point} */ (crest[n])];
    const share = Math.min(1, Math.max(0, ((at.x - a.x) * (b.x - a.x) + (at.y - a.y) * (b.y - a.y)) / ((b.x - a.x) ** 2 + (b.y - a.y) ** 2)));
    nearest = Math.min(nearest, Math.hypot(at.x - a.x - share * (b.x - a.x), at.y - a.y - share * (b.y - a.y)));
    if (a.x <= at.x && at.x <= b.x && b.x > a.x) height = a.y + ((at.x - a.x) / (b.x - a.x)) * (b.y - a.y);
  }
  const cm = tenth(nearest);
  if (cm === 0) return { cm, where: 'on' };
  if (Number.isNaN(height)) return { cm, where: 'away' };
  return { cm, where: at.y > height ? 'above' : 'below' };
}

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** Where an arrow takes the cross, on the grid of tenths; null for another key. @param {Point} at @param {string} key @param {boolean} far @returns {Point | null} */
export function stepped({ x, y }, key, far) {
  const way = ARROWS[key];
  if (!way) return null;
  const by = far ? 1 : 0.1;
  return { x: tenth(x + way[0] * by), y: tenth(y + way[1] * by) };
}
