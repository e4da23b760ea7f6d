// The keys of the step mode: those that foot pedals and page turners send, and two that one's own pedal taught us.

/** @typedef {'next' | 'again' | 'end'} StepAct */
/** @typedef {{ next?: string, again?: string }} Pedal  the keys that it sends, as KeyboardEvent.key has them */
/** @typedef {import('../player/player-keys.js').Press} Press */

/** @type {Record<string, StepAct>} */
const USUAL = {
  ' ': 'next', Enter: 'next', PageDown: 'next', ArrowRight: 'next', n: 'next',
  r: 'again', PageUp: 'again', Backspace: 'again', ArrowLeft: 'again',
  s: 'end',
};
const NONE = /^(Shift|Control|Alt|AltGraph|Meta|Fn|CapsLock|NumLock|ScrollLock|Tab|Escape|Dead|Process|Unidentified)$/;

/** @param {string} key */
const plain = (key) => (key.length === 1 ? key.toLowerCase() : key);

/**
 * What a key asks of the step mode; null when it is not the mode's. A pedal that was learnt goes before the usual keys.
 * @param {Press} press
 * @param {ReturnType<typeof import('../player/player-keys.js').placeOf>} place  what has the focus: its own keys stay its own
 * @param {boolean} isOurs  that is one of our own two buttons: a pedal that sends Enter means what it was taught there, too
 * @param {Pedal} pedal
 * @returns {StepAct | null}
 */
export function stepAct(press, place, isOurs, pedal) {
  if (press.ctrlKey || press.altKey || press.metaKey || place === 'choice') return null;
  const key = plain(press.key);
  if (/^(slider|seek)$/.test(place) && /^(Arrow|Page)/.test(key)) return null;
  const learnt = key === pedal.next ? 'next' : key === pedal.again ? 'again' : null;
  if (place === 'button' && /^( |Enter)$/.test(key) && !(isOurs && learnt)) return null;
  return learnt ?? (Object.hasOwn(USUAL, key) ? USUAL[key] ?? null : null);
}

/**
 * The pedal after it was taught a key for an act; the same pedal when that key is none that can be learnt, null when it
 * belongs to the other act: one key never means both, and neither loses its key unsaid.
 * @param {Pedal} pedal @param {'next' | 'again'} act @param {Press} press
 * @returns {Pedal | null}
 */
export function taught(pedal, act, press) {
  const key = plain(press.key);
  if (NONE.test(key) || press.ctrlKey || press.altKey || press.metaKey) return pedal;
  return pedal[act === 'next' ? 'again' : 'next'] === key ? null : { ...pedal, [act]: key };
}
