// The answer that the fields of a question hold, and an answer put back into them: the same names as the server reads.
//
// q.<item> is what is chosen or written, q.<item>.a.<name> a part of the answer, q.<item>.certainty how sure one is.

import { parseClock, writeTime } from '../player/media-time.js';

/** @typedef {null | string | number | unknown[] | Record<string, unknown>} Answer  as the server marks it; null: none */
/** @typedef {{ name: string, type: string, value: string, checked?: boolean }} Field  an input or a list to choose from */
/** @typedef {{ response: Answer | undefined, certainty: number | null }} Said  undefined: what is written cannot be read */

const SOME_OF = ['multiple', 'keyfeature', 'hotspot'];
const IN_PARTS = ['matching', 'emq', 'draglabels', 'cloze'];

/** @param {string} text @returns {number | null} milliseconds of '0:41.5' or '41,5 s' */
export function msOf(text) {
  const seconds = parseClock(text.trim().replace(',', '.').replace(/\s*s$/, ''));
  return seconds === null ? null : Math.round(seconds * 1000);
}

/**
 * @param {string} kind
 * @param {string} item
 * @param {Iterable<Field>} fields
 * @returns {Said}
 */
export function saidIn(kind, item, fields) {
  const name = `q.${item}`;
  const all = [...fields];
  const chosen = all.filter((one) => one.name === name && isSaid(one)).map((one) => one.value.trim());
  const parts = Object.fromEntries(all.filter((one) => one.name.startsWith(`${name}.a.`) && isSaid(one))
    .map((one) => [one.name.slice(name.length + 3), one.value.trim()]));
  const level = all.find((one) => one.name === `${name}.certainty` && one.checked);
  const certainty = level ? Number(level.value) : null;
  const response = responseOf(kind, chosen, parts);
  if (kind !== 'truefalse' || response === null) return { response, certainty: kind === 'truefalse' ? null : certainty };
  const truth = { answer: response };
  return { response: certainty === null ? truth : { ...truth, certainty }, certainty: null };
}

/** @param {Field} field */
function isSaid({ type, checked }) {
  return type === 'radio' || type === 'checkbox' ? checked === true : type !== 'hidden';
}

/**
 * @param {string} kind
 * @param {string[]} chosen
 * @param {Record<string, string>} parts
 * @returns {Answer | undefined}
 */
function responseOf(kind, chosen, parts) {
  const one = chosen.find((value) => value !== '') ?? null;
  if (kind === 'hotspot') return pointsOf(chosen, parts);
  if (SOME_OF.includes(kind)) return chosen;
  if (kind === 'ordering') return orderOf(parts);
  if (kind === 'interval') return stretchOf(parts);
  if (IN_PARTS.includes(kind)) {
    const given = Object.entries(parts).filter(([, value]) => value !== '');
    return given.length > 0 ? Object.fromEntries(given) : null;
  }
  if (one === null) return null;
  if (kind === 'moment') return msOf(one) ?? undefined;
  if (kind === 'truefalse') return /** @type {any} */ (one === 'true');
  return kind === 'concordance' ? Number(one) : one;
}

/** @param {string[]} chosen @param {Record<string, string>} parts @returns {number[][] | undefined} */
function pointsOf(chosen, { x = '', y = '' }) {
  const points = chosen.map((value) => value.split(',').map(Number));
  if (x === '' && y === '') return points;
  const place = [x, y].map((text) => (text === '' ? NaN : Number(text.replace(',', '.').replace(/\s*%$/, '')) / 100));
  return place.every((value) => value >= 0 && value <= 1) ? [...points, place] : undefined;
}

/** @param {Record<string, string>} parts @returns {string[] | null | undefined} */
function orderOf(parts) {
  const given = Object.entries(parts);
  if (given.every(([, text]) => text === '')) return null;
  const places = given.map(([, text]) => (/^\d+$/.test(text) ? Number(text) : 0)).sort((a, b) => a - b);
  if (places.some((place, index) => place !== index + 1)) return undefined;
  return given.sort(([, a], [, b]) => Number(a) - Number(b)).map(([name]) => name);
}

/** @param {Record<string, string>} parts @returns {number[] | null | undefined} */
function stretchOf({ start = '', end = '' }) {
  if (start === '' && end === '') return null;
  const [from, to] = [msOf(start), msOf(end)];
  return from === null || to === null || from >= to ? undefined : [from, to];
}

/** Whether there is an answer at all. @param {Answer | undefined} response */
export function isGiven(response) {
  return response !== null && response !== undefined && !(Array.isArray(response) && response.length === 0);
}

/**
 * What stands in each field for an answer: the part's name ('' for the answer itself) and its values.
 * @param {string} kind
 * @param {Answer} response
 * @returns {Record<string, string[]>}
 */
export function valuesOf(kind, response) {
  if (response === null) return {};
  const answer = /** @type {any} */ (response);
  if (kind === 'hotspot') return { '': answer.map((/** @type {number[]} */ pair) => pair.map(short).join(',')) };
  if (kind === 'ordering') {
    return Object.fromEntries(answer.map((/** @type {string} */ id, /** @type {number} */ place) => [id, [String(place + 1)]]));
  }
  if (kind === 'interval') return { start: [writeTime(answer[0])], end: [writeTime(answer[1])] };
  if (kind === 'moment') return { '': [writeTime(answer)] };
  if (kind === 'truefalse') return { '': [String(answer.answer)] };
  if (IN_PARTS.includes(kind)) return Object.fromEntries(Object.entries(answer).map(([part, value]) => [part, [String(value)]]));
  return { '': [answer].flat().map(String) };
}

/** As many digits as the server writes. @param {number} value */
export function short(value) {
  return String(Number(value.toPrecision(7)));
}

/**
 * Shows an answer in the fields of a question.
 * @param {string} kind
 * @param {string} item
 * @param {Iterable<Field>} fields
 * @param {Answer} response
 * @param {number | null} certainty
 */
export function putBack(kind, item, fields, response, certainty) {
  const name = `q.${item}`;
  const values = valuesOf(kind, response);
  const level = certainty ?? (kind === 'truefalse' && response !== null ? /** @type {any} */ (response).certainty : null);
  for (const field of fields) {
    if (field.type === 'hidden' || !field.name.startsWith(name)) continue;
    if (field.name === `${name}.certainty`) field.checked = field.value === String(level);
    else {
      const part = field.name === name ? '' : field.name.slice(name.length + 3);
      const shown = values[part] ?? [];
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = shown.includes(field.value);
      else field.value = shown[0] ?? '';
    }
  }
}
