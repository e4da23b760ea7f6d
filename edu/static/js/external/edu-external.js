// <edu-external>: a video of another site, of which nothing is loaded before its button is pressed.

import { part } from '../wording.js';

const HOST = 'https://www.youtube-nocookie.com';

/**
 * The address that may stand in the frame; '' for any other than that of the one player we take.
 * @param {string | undefined} written
 */
export function allowed(written) {
  try {
    const found = new URL(written ?? '');
    return found.origin === HOST && found.pathname.startsWith('/embed/') ? found.href : '';
  } catch {
    return '';
  }
}

export class EduExternal extends HTMLElement {
  connectedCallback() {
    const button = part(this, 'load');
    if (!button || !allowed(this.dataset.src)) return;
    button.hidden = false;
    const told = part(this, 'click');
    if (told) told.hidden = false;
    button.addEventListener('click', () => this.load(), { once: true });
  }

  /** Puts the player where the button was, and goes on with it. */
  load() {
    const frame = document.createElement('iframe');
    frame.title = this.dataset.title ?? '';
    frame.allow = 'fullscreen; picture-in-picture';
    frame.allowFullscreen = true;
    frame.referrerPolicy = 'strict-origin'; // the player refuses to play where it is not told who shows it
    frame.src = allowed(this.dataset.src);
    this.prepend(frame);
    part(this, 'load')?.remove();
    part(this, 'click')?.remove();
    frame.focus();
  }
}

customElements.define('edu-external', EduExternal);
