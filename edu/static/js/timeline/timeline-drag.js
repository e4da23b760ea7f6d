// What moving an edge or a box does to the cues: times are held in the film, and chapters that touch stay together.

/** @typedef {{ key: string, start: number, end: number }} Span */
/** @typedef {'start' | 'end' | 'body'} Edge */
/** @typedef {{ duration: number, isTouching: boolean }} Rules  ms; isTouching: an edge is shared by two chapters */

/** ms: nothing is made shorter by dragging. */
export const LEAST = 100;

/**
 * The spans that change when an edge (or, for the body, the start) of one comes to `time`: that one first.
 * @param {readonly Span[]} cues  by start
 * @param {number} place  of the cue in the list
 * @param {Edge} edge
 * @param {number} time  ms
 * @param {Rules} rules
 * @returns {Span[]}
 */
export function dragged(cues, place, edge, time, rules) {
  const cue = cues[place];
  if (!cue) return [];
  const own = { key: cue.key, start: cue.start, end: cue.end };
  const [before, after] = rules.isTouching ? [cues[place - 1], cues[place + 1]] : [];
  const low = before ? lowest(cue, before) : 0;
  const high = after ? highest(cue, after) : rules.duration;
  const length = cue.end - cue.start;
  if (edge === 'start') own.start = between(time, low, cue.end - LEAST);
  else if (edge === 'end') own.end = between(time, cue.start + LEAST, high);
  else {
    own.start = between(time, low, high - length);
    own.end = own.start + length;
  }
  const changed = [own];
  if (before && before.end === cue.start && own.start !== cue.start) changed.push({ ...plain(before), end: own.start });
  if (after && after.start === cue.end && own.end !== cue.end) changed.push({ ...plain(after), start: own.end });
  return changed;
}

/** The edge of the chapter before may be pushed back, as far as that keeps a length. @param {Span} cue @param {Span} before */
const lowest = (cue, before) => (before.end === cue.start ? before.start + LEAST : before.end);

/** @param {Span} cue @param {Span} after */
const highest = (cue, after) => (after.start === cue.end ? after.end - LEAST : after.start);

/** @param {Span} span */
const plain = ({ key, start, end }) => ({ key, start, end });

/** @param {number} time @param {number} low @param {number} high */
const between = (time, low, high) => Math.round(Math.max(low, Math.min(time, Math.max(low, high))));

/**
 * The span of a new cue: what was drawn, or from a double click two seconds, ending where the next begins. Null where
 * there is no room.
 * @param {readonly Span[]} cues  by start
 * @param {number} one  ms
 * @param {number} other  ms
 * @param {number} duration  ms
 */
export function newSpan(cues, one, other, duration) {
  const start = Math.round(Math.max(0, Math.min(one, other)));
  const next = cues.find((cue) => cue.start > start)?.start ?? duration;
  const wanted = one === other ? start + 2000 : Math.max(one, other);
  const end = Math.round(Math.min(wanted, one === other ? next : duration));
  return end - start < LEAST ? null : { start, end };
}

/** The last cue that holds a moment; -1 when there is none. @param {readonly Span[]} cues  by start @param {number} time */
export function cueAt(cues, time) {
  for (let n = cues.length - 1; n >= 0; n -= 1) {
    const cue = cues[n];
    if (cue && cue.start <= time && time < cue.end) return n;
  }
  return -1;
}
