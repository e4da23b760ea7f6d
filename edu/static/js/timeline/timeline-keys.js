// What a key does on a time line, where a box has the focus.

/** @typedef {import('./timeline-drag.js').Edge} Edge */
/** @typedef {{ does: 'move', by: number } | { does: 'edge', edge: Edge } | { does: 'go', to: 'next' | 'previous' | 'first' | 'last' } | { does: 'zoom', factor: number } | { does: 'choose' } | { does: 'leave' }} Wish */
/** @typedef {{ key: string, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean, altKey: boolean }} Press */

const STEP = 100;
const FINE = 10;
const COARSE = 1000;
const ZOOM = 1.5;
/** @type {Record<string, Wish>} */
const PLAIN = {
  '[': { does: 'edge', edge: 'start' },
  ']': { does: 'edge', edge: 'end' },
  ArrowDown: { does: 'go', to: 'next' },
  ArrowUp: { does: 'go', to: 'previous' },
  Home: { does: 'go', to: 'first' },
  End: { does: 'go', to: 'last' },
  '+': { does: 'zoom', factor: ZOOM },
  '=': { does: 'zoom', factor: ZOOM },
  '-': { does: 'zoom', factor: 1 / ZOOM },
  0: { does: 'zoom', factor: 0 },
  Enter: { does: 'choose' },
  Escape: { does: 'leave' },
};

/** Null for keys that belong to the page. @param {Press} press @returns {Wish | null} */
export function wishOf({ key, shiftKey, ctrlKey, metaKey, altKey }) {
  if (altKey) return null;
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const step = ctrlKey || metaKey ? COARSE : shiftKey ? FINE : STEP;
    return { does: 'move', by: key === 'ArrowRight' ? step : -step };
  }
  return ctrlKey || metaKey ? null : PLAIN[key] ?? null;
}
