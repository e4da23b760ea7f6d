// The rows of the form of chapters: read as chapters on the time line, and written back with the fewest changes.

import { readTime } from '../film/film-lines.js';
import { timeText } from './timeline-scale.js';

/** @typedef {{ key: string, start: number, end: number, text: string }} Chapter  key: the number of its row */
/** @typedef {{ element: HTMLElement, start: string, end: string, title: string, isGone: boolean }} Kept */

/** @param {Element} row @param {string} name @returns {HTMLInputElement | null} */
export function fieldOf(row, name) {
  return row.querySelector(`input[name^="${name}-"]`);
}

/** @param {Element} row @param {string} name */
const textOf = (row, name) => fieldOf(row, name)?.value ?? '';

/** Whether nothing stands in it. @param {Element} row */
export const isBlank = (row) => !['start', 'title', 'id'].some((name) => textOf(row, name).trim());

/**
 * The chapters by time; rows that are to go, are empty or have a time that cannot be read are none.
 * @param {readonly HTMLElement[]} rows
 * @param {number} length    where the last one ends, ms
 * @param {number} duration  of the film, ms
 * @returns {Chapter[]}
 */
export function read(rows, length, duration) {
  const found = rows.flatMap((row) => {
    const start = readTime(textOf(row, 'start'));
    const isNone = Number.isNaN(start) || start >= duration || fieldOf(row, 'remove')?.checked;
    const end = readTime(textOf(row, 'end'));
    return isNone ? [] : [{ key: row.dataset.n ?? '', start, end, text: textOf(row, 'title') }];
  });
  found.sort((one, other) => one.start - other.start);
  return found.map((chapter, place) => {
    const next = found[place + 1]?.start;
    const most = next ?? duration;
    const usual = next ?? (chapter.start < length ? length : duration);
    return { ...chapter, end: Math.min(chapter.end > chapter.start ? chapter.end : usual, most) };
  });
}

/**
 * Puts the times of chapters into their rows; a time that says the same already keeps its form.
 * @param {readonly HTMLElement[]} rows
 * @param {readonly Chapter[]} chapters  by time
 * @param {number} length
 */
export function write(rows, chapters, length) {
  chapters.forEach((chapter, place) => {
    const row = rows.find(({ dataset }) => dataset.n === chapter.key);
    if (!row) return;
    const next = chapters[place + 1]?.start;
    set(row, 'start', chapter.start);
    if (chapter.end === (next ?? length)) put(row, 'end', '');
    else set(row, 'end', chapter.end);
  });
}

/** @param {Element} row @param {string} name @param {number} time */
function set(row, name, time) {
  if (readTime(textOf(row, name)) !== time) put(row, name, timeText(time));
}

/** @param {Element} row @param {string} name @param {string} value */
export function put(row, name, value) {
  const field = fieldOf(row, name);
  if (field && field.value !== value) field.value = value;
}

/** What the rows say, to come back to. @param {readonly HTMLElement[]} rows @returns {Kept[]} */
export function kept(rows) {
  return rows.map((element) => ({
    element, start: textOf(element, 'start'), end: textOf(element, 'end'), title: textOf(element, 'title'),
    isGone: fieldOf(element, 'remove')?.checked ?? false,
  }));
}

/** @param {Element} list @param {readonly Kept[]} before */
export function bringBack(list, before) {
  list.replaceChildren(...before.map(({ element }) => element));
  for (const { element, start, end, title, isGone } of before) {
    for (const [name, value] of Object.entries({ start, end, title })) put(element, name, value);
    const remove = fieldOf(element, 'remove');
    if (remove) remove.checked = isGone;
  }
}
