// One row of the list of captions: number, times, words, how fast they must be read, what is wrong.

import { pieces } from './caption-find.js';
import { parted, plain, reading } from './caption-text.js';
import { clock } from '../player/media-time.js';
import { words } from '../wording.js';

/** @typedef {import('./caption-store.js').Cue} Cue */
/** @typedef {import('./caption-store.js').Problem} Problem */
/**
 * @typedef {object} Look
 * @property {Element} host  has the words of the page
 * @property {string} language
 * @property {RegExp | null} sought  what is looked for: it is marked
 * @property {((cue: Cue) => string) | null} beside  the words of another track at that time
 * @property {string} besideLanguage
 */

const PARTS = ['number', 'start', 'end', 'words', 'beside', 'rate', 'marks'];

/** 41234 -> '0:41.2', as short as a list needs. @param {number} ms */
export function shortTime(ms) {
  const tenths = Math.round(ms / 100);
  return `${clock(tenths / 10)}.${tenths % 10}`;
}

/** Letters a second, 0 for a cue without time. @param {Cue} cue */
export function rateOf(cue) {
  const seconds = (cue.end - cue.start) / 1000;
  return seconds > 0 ? Math.round(reading(cue.text).letters / seconds) : 0;
}

/** @param {string} key */
export function newRow(key) {
  const row = document.createElement('div');
  row.className = 'cue-row';
  row.dataset.key = key;
  row.setAttribute('role', 'option');
  row.append(...PARTS.map((name) => {
    const cell = document.createElement(name === 'number' || name === 'start' || name === 'end' ? 'bdi' : 'span');
    cell.className = `cue-${name}`;
    return cell;
  }));
  return row;
}

/**
 * @param {HTMLElement} row
 * @param {{ cue: Cue, number: number, problems: readonly Problem[] }} what
 * @param {Look} look
 */
export function drawRow(row, { cue, number, problems }, look) {
  const [count, start, end, said, beside, rate, marks] = /** @type {HTMLElement[]} */ ([...row.children]);
  const put = (/** @type {HTMLElement | undefined} */ cell, /** @type {string} */ text) => {
    if (cell && cell.textContent !== text) cell.textContent = text;
  };
  put(count, String(number));
  put(start, shortTime(cue.start));
  put(end, shortTime(cue.end));
  if (said) drawWords(said, cue, look);
  const other = look.beside?.(cue) ?? '';
  put(beside, other);
  if (beside) beside.lang = look.besideLanguage;
  put(rate, words(look.host, 'rate', { n: rateOf(cue) }));
  const faults = problems.map(({ message }) => message);
  row.ariaLabel = [`${number}, ${shortTime(cue.start)} – ${shortTime(cue.end)}`, said?.textContent, other, ...faults].filter(Boolean).join('. ');
  put(marks, String(faults.length || ''));
  marks?.classList.toggle('cue-sign', faults.length > 0);
  if (marks) marks.title = faults.join('\n');
}

/** @param {HTMLElement} cell @param {Cue} cue @param {Look} look */
function drawWords(cell, cue, { sought, language, host }) {
  const { speaker, words: text } = parted(cue.text);
  const shown = plain(text) || words(host, 'silent');
  cell.lang = language;
  cell.dir = 'auto';
  cell.replaceChildren();
  if (speaker) {
    const name = document.createElement('b');
    name.textContent = `${speaker}: `;
    cell.append(name);
  }
  pieces(shown, sought).forEach((piece, n) => {
    if (n % 2 === 0) return cell.append(piece);
    const mark = document.createElement('mark');
    mark.textContent = piece;
    return cell.append(mark);
  });
}
