// Which cues are in view, in which row each lies, where they overlap, and their words without markup.

/** @typedef {import('./timeline-drag.js').Span} Span */
/** @typedef {import('./timeline-scale.js').View} View */

/**
 * @typedef {object} Arrangement
 * @property {Uint8Array} rows      of each cue: 0, or 1 where it begins before the one above has ended
 * @property {Float64Array} reach   the latest end of a cue and all before it, so that a view finds its first cue quickly
 * @property {[number, number][]} clashes  where two are shown at once
 */

/** Narrower than this a box is drawn on the canvas alone. */
export const LEAST_PIXELS = 8;
const ENTITIES = /** @type {Record<string, string>} */ ({ amp: '&', lt: '<', gt: '>', nbsp: ' ', lrm: '', rlm: '' });

/** @param {readonly Span[]} cues  by start @returns {Arrangement} */
export function arranged(cues) {
  const rows = new Uint8Array(cues.length);
  const reach = new Float64Array(cues.length);
  /** @type {[number, number][]} */ const clashes = [];
  let latest = -1;
  cues.forEach((cue, place) => {
    if (cue.start < latest) {
      rows[place] = rows[place - 1] === 0 ? 1 : 0;
      clashes.push([cue.start, Math.min(cue.end, latest)]);
    }
    latest = Math.max(latest, cue.end);
    reach[place] = latest;
  });
  return { rows, reach, clashes };
}

/**
 * The places of the first cue in view and of the first one past it.
 * @param {readonly Span[]} cues
 * @param {Float64Array} reach
 * @param {number} start ms
 * @param {number} end ms
 */
export function inView(cues, reach, start, end) {
  return [firstOf(cues.length, (n) => (reach[n] ?? 0) > start), firstOf(cues.length, (n) => (cues[n]?.start ?? 0) >= end)];
}

/** The first place for which it holds; it holds for all after. @param {number} count @param {(place: number) => boolean} holds */
function firstOf(count, holds) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The words of a cue without tags, on one line. @param {string} text */
export function plainWords(text) {
  return text.replace(/<[^>]*>?/g, '').replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_, name) => ENTITIES[name] ?? '').replace(/\s+/g, ' ').trim();
}
