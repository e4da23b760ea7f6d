// Typing along: which phrase to play next, by what was heard, else every few seconds.

/** @typedef {{ start: number, end: number }} Span  ms */

const LONGEST_MS = 4000;
const SHORTEST_MS = 700;
const EDGE_MS = 120;

/**
 * The next stretch without a caption from a time on: a phrase of speech, or up to four seconds where nothing is known.
 * @param {number} from  ms
 * @param {readonly Span[]} cues  in order
 * @param {readonly (readonly number[])[]} speech  stretches [start, end] in order
 * @param {number} duration  ms
 * @returns {Span | null}  null at the end
 */
export function phrase(from, cues, speech, duration) {
  let start = from;
  for (const cue of cues) if (cue.start - start < SHORTEST_MS && cue.end > start) start = cue.end;
  const heard = speech.filter(([, to = 0]) => to > start + EDGE_MS);
  if (speech.length && heard.length === 0) return null;
  start = Math.max(start, (heard[0]?.[0] ?? start) - EDGE_MS);
  const next = cues.find((cue) => cue.start >= start)?.start ?? duration;
  const limit = Math.min(start + LONGEST_MS, duration);
  if (duration - start < SHORTEST_MS) return null;
  if (next - start < SHORTEST_MS) return phrase(next, cues, speech, duration);
  const ends = heard.map(([, to = 0]) => to + EDGE_MS).filter((to) => to <= limit && to - start >= SHORTEST_MS);
  return { start, end: Math.min(ends.at(-1) ?? limit, next, duration) };
}
