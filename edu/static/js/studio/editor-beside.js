// What stands beside the editor's text: shown as the server made it, and kept at the place where one writes.

import { blockOf } from './editor-text.js';

/** The preview and its findings; `go` is called with a line when a block of the preview is double-clicked. */
export class Beside {
  /** @type {number[]} */ #lines = [];

  /** @param {HTMLElement} shown @param {HTMLElement} findings */
  constructor(shown, findings) {
    this.shown = shown;
    this.findings = findings;
  }

  /** Show a new preview in place of the old, where it was. Gives how many things are to be mended, and how many hints there are. @param {string} html */
  take(html) {
    const made = new DOMParser().parseFromString(html, 'text/html');
    const [shown, findings] = ['shown', 'findings'].map((name) => made.querySelector(`[data-part="${name}"]`));
    if (!shown || !findings) return { count: 0, hints: 0 };
    own(shown);
    this.#lines = (shown.getAttribute('data-lines') ?? '').split(' ').filter(Boolean).map(Number);
    const top = this.shown.scrollTop;
    this.shown.replaceChildren(...shown.childNodes);
    this.shown.hidden = false;
    this.shown.scrollTop = top;
    if (findings.innerHTML !== this.findings.innerHTML) this.#keepFocus(() => this.findings.replaceChildren(...findings.childNodes));
    const hints = this.findings.querySelectorAll('li.advice-hint').length;
    return { count: this.findings.querySelectorAll('li').length - hints, hints };
  }

  /** Who stands on a finding stays on the finding of that place. @param {() => void} change */
  #keepFocus(change) {
    const buttons = [...this.findings.querySelectorAll('button')];
    const place = buttons.findIndex((button) => button === document.activeElement);
    change();
    const now = [...this.findings.querySelectorAll('button')];
    if (place >= 0) now[Math.min(place, now.length - 1)]?.focus();
  }

  /** The blocks of the text, as many as there are lines for. */
  get #blocks() { return [...(this.shown.querySelector('[data-part="prose"]')?.children ?? [])]; }

  /** Bring the block of a line into view inside the preview, never the page. @param {number} line */
  follow(line) {
    const place = blockOf(this.#lines, line);
    const block = /** @type {HTMLElement | undefined} */ (this.#blocks[place]);
    if (!block || this.shown.scrollHeight <= this.shown.clientHeight) return;
    const [box, room] = [block.getBoundingClientRect(), this.shown.getBoundingClientRect()];
    if (box.top >= room.top && box.bottom <= room.bottom) return;
    this.shown.scrollTop += box.top - room.top - room.height / 4;
  }

  /** The line on which the block begins that an element stands in; 0 for none. @param {Element} element */
  lineOf(element) {
    const place = this.#blocks.findIndex((block) => block.contains(element));
    return place < 0 ? 0 : this.#lines[place] ?? 0;
  }
}

/** What is previewed leaves no name of the page around taken, and leads away in a window of its own. @param {Element} shown */
function own(shown) {
  const named = new Set([...shown.querySelectorAll('[id]')].map((element) => element.id));
  for (const element of shown.querySelectorAll('*')) {
    if (element.id) element.id = `look-${element.id}`;
    for (const name of ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls']) {
      const ids = element.getAttribute(name);
      if (ids) element.setAttribute(name, ids.split(' ').map((id) => (named.has(id) ? `look-${id}` : id)).join(' '));
    }
    const href = element.getAttribute('href');
    if (href?.startsWith('#')) element.setAttribute('href', `#look-${href.slice(1)}`);
    else if (element instanceof HTMLAnchorElement || (href && element.localName === 'a')) element.setAttribute('target', '_blank');
  }
}
