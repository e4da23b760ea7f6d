// What cutting does to the pieces of a film, and the way between the film's time and the recording's. Milliseconds; pure.

/** @typedef {import('./film-lines.js').Piece} Piece */
/** @typedef {readonly Piece[]} Pieces */
/** @typedef {readonly (readonly [number, number, number])[]} Stage  [start, end, 1: ours], as played */
/** @typedef {{ pieces: Piece[], n: number } | null} Changed  n: which piece; null: too little would be left */

export const SHORTEST = 200;

/** The moment of our recording that the film shows; null in a joined one. @param {Stage} stage @param {number} ms */
export function toRecording(stage, ms) {
  let left = Math.max(0, ms);
  for (const [start, end, ours] of stage) {
    if (left < end - start) return ours ? Math.round(start + left) : null;
    left -= end - start;
  }
  const [, end = 0, ours = 0] = stage.at(-1) ?? [];
  return ours ? end : null;
}

/** Where the film shows a moment of our recording; null where it does not. @param {Stage} stage @param {number} ms */
export function toFilm(stage, ms) {
  let before = 0;
  for (const [start, end, ours] of stage) {
    if (ours && ms >= start && ms < end) return before + ms - start;
    before += end - start;
  }
  return null;
}

/** @param {Pieces} pieces @param {number} at */
const inside = (pieces, at) => pieces.findIndex(({ start, end, source }) => !source && at >= start && at < end);

/** @param {Pieces} pieces @param {number} at */
const after = (pieces, at) => pieces.findIndex(({ start, source }) => !source && start >= at);

/** @param {Pieces} pieces @param {number} at */
const before = (pieces, at) => pieces.map(({ end, source }) => !source && end <= at).lastIndexOf(true);

/** @param {Pieces} pieces @param {number} at */
export function isKept(pieces, at) {
  return inside(pieces, at) >= 0;
}

/** Where the next piece of our recording begins. @param {Pieces} pieces @param {number} at */
export function nextKept(pieces, at) {
  return pieces[after(pieces, at)]?.start ?? null;
}

/** Without what lies between two moments. @param {Pieces} pieces @param {number} from @param {number} to @returns {Changed} */
export function cut(pieces, from, to) {
  const left = pieces.flatMap((piece) => (piece.source ? [piece] : [
    { ...piece, end: Math.min(piece.end, from) },
    { ...piece, start: Math.max(piece.start, to) },
  ])).filter(({ start, end }) => end - start >= SHORTEST);
  return left.length ? { pieces: left, n: 0 } : null;
}

/** @param {Pieces} pieces @param {number} n @param {Partial<Piece>} change @returns {Changed} */
function changed(pieces, n, change) {
  const made = pieces.map((piece, place) => (place === n ? { ...piece, ...change } : piece));
  const { start, end } = made[n] ?? { start: 0, end: 0 };
  return end - start < SHORTEST ? null : { pieces: made, n };
}

/** The piece here, else the next one, begins here. @param {Pieces} pieces @param {number} at @param {number} duration */
export function begin(pieces, at, duration) {
  const here = inside(pieces, at);
  const n = here < 0 ? after(pieces, at) : here;
  if (n >= 0) return changed(pieces, n, { start: at });
  return changed([...pieces, { start: at, end: duration, source: '' }], pieces.length, {});
}

/** The piece here, else the one before, ends here. @param {Pieces} pieces @param {number} at */
export function end(pieces, at) {
  const here = inside(pieces, at);
  const n = here < 0 ? before(pieces, at) : here;
  return n < 0 ? changed([{ start: 0, end: at, source: '' }, ...pieces], 0, {}) : changed(pieces, n, { end: at });
}

/** What was cut out around this moment comes back. @param {Pieces} pieces @param {number} at @param {number} duration */
export function keep(pieces, at, duration) {
  const [earlier, later] = [before(pieces, at), after(pieces, at)];
  const [first, next] = [pieces[earlier], pieces[later]];
  if (isKept(pieces, at) || !(first ?? next)) return null;
  const span = { start: first?.end ?? 0, end: next?.start ?? duration };
  const made = first ? changed(pieces, earlier, { end: span.end }) : changed(pieces, later, { start: 0 });
  if (made && first && next && later === earlier + 1) made.pieces.splice(earlier, 2, { ...first, end: next.end });
  return made && { pieces: made.pieces, span };
}
