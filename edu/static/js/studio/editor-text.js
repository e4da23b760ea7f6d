// What the buttons of the editor do to a text: pure, so that it can be tried without a page.

/** @typedef {{ from: number, to: number, put: string, start: number, end: number }} Change  put in place of from..to; then start..end is selected */

const MARKED = /\[@([\w.:;@ -]*)\]$/;
const ITEM = /^(\s*)([-*+]|(\d{1,9})[.)])(\s+)(.*)$/;

/** @param {string} text @param {number} at */
const lineStart = (text, at) => text.lastIndexOf('\n', at - 1) + 1;
/** @param {string} text @param {number} at */
const lineEnd = (text, at) => (text.indexOf('\n', at) + 1 || text.length + 1) - 1;

/** On which line of a text a place is, from 1. @param {string} text @param {number} at */
export function lineOf(text, at) {
  return text.slice(0, at).split('\n').length;
}

/** Where a line begins and ends. @param {string} text @param {number} line  from 1 @returns {[number, number]} */
export function placeOf(text, line) {
  let start = 0;
  for (let number = 1; number < line; number += 1) {
    const next = text.indexOf('\n', start);
    if (next < 0) break;
    start = next + 1;
  }
  return [start, lineEnd(text, start)];
}

/** The block that a line belongs to: the last that begins on it or before. @param {number[]} lines @param {number} line */
export function blockOf(lines, line) {
  let found = -1;
  lines.forEach((begins, place) => { if (begins <= line) found = place; });
  return found;
}

/** A grade or a step: put behind what stands there, with a space before it. @param {string} text @param {number} at @param {string} mark @returns {Change} */
function behind(text, at, mark) {
  const space = at > 0 && !/[\s(]/.test(text.charAt(at - 1)) ? ' ' : '';
  const end = at + space.length + mark.length;
  return { from: at, to: at, put: space + mark, start: end, end };
}

/** Cite a work; behind another citation it joins that. @param {string} text @param {number} at @param {string} key @returns {Change} */
function cite(text, at, key) {
  const before = MARKED.exec(text.slice(0, at));
  if (!before) return behind(text, at, `[@${key}]`);
  const put = `; @${key}]`;
  return { from: at - 1, to: at, put, start: at - 1 + put.length, end: at - 1 + put.length };
}

/** @param {string} text @param {number} start @param {number} end @param {string} sign @param {string} words @returns {Change} */
function around(text, start, end, sign, words) {
  const inner = text.slice(start, end);
  const [before, after] = [text.slice(start - sign.length, start), text.slice(end, end + sign.length)];
  const wider = text[start - sign.length - 1] === '*' || text[end + sign.length] === '*';
  if (inner && before === sign && after === sign && (sign.length > 1 || !wider)) {
    return { from: start - sign.length, to: end + sign.length, put: inner, start: start - sign.length, end: end - sign.length };
  }
  const held = inner || words;
  return { from: start, to: end, put: sign + held + sign, start: start + sign.length, end: start + sign.length + held.length };
}

/** Begin each line with a sign, or take it away where all have it. @param {string} text @param {number} start @param {number} end @param {(n: number) => string} sign @param {RegExp} known @param {string} words @returns {Change} */
function begun(text, start, end, sign, known, words) {
  const from = lineStart(text, start);
  const to = lineEnd(text, Math.max(start, text[end - 1] === '\n' ? end - 1 : end));
  const lines = text.slice(from, to).split('\n');
  const isAll = lines.every((line) => known.test(line));
  const put = lines.map((line, n) => (isAll ? line.replace(known, '') : sign(n) + line.replace(/^(?:#{1,6}|[-*+]|\d{1,9}[.)])\s+/, ''))).join('\n');
  if (put.length > sign(0).length || isAll) return { from, to, put, start: from + put.length, end: from + put.length };
  return { from, to, put: put + words, start: from + put.length, end: from + put.length + words.length };
}

/** Lines in a box, with empty lines around it. @param {string} text @param {number} start @param {number} end @param {string} kind @param {string} words @returns {Change} */
function boxed(text, start, end, kind, words) {
  const from = start === end ? start : lineStart(text, start);
  const to = start === end ? end : lineEnd(text, end);
  const inner = text.slice(from, to).trim() || words;
  const before = from === 0 || text.slice(0, from).endsWith('\n\n') ? '' : text[from - 1] === '\n' ? '\n' : '\n\n';
  const after = /^(?:\n\n|\n?$)/.test(text.slice(to)) ? '' : text[to] === '\n' ? '\n' : '\n\n';
  const head = `${before}::: ${kind}\n`;
  return { from, to, put: `${head}${inner}\n:::${after}`, start: from + head.length, end: from + head.length + inner.length };
}

/** @param {string} text @param {number} start @param {number} end @param {string} words @returns {Change} */
function link(text, start, end, words) {
  const held = text.slice(start, end) || words;
  const at = start + held.length + 3;
  return { from: start, to: end, put: `[${held}](https://)`, start: at, end: at + 8 };
}

/**
 * What a button does to a text; null for one that is not known.
 * @param {string} act
 * @param {string} value
 * @param {string} text
 * @param {number} start @param {number} end  what is selected
 * @param {Record<string, string>} words  that stand where nothing is selected
 * @returns {Change | null}
 */
export function changed(act, value, text, start, end, words) {
  switch (act) {
    case 'grade': return behind(text, end, `[${value}]`);
    case 'cite': return cite(text, end, value);
    case 'step': return behind(text, end, `[[${value}]]`);
    case 'strong': return around(text, start, end, '**', words.strong ?? '');
    case 'emphasis': return around(text, start, end, '*', words.emphasis ?? '');
    case 'heading': return begun(text, start, end, () => '## ', /^## +/, words.heading ?? '');
    case 'list': return begun(text, start, end, () => '- ', /^[-*+] +/, words.item ?? '');
    case 'numbers': return begun(text, start, end, (n) => `${n + 1}. `, /^\d{1,9}[.)] +/, words.item ?? '');
    case 'link': return link(text, start, end, words.link ?? '');
    case 'box': return boxed(text, start, end, value, words.box ?? '');
    default: return null;
  }
}

/** Enter in a list goes on with the list; in an empty item it ends it. Null where Enter is only that. @param {string} text @param {number} at @returns {Change | null} */
export function entered(text, at) {
  const from = lineStart(text, at);
  const item = ITEM.exec(text.slice(from, at));
  if (!item) return null;
  const [, indent = '', sign = '', number, space = '', words = ''] = item;
  if (!words.trim()) return lineEnd(text, at) === at ? { from, to: at, put: '', start: from, end: from } : null;
  const next = number ? sign.replace(number, String(Number(number) + 1)) : sign;
  const put = `\n${indent}${next}${space}`;
  return { from: at, to: at, put, start: at + put.length, end: at + put.length };
}
