// The keys of the caption editor: plain ones where nothing is typed, with a modifier where something is.

/**
 * @typedef {object} Press
 * @property {string} key
 * @property {string} code
 * @property {boolean} ctrlKey
 * @property {boolean} altKey
 * @property {boolean} metaKey
 * @property {boolean} shiftKey
 */
/** @typedef {{ action: string, value?: number }} KeyAction */
/** @typedef {'list' | 'text' | 'time' | 'other'} Place  what has the focus */

/** In the list of captions. @type {Record<string, KeyAction>} */
const PLAIN = {
  ' ': { action: 'play' }, k: { action: 'play' }, r: { action: 'replay' },
  j: { action: 'skip', value: -1000 }, l: { action: 'skip', value: 1000 },
  J: { action: 'skip', value: -5000 }, L: { action: 'skip', value: 5000 },
  ',': { action: 'skip', value: -100 }, '.': { action: 'skip', value: 100 },
  i: { action: 'begin' }, o: { action: 'end' },
  s: { action: 'split' }, m: { action: 'merge' }, n: { action: 'new' }, Delete: { action: 'remove' },
  Enter: { action: 'write' }, F2: { action: 'write' },
  e: { action: 'problem', value: 1 }, E: { action: 'problem', value: -1 }, a: { action: 'repair' },
  f: { action: 'find' }, '/': { action: 'find' }, t: { action: 'type' }, '?': { action: 'help' },
};

/** With Alt, with Control on Apple's keyboards (where Option writes letters): while something is typed, and everywhere. @type {Record<string, KeyAction>} */
const HELD = {
  k: { action: 'play' }, r: { action: 'replay' },
  j: { action: 'skip', value: -1000 }, l: { action: 'skip', value: 1000 },
  J: { action: 'skip', value: -5000 }, L: { action: 'skip', value: 5000 },
  ',': { action: 'skip', value: -100 }, '.': { action: 'skip', value: 100 },
  i: { action: 'begin' }, o: { action: 'end' },
  x: { action: 'split' }, m: { action: 'merge' }, n: { action: 'new' }, Backspace: { action: 'remove' },
  ArrowDown: { action: 'next' }, ArrowUp: { action: 'previous' },
};

/** Keys that write nothing: everywhere as they are. @type {Record<string, KeyAction>} */
const ALWAYS = {
  F1: { action: 'help' }, F4: { action: 'type' }, F9: { action: 'repair' }, Escape: { action: 'leave' },
};

/**
 * What a key asks for; null when it is not ours.
 * @param {Press} press
 * @param {Place} place
 * @param {boolean} isApple
 * @returns {KeyAction | null}
 */
export function keyAction(press, place, isApple) {
  const { key, ctrlKey, altKey, metaKey, shiftKey } = press;
  const isCommand = isApple ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  if (isCommand && !altKey) return commandAction(key, shiftKey);
  const isHeld = isApple ? ctrlKey && !altKey && !metaKey : altKey && !ctrlKey && !metaKey;
  if (isHeld) return HELD[letter(press)] ?? null;
  if (ctrlKey || altKey || metaKey) return null; // AltGr, and what belongs to the system
  if (key === 'F8') return { action: 'problem', value: shiftKey ? -1 : 1 };
  if (place === 'text' && key === 'PageDown') return { action: 'next' };
  if (place === 'text' && key === 'PageUp') return { action: 'previous' };
  return ALWAYS[key] ?? (place === 'list' ? (PLAIN[key] ?? null) : null);
}

/** @param {string} key @param {boolean} shiftKey @returns {KeyAction | null} */
function commandAction(key, shiftKey) {
  const small = key.toLowerCase();
  if (small === 'z') return { action: shiftKey ? 'redo' : 'undo' };
  if (small === 'y') return { action: 'redo' };
  if (small === 's' && !shiftKey) return { action: 'save' };
  return small === 'f' && !shiftKey ? { action: 'find' } : null;
}

/** The letter on a key; a held modifier may have made another one of it. @param {Press} press */
function letter({ key, code, shiftKey }) {
  if (key.length > 1) return key;
  const small = /^[\x21-\x7e]$/.test(key) ? key.toLowerCase() : code.replace(/^Key/, '').toLowerCase();
  if (code === 'Comma' || small === '<') return ',';
  if (code === 'Period' || small === '>') return '.';
  return shiftKey ? small.toUpperCase() : small;
}

/** @param {EventTarget | null} target @returns {Place} */
export function placeOf(target) {
  if (!(target instanceof Element)) return 'other';
  if (target.closest('[role="option"], [role="listbox"]')) return 'list';
  if (target.matches('input[data-time]')) return 'time';
  return target.matches('textarea, input:not([type="checkbox"], [type="range"]), select') ? 'text' : 'other';
}
