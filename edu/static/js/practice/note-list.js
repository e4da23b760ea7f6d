// How notes are shown: rows of the list by time, and marks on the seek bar.

import { clock } from '../player/media-time.js';
import { part, words } from '../wording.js';

/** @typedef {import('./note-shelf.js').Note} Note */

/** Its moment in the film that is shown, in milliseconds. @param {Note} note */
export function placeOf({ place, at }) {
  return place ?? at;
}

/** By time; what the film leaves out comes last. @param {Iterable<Note>} notes */
export function inOrder(notes) {
  return [...notes].sort((a, b) => Number(a.standing === 'cut') - Number(b.standing === 'cut') || placeOf(a) - placeOf(b));
}

/** What an address asks for, with and without script: '?t=72.4#t=72.4'. @param {Note} note */
export function addressOf(note) {
  const time = `t=${placeOf(note) / 1000}`;
  return `?${time}#${time}`;
}

/** What has the focus in the list keeps it. @param {HTMLElement} panel @param {Note[]} notes  in order */
export function drawRows(panel, notes) {
  const place = focusIn(part(panel, 'list'));
  const { content } = /** @type {HTMLTemplateElement} */ (part(panel, 'row'));
  part(panel, 'list')?.replaceChildren(...notes.map((note) => {
    const row = /** @type {HTMLElement} */ (content.firstElementChild?.cloneNode(true));
    const [link, text] = [/** @type {HTMLAnchorElement} */ (part(row, 'time')), /** @type {HTMLElement} */ (part(row, 'words'))];
    const time = clock(placeOf(note) / 1000);
    const isCut = note.standing === 'cut';
    row.dataset.uid = note.uid;
    row.toggleAttribute('data-bookmark', note.text === '');
    link.textContent = time;
    if (!isCut) link.href = addressOf(note);
    if (!isCut) link.setAttribute('aria-label', words(panel, 'play', { time }));
    text.textContent = note.text || words(panel, 'bookmark');
    const flags = { cut: isCut, unsure: note.standing === 'unsure', other: note.isOther, waits: note.waits, copy: !isCut };
    for (const [name, isOn] of Object.entries(flags)) part(row, name)?.toggleAttribute('hidden', !isOn);
    for (const button of row.querySelectorAll('button')) {
      button.setAttribute('aria-label', words(panel, button.dataset.note ?? '', { time }));
    }
    return row;
  }));
  if (place) /** @type {HTMLElement | null} */ (panel.querySelector(place))?.focus({ preventScroll: true });
}

/** The way to what has the focus in a list that is drawn anew; '' when it is elsewhere. @param {HTMLElement | null} list */
export function focusIn(list) {
  const { activeElement } = document;
  const uid = /** @type {HTMLElement | null | undefined} */ (activeElement?.closest('li'))?.dataset.uid;
  if (!list || !activeElement || uid === undefined || !list.contains(activeElement)) return '';
  const { note, part: name } = /** @type {HTMLElement} */ (activeElement).dataset;
  return `li[data-uid="${CSS.escape(uid)}"] ${note ? `[data-note="${CSS.escape(note)}"]` : `[data-part="${CSS.escape(name ?? '')}"]`}`;
}

/**
 * A point for each note and a flag for each bookmark. The list names them; on the bar they are drawn only.
 * @param {HTMLElement} player @param {Note[]} notes @param {number} duration seconds
 */
export function drawMarks(player, notes, duration) {
  const area = part(player, 'seek-area');
  if (!area || !(duration > 0)) return;
  area.querySelector('.note-marks')?.remove();
  const layer = document.createElement('span');
  layer.className = 'note-marks';
  layer.setAttribute('aria-hidden', 'true');
  layer.append(...notes.filter(({ standing }) => standing !== 'cut').map((note) => {
    const mark = document.createElement('i');
    mark.toggleAttribute('data-bookmark', note.text === '');
    mark.style.left = `${Math.min(100, placeOf(note) / duration / 10)}%`; // time runs left to right in every script
    return mark;
  }));
  area.append(layer);
}
