// Two cues of one and one of two: where the text parts, and when.

import { parted, plain, toCueText, toTyped, voiced } from './caption-text.js';

/** @typedef {import('./caption-store.js').Cue} Cue */

const SHORTEST_MS = 200;
const LONGEST_LINE = 42;

/**
 * The moment at which a share of a cue has been said: the share of its speech where speech is known, of its time where not.
 * @param {{ start: number, end: number }} cue
 * @param {number} share 0 to 1
 * @param {readonly (readonly number[])[]} speech  stretches [start, end] in order
 */
export function momentOf({ start, end }, share, speech) {
  const voice = speech.map(([from = 0, to = 0]) => [Math.max(from, start), Math.min(to, end)])
    .filter(([from = 0, to = 0]) => to > from);
  const stretches = voice.length ? voice : [[start, end]];
  let left = share * stretches.reduce((sum, [from = 0, to = 0]) => sum + to - from, 0);
  let moment = end;
  for (const [from = 0, to = 0] of stretches) {
    if (left <= to - from) {
      moment = from + left;
      break;
    }
    left -= to - from;
  }
  return Math.round(Math.min(Math.max(moment, start + SHORTEST_MS), Math.max(start + SHORTEST_MS, end - SHORTEST_MS)));
}

/**
 * Text parted at a place; tags that are open there are closed and opened again.
 * @param {string} words
 * @param {number} at  between no letters and all of them
 * @returns {[string, string]}
 */
export function partText(words, at) {
  const inside = [...words.matchAll(/<[^<>]*>/g)].find(({ index = 0, 0: tag }) => at > index && at < index + tag.length);
  const place = inside ? (inside.index ?? 0) + inside[0].length : at;
  /** @type {string[]} */ const open = [];
  for (const [tag, slash, name] of words.slice(0, place).matchAll(/<(\/?)([a-z]+)[^<>]*>/g)) {
    if (!slash) open.push(tag);
    else if (open.at(-1)?.startsWith(`<${name}`)) open.pop();
  }
  const closers = open.map((tag) => `</${/[a-z]+/.exec(tag)?.[0]}>`).reverse().join('');
  return [words.slice(0, place).trim() + closers, open.join('') + words.slice(place).trim()];
}

/**
 * A cue parted before the letter `at` of its words (as they are typed); at a time, or when so much of it was said.
 * @param {Cue} cue
 * @param {number} at
 * @param {{ time?: number, speech?: readonly (readonly number[])[] }} [known]
 * @returns {[Cue, Cue] | null}  null where one of the two would say nothing
 */
export function split(cue, at, { time, speech = [] } = {}) {
  const { speaker, words } = parted(cue.text);
  const [first, second] = partText(toTyped(words), at);
  if (!plain(first).trim() || !plain(second).trim() || cue.end - cue.start < 2 * SHORTEST_MS) return null;
  const share = plain(first).length / (plain(first).length + plain(second).length);
  const isInside = time !== undefined && time >= cue.start + SHORTEST_MS && time <= cue.end - SHORTEST_MS;
  const moment = isInside ? Math.round(time) : momentOf(cue, share, speech);
  return [
    { ...cue, end: moment, text: voiced(speaker, toCueText(first)) },
    { ...cue, start: moment, text: voiced(speaker, toCueText(second)), identifier: '' },
  ];
}

/**
 * The gap between words nearest to a share of the text; where a sentence or a line ends near by, there.
 * @param {string} words
 * @param {number} share 0 to 1
 */
export function gapAt(words, share) {
  const wanted = words.length * share;
  const gaps = [...words.matchAll(/\s+/g)].map(({ index = 0 }) => {
    const isPause = /[.!?:;,…]/.test(words[index - 1] ?? '') || words[index] === '\n';
    return { index, far: Math.abs(index - wanted) - (isPause ? words.length / 6 : 0) };
  });
  return gaps.sort((a, b) => a.far - b.far)[0]?.index ?? 0;
}

/** Text of one line on two, where it is too long for one. @param {string} text @param {number} [most] */
export function inTwoLines(text, most = LONGEST_LINE) {
  if (text.includes('\n') || plain(text).length <= most) return text;
  const at = gapAt(text, 0.5);
  return at ? `${text.slice(0, at)}\n${text.slice(at).trim()}` : text;
}

/**
 * One cue of two: the words of one speaker run on, those of two stand on lines of their own.
 * @param {Cue} one
 * @param {Cue} other
 * @returns {Cue}
 */
export function join(one, other) {
  const [a, b] = [parted(one.text), parted(other.text)];
  const both = [a.words, b.words].filter((words) => words.trim());
  const run = both.map((words) => words.replaceAll('\n', ' ')).join(' ');
  const text = a.speaker === b.speaker ? voiced(a.speaker, inTwoLines(run)) : `${one.text}\n${other.text}`;
  return { ...one, end: Math.max(one.end, other.end), text };
}
