// Marks questions with an open key where there is no server: the same rules as quizzes/kinds, for the same four kinds.
//
// tests/data/pack-grades.json holds answers and what the grader of the site gives them; both sides are tested against it.

/**
 * @typedef {object} Key  as edu/services/packing/open_keys.py writes it; options by the ids of the page
 * @property {'single' | 'multiple' | 'truefalse' | 'numeric'} kind
 * @property {any} right
 * @property {Record<string, number>} [weights]
 * @property {'net' | 'each' | 'all' | 'weights'} [scoring]
 * @property {number} [count]  of options
 * @property {string} [unit]
 * @property {number} [tolerance]
 * @property {'absolute' | 'relative' | 'geometric'} [around]
 * @property {{ value: number, tolerance: number, fraction: number }[]} [also]
 */

/** @typedef {Record<string, [string, number]>} Units  name -> dimension, and size in that one's base unit */
/** @typedef {{ fraction: number, about: string[], certaintyMark: number | null }} Mark */

/** Gardner-Medwin: certainty -> right, wrong. @type {Record<number, [number, number]>} */
const CERTAINTY = { 1: [1, 0], 2: [2, -2], 3: [3, -6] };
/** At or below, an answer is wrong (Moodle). */
const WRONG = 5e-8;
const NUMBER = /^(?<number>[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:e[+-]?[0-9]{1,4})?|[+-]?inf(?:inity)?|nan)\s*(?<unit>(?:[\p{L}\p{Nl}\p{No}]|[%°])\P{Nd}*[0-9]?)?$/iu;

/**
 * What an answer earns; null where it cannot be read, as a number that is none.
 * @param {Key} key
 * @param {any} response  as the form gives it
 * @param {number | null} certainty  1, 2, 3, where it is asked beside the answer
 * @param {Units} units
 * @returns {Mark | null}
 */
export function grade(key, response, certainty, units) {
  if (key.kind === 'truefalse') return truth(key, response);
  const mark = { single, multiple, numeric }[key.kind](key, response, units);
  if (mark === null || certainty === null) return mark;
  const [right, wrong] = CERTAINTY[certainty] ?? [0, 0];
  return { ...mark, certaintyMark: mark.fraction >= 1 ? right : mark.fraction <= WRONG ? wrong : 0 };
}

/** @param {Key} key @param {{ answer: boolean, certainty?: number }} response @returns {Mark} */
function truth({ right }, { answer, certainty }) {
  const isRight = answer === right;
  const [won, lost] = CERTAINTY[certainty ?? 0] ?? [null, null];
  return { fraction: isRight ? 1 : 0, about: [String(answer)], certaintyMark: isRight ? won : lost };
}

/** @param {Key} key @param {string} chosen @returns {Mark} */
function single({ right, weights = {} }, chosen) {
  return { fraction: chosen === right ? 1 : (weights[chosen] ?? 0), about: [chosen], certaintyMark: null };
}

/** @param {Key} key @param {string[]} chosen @returns {Mark} */
function multiple({ right, weights = {}, scoring = 'net', count = 0 }, chosen) {
  return { fraction: shareOf(new Set(right), weights, scoring, count, chosen), about: chosen, certaintyMark: null };
}

/** @param {Set<string>} right @param {Record<string, number>} weights @param {string} scoring @param {number} count @param {string[]} chosen */
function shareOf(right, weights, scoring, count, chosen) {
  const hits = chosen.filter((one) => right.has(one)).length;
  const errors = chosen.length - hits + right.size - hits;
  if (scoring === 'all') return errors === 0 ? 1 : 0;
  if (scoring === 'each') return (count - errors) / count;
  if (scoring === 'net') return Math.max(0, 2 * hits - chosen.length) / right.size;
  const total = chosen.reduce((sum, one) => sum + (weights[one] ?? 0), 0);
  return Math.abs(total - 1) <= 1e-5 ? 1 : Math.min(1, Math.max(0, total));
}

/** @param {Key} key @param {string} response @param {Units} units @returns {Mark | null} */
function numeric({ right, unit = '', tolerance = 0, around = 'absolute', also = [] }, response, units) {
  const given = quantityOf(response, unit, units);
  if (given === undefined) return null;
  const near = given === null ? undefined
    : [{ value: right, tolerance, around, fraction: 1 }, ...also.map((one) => ({ ...one, around: 'absolute' }))]
      .find((one) => isNear(given, one.value, one.tolerance, one.around));
  return { fraction: near?.fraction ?? 0, about: [], certaintyMark: null };
}

/**
 * A typed number in a unit; null for another dimension or one without an end, undefined for what is no number.
 * @param {string} response
 * @param {string} unit
 * @param {Units} units
 */
export function quantityOf(response, unit, units) {
  const text = response.trim().replaceAll('\u2212', '-');
  const without = unit && text.endsWith(unit) ? text.slice(0, -unit.length) : text;
  const found = NUMBER.exec(without.trimEnd()) ?? NUMBER.exec(text);
  if (!found?.groups) return undefined;
  const { number = '', unit: own = '' } = found.groups;
  const value = Number(number.replace(',', '.'));
  if (!Number.isFinite(value)) return null;
  const worth = converted(value, own.trim(), unit, units);
  return worth !== null && Number.isFinite(worth) ? worth : null;
}

/** @param {number} value @param {string} given @param {string} wanted @param {Units} units */
function converted(value, given, wanted, units) {
  if (!given || given.toLowerCase() === wanted.toLowerCase()) return value;
  const [from, to] = [unitOf(given, units), unitOf(wanted, units)];
  return from && to && from[0] === to[0] ? (value * from[1]) / to[1] : null;
}

/** The two letters for micro are one. @param {string} name @param {Units} units */
function unitOf(name, units) {
  const plain = name.toLowerCase().replaceAll('\u03bc', '\u00b5').replace(/\s+/g, '');
  return Object.hasOwn(units, plain) ? units[plain] : undefined;
}

/** Edges included, in spite of binary fractions. @param {number} given @param {number} key @param {number} tolerance @param {string} around */
function isNear(given, key, tolerance, around) {
  const slack = 1e-12 * Math.max(Math.abs(key), Math.abs(given), 1);
  if (around === 'geometric') return key / (1 + tolerance) - slack <= given && given <= key * (1 + tolerance) + slack;
  return Math.abs(given - key) <= (around === 'relative' ? Math.abs(key) * tolerance : tolerance) + slack;
}
