// <edu-terms data-text-more data-text-close>: the words of a text that stand in the glossary (a.term) say in place what
// they mean. Where a browser knows no popover, or without script, they are links to their pages.

import { words } from '../wording.js';

const GAP = 8; // px between a word and its card, and between the card and the edge of the window

export class EduTerms extends HTMLElement {
  /** @type {HTMLElement | null} */ #card = null;
  /** @type {HTMLAnchorElement | null} */ #link = null;
  /** @type {HTMLAnchorElement | null} */ #pressed = null;
  #place = () => this.#put();

  connectedCallback() {
    if (!('showPopover' in HTMLElement.prototype)) return;
    for (const link of this.querySelectorAll('a.term')) {
      link.setAttribute('role', 'button');
      link.setAttribute('aria-expanded', 'false');
    }
    // a press outside puts the card away before the click comes: a second press on its word must not bring it back
    this.addEventListener('pointerdown', (event) => {
      const link = termOf(event);
      this.#pressed = link === this.#link ? link : null;
    });
    this.addEventListener('click', (event) => this.#click(event));
    this.addEventListener('keydown', (event) => this.#key(event));
    addEventListener('resize', this.#place);
  }

  disconnectedCallback() {
    removeEventListener('resize', this.#place);
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const link = termOf(event);
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const isAgain = link === this.#pressed || link === this.#link;
    this.#pressed = null;
    this.#close();
    if (!isAgain) this.#open(link);
  }

  /** A button answers to the space bar. @param {KeyboardEvent} event */
  #key(event) {
    const link = event.key === ' ' ? termOf(event) : null;
    if (!link) return;
    event.preventDefault();
    link.click();
  }

  /** @param {HTMLAnchorElement} link */
  #open(link) {
    const card = (this.#card ??= this.#make());
    fill(card, link);
    link.after(card); // so that Tab goes from the word into its card, and on from there
    link.focus({ preventScroll: true }); // where the focus comes back to
    card.showPopover();
    this.#link = link;
    link.setAttribute('aria-expanded', 'true');
    this.#put();
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: 'nearest' });
  }

  #close() {
    if (this.#card?.matches(':popover-open')) this.#card.hidePopover();
    this.#closed();
  }

  #closed() {
    this.#link?.setAttribute('aria-expanded', 'false');
    this.#link = null;
  }

  #make() {
    const card = document.createElement('div');
    card.className = 'term-card';
    card.popover = 'auto';
    card.tabIndex = -1;
    card.setAttribute('role', 'dialog');
    card.setAttribute('aria-describedby', 'term-meaning');
    const meaning = document.createElement('p');
    meaning.id = 'term-meaning';
    const more = document.createElement('a');
    more.textContent = words(this, 'more');
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 'button button-quiet';
    close.textContent = words(this, 'close');
    close.addEventListener('click', () => card.hidePopover());
    const ways = document.createElement('div');
    ways.append(more, close);
    card.append(meaning, ways);
    card.addEventListener('beforetoggle', (event) => {
      if (/** @type {ToggleEvent} */ (event).newState === 'closed') this.#closed();
    });
    card.addEventListener('focusout', (event) => {
      if (event.relatedTarget && !card.contains(/** @type {Node} */ (event.relatedTarget))) this.#close();
    });
    return card;
  }

  #put() {
    if (!this.#card || !this.#link) return;
    const word = this.#link.getBoundingClientRect();
    const size = { width: this.#card.offsetWidth, height: this.#card.offsetHeight };
    const room = { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight };
    const isRtl = getComputedStyle(this.#link).direction === 'rtl';
    const { left, top } = spot(word, size, room, isRtl);
    this.#card.style.left = `${left + scrollX}px`;
    this.#card.style.top = `${top + scrollY}px`;
  }
}

/**
 * Where a card stands: under its word and in line with where that begins, above it where there is no room below,
 * and never over the edge of the window.
 * @param {{left: number, right: number, top: number, bottom: number}} word
 * @param {{width: number, height: number}} card
 * @param {{width: number, height: number}} room
 * @param {boolean} isRtl
 */
export function spot(word, card, room, isRtl) {
  const begins = isRtl ? word.right - card.width : word.left;
  const left = Math.max(GAP, Math.min(begins, room.width - card.width - GAP));
  const isBelow = word.bottom + GAP + card.height <= room.height || word.top - GAP - card.height < 0;
  return { left, top: isBelow ? word.bottom + GAP : word.top - GAP - card.height };
}

/** @param {HTMLElement} card @param {HTMLAnchorElement} link */
function fill(card, link) {
  const term = document.createElement('strong');
  term.textContent = link.dataset.term ?? '';
  const [meaning, more] = [card.querySelector('p'), card.querySelector('a')];
  meaning?.replaceChildren(term, ` ${link.dataset.meaning ?? ''}`);
  if (more) more.href = link.href;
  card.setAttribute('aria-label', link.dataset.term ?? '');
}

/** @param {Event} event @returns {HTMLAnchorElement | null} */
function termOf(event) {
  return event.target instanceof Element ? event.target.closest('a.term') : null;
}

customElements.define('edu-terms', EduTerms);
