// The viewer's own look of captions: size, letters, colours, ground, edge and place, remembered by the browser.

import { choices, remember } from './preferences.js';
import { fetchSheet } from './sheets.js';
import { part } from '../wording.js';

/** What there is to choose, as the style sheet knows it; '' is the usual look. */
export const LOOKS = /** @type {const} */ ({
  size: ['small', 'large', 'largest'],
  font: ['serif', 'mono', 'reading'],
  colours: ['yellow', 'paper', 'cream', 'blue'],
  ground: ['full', 'half', 'none'],
  edge: ['outline', 'shadow'],
  place: ['top'],
});

/**
 * What of a remembered look can be worn: storage may hold anything.
 * @param {unknown} kept
 * @returns {Record<string, string>}
 */
export function wearable(kept) {
  const look = kept !== null && typeof kept === 'object' ? /** @type {Record<string, unknown>} */ (kept) : {};
  /** @type {Record<string, string>} */ const found = {};
  for (const [name, values] of Object.entries(LOOKS)) {
    const value = values.find((one) => one === look[name]);
    if (value) found[name] = value;
  }
  // letters without a ground need an edge, or they are lost on a bright picture
  if (found.ground === 'none' && !found.edge) found.edge = 'outline';
  return found;
}

/** Captions of a player in the look that was chosen; its panel changes it. @param {HTMLElement} host */
export function dress(host) {
  const box = part(host, 'captions');
  const lists = /** @type {HTMLSelectElement[]} */ ([...host.querySelectorAll('select[data-look]')]);
  const wear = () => {
    const look = wearable(choices().look);
    for (const list of lists) {
      const name = list.dataset.look ?? '';
      list.value = look[name] ?? '';
      box?.setAttribute(`data-look-${name}`, list.value);
    }
  };
  wear();
  if (!box || 'dressed' in box.dataset) return;
  box.dataset.dressed = '';
  void fetchSheet('caption-look.css');
  for (const list of lists) {
    list.addEventListener('change', () => {
      const look = Object.fromEntries(lists.map(({ dataset, value }) => [dataset.look ?? '', value]));
      // without a ground there is an edge: who takes that away wants a ground again
      if (list.dataset.look === 'edge' && list.value === '' && look.ground === 'none') look.ground = '';
      remember({ look });
      wear();
    });
  }
  part(host, 'plain')?.addEventListener('click', () => {
    remember({ look: {} });
    wear();
  });
}
