// <edu-copy>: a button that puts the words beside it on the clipboard; without script they are marked by hand.

import { part, words } from '../wording.js';

export class EduCopy extends HTMLElement {
  connectedCallback() {
    const button = part(this, 'copy');
    if (!button || !navigator.clipboard) return; // which only a secure page has
    button.hidden = false;
    button.addEventListener('click', () => this.copy());
  }

  /** Copies, and says whether it could. */
  async copy() {
    const said = part(this, 'said');
    if (said) said.textContent = '';
    let name = 'copied';
    try {
      await navigator.clipboard.writeText(part(this, 'text')?.textContent?.trim() ?? '');
    } catch {
      name = 'failed';
    }
    if (said) said.textContent = words(this, name);
  }
}

customElements.define('edu-copy', EduCopy);
