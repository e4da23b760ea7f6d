// Remarks to a recording: a time goes to its moment, and who writes one finds the time filled in.

import { part } from '../wording.js';

/** 72.46 -> '1:12.5', as the form reads it. @param {number} seconds */
export function written(seconds) {
  const tenths = Math.round(seconds * 10);
  return `${Math.floor(tenths / 600)}:${((tenths % 600) / 10).toFixed(1).padStart(4, '0')}`;
}

export class RemarkRoom {
  /** @param {import('./edu-compare.js').EduCompare} compare */
  constructor(compare) {
    for (const button of compare.querySelectorAll('button[data-at]')) {
      button.removeAttribute('disabled');
      button.addEventListener('click', () => {
        compare.store.pause();
        compare.goTo(Number(button.getAttribute('data-at')) / 1000);
        compare.scrollIntoView({ block: 'start' });
      });
    }
    const form = /** @type {HTMLFormElement | null} */ (part(compare, 'remark'));
    const at = /** @type {HTMLInputElement | null} */ (form?.querySelector('[name="at"]') ?? null);
    const text = /** @type {HTMLTextAreaElement | null} */ (form?.querySelector('textarea') ?? null);
    if (!at || !text) return;
    text.addEventListener('focus', () => {
      compare.store.pause();
      compare.own?.pause();
      if (text.value.trim() === '') at.value = written(compare.own?.currentTime ?? 0);
    });
  }
}
