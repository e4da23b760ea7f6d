// What a dragged edge is drawn to: edges of neighbours, cuts, where speech begins or ends, the playhead.

/** @typedef {'neighbour' | 'cut' | 'speech' | 'playhead'} MarkKind */
/** @typedef {{ kind: MarkKind, times: readonly number[] }} Marks  times in ms, ascending */
/** @typedef {{ kind: MarkKind, time: number }} Mark */

export const REACH_PIXELS = 8;

/** The time of the list that is nearest; null of an empty list. @param {readonly number[]} times @param {number} time */
export function nearest(times, time) {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  const after = times[low];
  const before = times[low - 1];
  if (after === undefined) return before ?? null;
  return before !== undefined && time - before <= after - time ? before : after;
}

/**
 * The mark that holds a time, if one is near; of two equally near the first kind wins.
 * @param {number} time ms
 * @param {readonly Marks[]} marks
 * @param {number} reach ms
 * @returns {Mark | null}
 */
export function snap(time, marks, reach) {
  /** @type {Mark | null} */
  let best = null;
  for (const { kind, times } of marks) {
    const found = nearest(times, time);
    if (found === null || Math.abs(found - time) > reach) continue;
    if (!best || Math.abs(found - time) < Math.abs(best.time - time)) best = { kind, time: found };
  }
  return best;
}

/**
 * How much later a box begins so that its start or its end, whichever is nearer, meets a mark.
 * @param {number} start ms
 * @param {number} length ms
 * @param {readonly Marks[]} marks
 * @param {number} reach ms
 */
export function snapBox(start, length, marks, reach) {
  const [one, other] = [snap(start, marks, reach), snap(start + length, marks, reach)];
  const isOther = other && (!one || Math.abs(other.time - start - length) < Math.abs(one.time - start));
  const mark = isOther ? other : one;
  return { start: mark ? mark.time - (isOther ? length : 0) : start, mark };
}

/**
 * Everything that one cue may be drawn to, put together once when a drag begins.
 * @param {readonly { key: string, start: number, end: number }[]} cues
 * @param {string} key  of the cue that is dragged
 * @param {{ cuts: readonly number[], speech: readonly (readonly number[])[], time: number }} around
 * @returns {Marks[]}
 */
export function marksFor(cues, key, { cuts, speech, time }) {
  const edges = cues.flatMap((cue) => (cue.key === key ? [] : [cue.start, cue.end]));
  const ascending = (/** @type {number} */ one, /** @type {number} */ other) => one - other;
  return [
    { kind: 'neighbour', times: edges.sort(ascending) },
    { kind: 'cut', times: cuts },
    { kind: 'speech', times: speech.flat().sort(ascending) },
    { kind: 'playhead', times: [time] },
  ];
}
