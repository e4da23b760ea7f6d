// Find and replace in the words of cues, as they are typed; tags and speakers are left alone.

import { parted, TAG, toCueText, toTyped, voiced } from './caption-text.js';

/** @typedef {import('./caption-store.js').Cue} Cue */
/** @typedef {{ text: string, isCase: boolean, isWord: boolean }} Wanted */

/**
 * What to look for; null for nothing. White space matches any other, a line break too.
 * @param {Wanted} wanted
 */
export function pattern({ text, isCase, isWord }) {
  const trimmed = isWord ? text.trim() : text;
  if (!trimmed.trim()) return null;
  const escaped = trimmed.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  const edge = '[\\p{L}\\p{N}\\p{M}_]';
  return new RegExp(isWord ? `(?<!${edge})${escaped}(?!${edge})` : escaped, isCase ? 'gu' : 'giu');
}

/** @param {Cue} cue */
const wordsOf = (cue) => toTyped(parted(cue.text).words);

/** How often it is in the words of a cue. @param {Cue} cue @param {RegExp} sought */
export function count(cue, sought) {
  return wordsOf(cue).split(TAG).reduce((sum, piece, n) => sum + (n % 2 ? 0 : [...piece.matchAll(sought)].length), 0);
}

/**
 * All the cues that have it, in order.
 * @param {Iterable<readonly [string, Cue]>} cues
 * @param {RegExp} sought
 */
export function matches(cues, sought) {
  /** @type {{ key: string, count: number }[]} */ const found = [];
  for (const [key, cue] of cues) {
    const n = count(cue, sought);
    if (n) found.push({ key, count: n });
  }
  return found;
}

/**
 * The cue with the words put in place of each match, of the first one only where asked.
 * @param {Cue} cue
 * @param {RegExp} sought
 * @param {string} instead
 * @param {boolean} [isFirst]
 * @returns {Cue}
 */
export function replaced(cue, sought, instead, isFirst = false) {
  const { speaker, words } = parted(cue.text);
  let isDone = false;
  const typed = toTyped(words).split(TAG).map((piece, n) => (n % 2 ? piece : piece.replace(sought, (found) => {
    if (isFirst && isDone) return found;
    isDone = true;
    return instead;
  }))).join('');
  return isDone ? { ...cue, text: voiced(speaker, toCueText(typed)) } : cue;
}

/**
 * A text in pieces, every second one a match.
 * @param {string} text
 * @param {RegExp | null} sought
 */
export function pieces(text, sought) {
  if (!sought) return [text];
  /** @type {string[]} */ const found = [];
  let from = 0;
  for (const match of text.matchAll(sought)) {
    found.push(text.slice(from, match.index), match[0]);
    from = (match.index ?? 0) + match[0].length;
  }
  return [...found, text.slice(from)];
}
