// The fields of one thing to rate, as the value that is kept of it, and back. Names: v. value, n. note, t. recording, a. clock.

import { clock, parseClock } from '../player/media-time.js';

/** @typedef {{ value: number | null, at_ms: number | null, recording_ms: number | null, note: string }} Said */

/** @param {HTMLElement} box @param {string} kind @returns {HTMLInputElement | HTMLTextAreaElement | null} */
function field(box, kind) {
  return box.querySelector(`[name="${kind}.${box.dataset.name}"]`);
}

/** @param {HTMLElement} box @returns {HTMLInputElement[]} */
function choices(box) {
  return /** @type {HTMLInputElement[]} */ ([...box.querySelectorAll(`input[name="v.${box.dataset.name}"]`)]);
}

/** What the fields in a box say. @param {HTMLElement} box @returns {Said} */
export function read(box) {
  const inputs = choices(box);
  const chosen = inputs.find((input) => input.checked);
  const isBox = inputs[0]?.type === 'checkbox';
  const at = field(box, 'a')?.value ?? '';
  return {
    value: chosen ? Number(chosen.value) : isBox ? 0 : null,
    at_ms: at === '' ? null : Number(at),
    recording_ms: recordingOf(field(box, 't')),
    note: field(box, 'n')?.value.trim() ?? '',
  };
}

/** Puts what was said elsewhere, or before, into the fields. @param {HTMLElement} box @param {Said} said */
export function write(box, said) {
  for (const input of choices(box)) {
    input.checked = input.type === 'checkbox' ? Boolean(said.value) : input.value === String(said.value);
  }
  const at = field(box, 'a');
  const note = field(box, 'n');
  if (at) at.value = said.at_ms === null ? '' : String(said.at_ms);
  if (note) note.value = said.note ?? '';
  stamp(box, said.recording_ms ?? null);
}

/** Notes the revision that the form holds, should it be posted. @param {HTMLElement} box @param {number} rev */
export function noteRevision(box, rev) {
  const input = field(box, 'rev');
  if (input) input.value = String(rev);
}

/** Notes the time on the clock at the first mark. @param {HTMLElement} box @param {number} ms */
export function noteTime(box, ms) {
  const input = field(box, 'a');
  if (input && input.value === '') input.value = String(ms);
}

/** Writes a time of the recording, with all its ms for as long as nobody types over it. @param {HTMLElement} box @param {number | null} ms */
export function stamp(box, ms) {
  const input = field(box, 't');
  if (!input) return;
  input.value = ms === null ? '' : clock(ms / 1000);
  input.dataset.ms = ms === null ? '' : String(ms);
}

/** Whether a recording time stands there already. @param {HTMLElement} box */
export function hasStamp(box) {
  return Boolean(field(box, 't')?.value.trim());
}

/** @param {HTMLInputElement | HTMLTextAreaElement | null} input */
function recordingOf(input) {
  const text = input?.value.trim() ?? '';
  if (!input || text === '') return null;
  const exact = Number(input.dataset.ms || NaN);
  if (clock(exact / 1000) === text && Number.isFinite(exact)) return exact;
  const seconds = parseClock(text);
  return seconds === null ? null : Math.round(seconds * 1000);
}
