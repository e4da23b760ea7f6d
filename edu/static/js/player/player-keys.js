// The map of keys of the player. It holds while the focus is in the player, so that it takes no key from the page.
// Each key may be given to another act (practice/keys.js); an act is named by its usual key.

import { choices } from './preferences.js';

/** @typedef {{ action: string, value?: number }} KeyAction */

/** The usual keys. @type {Record<string, KeyAction>} */
export const KEYS = {
  ' ': { action: 'play' },
  k: { action: 'play' },
  ArrowLeft: { action: 'skip', value: -5 },
  ArrowRight: { action: 'skip', value: 5 },
  j: { action: 'skip', value: -10 },
  l: { action: 'skip', value: 10 },
  ArrowUp: { action: 'louder', value: 0.05 },
  ArrowDown: { action: 'louder', value: -0.05 },
  m: { action: 'mute' },
  c: { action: 'captions' },
  f: { action: 'fullscreen' },
  '<': { action: 'rate', value: -1 },
  '>': { action: 'rate', value: 1 },
  Home: { action: 'tenth', value: 0 },
  End: { action: 'tenth', value: 10 },
  n: { action: 'next' },
  p: { action: 'previous' },
  ',': { action: 'frame', value: -1 },
  '.': { action: 'frame', value: 1 },
  d: { action: 'drill' },
  '[': { action: 'drill-from' },
  ']': { action: 'drill-to' },
  x: { action: 'mirror' },
  o: { action: 'layers' },
  s: { action: 'steps' },
  e: { action: 'describe' },
  i: { action: 'note' },
  b: { action: 'bookmark' },
  '?': { action: 'help' },
};

/**
 * @typedef {object} Press
 * @property {string} key
 * @property {boolean} ctrlKey
 * @property {boolean} altKey
 * @property {boolean} metaKey
 */

/**
 * What a key asks for; null when it is not ours. Letters count in both cases, with caps lock on too.
 * @param {Press} press
 * @param {'button' | 'choice' | 'slider' | 'seek' | 'none'} place  what has the focus: its own keys stay its own
 * @param {import('./preferences.js').Choices} [chosen]
 * @returns {KeyAction | null}
 */
export function keyAction(press, place, chosen = choices()) {
  if (press.ctrlKey || press.altKey || press.metaKey || place === 'choice') return null;
  const { key } = press;
  if (place === 'button' && key === ' ') return null;
  if (place === 'slider' && /^(Arrow|Home|End)/.test(key)) return null;
  if (chosen.signs === false && key.length === 1 && key !== ' ') return null;
  if (/^\d$/.test(key)) return { action: 'tenth', value: Number(key) };
  const name = key.length === 1 ? key.toLowerCase() : key;
  return KEYS[chosen.map?.[name] ?? name] ?? null;
}

/**
 * @param {EventTarget | null} target
 * @returns {'button' | 'choice' | 'slider' | 'seek' | 'none'}
 */
export function placeOf(target) {
  if (!(target instanceof Element)) return 'none';
  if (target.matches('.seek-range')) return 'seek';
  if (target.matches('input[type="range"]')) return 'slider';
  if (target.matches('select, textarea, input')) return 'choice';
  return target.closest('dialog, button, a, summary') ? 'button' : 'none';
}
