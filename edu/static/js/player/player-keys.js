// The map of keys of the player. It holds while the focus is in the player, so that it takes no key from the page.

/** @typedef {{ action: string, value?: number }} KeyAction */

/** @type {Record<string, KeyAction>} */
const KEYS = {
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
 * @returns {KeyAction | null}
 */
export function keyAction(press, place) {
  if (press.ctrlKey || press.altKey || press.metaKey || place === 'choice') return null;
  const { key } = press;
  if (place === 'button' && key === ' ') return null;
  if (place === 'slider' && /^(Arrow|Home|End)/.test(key)) return null;
  if (/^\d$/.test(key)) return { action: 'tenth', value: Number(key) };
  return KEYS[key.length === 1 ? key.toLowerCase() : key] ?? null;
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
