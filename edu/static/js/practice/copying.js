// The link to a moment or to a step, for the clipboard.

import { words } from '../wording.js';

/**
 * Copies the address of this page with that end; where the browser cannot, which needs a secure connection, or may not,
 * the address is shown.
 * @param {string} end  '?t=72.4#t=72.4'
 * @param {(name: 'copied' | 'by-hand', values: { address: string }) => unknown} tell
 */
export async function copyAddress(end, tell) {
  const address = `${location.origin}${location.pathname}${end}`;
  try {
    await navigator.clipboard.writeText(address);
    tell('copied', { address });
  } catch {
    tell('by-hand', { address });
  }
}

/** The step's own address, by which it is found when the film was cut. @param {Element} list  <edu-chapters> @param {Element} button */
export function copyStep(list, button) {
  const player = /** @type {import('../player/edu-player.js').EduPlayer | null} */ (document.getElementById(list.getAttribute('for') ?? ''));
  return copyAddress(button.getAttribute('data-copy') ?? '', (name, values) => player?.notice(words(list, name, values), name === 'by-hand'));
}
