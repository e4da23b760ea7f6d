// The lines of an edit, as the server reads and writes them: pieces, covered places, silences. Times in milliseconds.

import { writeTime } from '../player/media-time.js';

/** @typedef {{ start: number, end: number }} Span */
/** @typedef {{ x: number, y: number, width: number, height: number }} Place  fractions of the picture */
/** @typedef {Span & { source: string }} Piece  source '': the film's own recording */
/** @typedef {Span & Place} Cover */

const SPAN = String.raw`^(\S+?)\s*(?:-|–|—|\bto\b)\s*(\S+?)`;
const NUMBER = String.raw`\s+(\d{1,3}(?:[.,]\d{1,4})?)\s*%?`;
const FORMS = {
  pieces: new RegExp(String.raw`${SPAN}(?:\s+from\s+(\S+))?$`, 'i'),
  covers: new RegExp(String.raw`${SPAN}\s+at${NUMBER}${NUMBER}\s+size${NUMBER}${NUMBER}$`, 'i'),
  mutes: new RegExp(`${SPAN}$`, 'i'),
};
const MOST = 200; // lines: a pasted book must not freeze the page
const TIME = /^(?:(?:(\d{1,3}):(?=[0-5]?\d:))?(\d{1,3}):(?=[0-5]\d(?!\d)))?(\d{1,6})(?:[.,](\d{1,3}))?$/;

/** '1:20.5' or '80.5' -> 80500; NaN for anything else. @param {string} text */
export function readTime(text) {
  const [, hours = 0, minutes = 0, seconds = NaN, part = ''] = TIME.exec(text) ?? [];
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + Number(part.padEnd(3, '0'));
}

/**
 * The entries of a field; `fault` is the number of the first line that cannot be read, 0 without.
 * @param {keyof FORMS} field
 * @param {string} text
 */
export function read(field, text) {
  /** @type {(Piece & Cover)[]} */ const entries = [];
  for (const [place, line] of text.split('\n').entries()) {
    if (!line.trim()) continue;
    if (place >= MOST || line.length > 300) return { entries, fault: place + 1 };
    const [, from = '', to = '', ...rest] = FORMS[field].exec(line.trim()) ?? [];
    const [start, end] = [readTime(from), readTime(to)];
    if (!(start < end)) return { entries, fault: place + 1 };
    const [x = 0, y = 0, width = 0, height = 0] = rest.map((part) => Number((part ?? '').replace(',', '.')) / 100);
    entries.push({ start, end, x, y, width, height, source: rest[0] ?? '' });
  }
  return { entries, fault: 0 };
}

/** @param {number} fraction */
const share = (fraction) => `${Math.round(fraction * 1000) / 10}%`;

/**
 * @param {keyof FORMS} field
 * @param {readonly (Span & Partial<Piece & Cover>)[]} entries
 */
export function write(field, entries) {
  return entries.map(({ start, end, source, x = 0, y = 0, width = 0, height = 0 }) => {
    const span = `${writeTime(start)} - ${writeTime(end)}`;
    if (field === 'covers') return `${span} at ${share(x)} ${share(y)} size ${share(width)} ${share(height)}`;
    return field === 'pieces' && source ? `${span} from ${source}` : span;
  }).join('\n');
}
