// <edu-ordering>: a list that is put in order by arrows, or by pulling; its number fields follow, and they are the answer.

import { part, words } from '../wording.js';

/** @typedef {HTMLElement & { dataset: { id: string } }} Item */

export class EduOrdering extends HTMLElement {
  #life = new AbortController();
  /** @type {{ item: HTMLElement, pointer: number } | null} */ #pull = null;

  connectedCallback() {
    if (this.hasAttribute('ready')) return;
    const tools = /** @type {HTMLTemplateElement | null} */ (this.querySelector('template[data-part="tools"]'));
    const keep = /** @type {HTMLTemplateElement | null} */ (this.querySelector('template[data-part="as-shown"]'));
    if (!tools || !keep) return;
    for (const item of this.#items) this.#equip(item, tools);
    this.querySelector('ol')?.after(keep.content.cloneNode(true));
    this.setAttribute('ready', '');
    this.#explain();
    this.#draw();
    const { signal } = this.#life;
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    this.addEventListener('pointerdown', (event) => this.#grab(event), { signal });
    this.addEventListener('pointermove', (event) => this.#drag(event), { signal });
    for (const end of ['pointerup', 'pointercancel']) this.addEventListener(end, () => this.#drop(), { signal });
    this.closest('fieldset')?.addEventListener('edu-shown', () => this.#follow(), { signal });
    this.#follow();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** @returns {HTMLElement[]} */
  get #items() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll('.ordering-item')]);
  }

  /** @param {HTMLElement} item @param {HTMLTemplateElement} tools */
  #equip(item, tools) {
    const drawn = /** @type {DocumentFragment} */ (tools.content.cloneNode(true));
    for (const button of drawn.querySelectorAll('button')) {
      button.setAttribute('aria-label', words(this, button.dataset.way === '-1' ? 'up' : 'down', { name: this.#name(item) }));
    }
    const handle = part(drawn, 'handle');
    if (handle) item.prepend(handle);
    item.append(drawn);
  }

  /** The words above speak of numbers; with script there are arrows. */
  #explain() {
    const hint = this.closest('fieldset')?.querySelector('.field-hint');
    if (hint) hint.textContent = words(this, 'hint');
  }

  /** @param {HTMLElement} item */
  #name(item) {
    return item.querySelector('.ordering-words')?.textContent?.trim() ?? '';
  }

  /** @param {HTMLElement} item */
  #input(item) {
    return /** @type {HTMLInputElement} */ (item.querySelector('input'));
  }

  get isGiven() {
    return this.#items.some((item) => this.#input(item).value !== '');
  }

  /** Brings the list into the order of its numbers. */
  #follow() {
    const places = this.#items.map((item) => Number(this.#input(item).value));
    if (places.every((place) => place > 0)) {
      const list = this.querySelector('ol');
      list?.append(...this.#items.sort((a, b) => Number(this.#input(a).value) - Number(this.#input(b).value)));
    }
    this.#draw();
  }

  #draw() {
    const items = this.#items;
    items.forEach((item, index) => {
      const [up, down] = /** @type {NodeListOf<HTMLButtonElement>} */ (item.querySelectorAll('.ordering-move'));
      // a button with the focus stays where it is, and can still be pressed: it only says that there is no way on
      up?.setAttribute('aria-disabled', String(index === 0));
      down?.setAttribute('aria-disabled', String(index === items.length - 1));
      this.#input(item).tabIndex = -1;
      if (this.#input(item).value) item.dataset.place = String(index + 1); // else its number takes no room
      else delete item.dataset.place;
    });
    const keep = part(this, 'keep');
    if (keep) keep.hidden = this.isGiven;
  }

  /** @param {Event} event */
  #clicked(event) {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const item = /** @type {HTMLElement | null} */ (button?.closest('.ordering-item') ?? null);
    if (button?.dataset.part === 'keep') {
      this.#commit();
      this.#say(words(this, 'kept'));
      /** @type {HTMLElement | null} */ (this.querySelector('.ordering-move'))?.focus();
    } else if (button && item) {
      this.#move(item, Number(button.dataset.way));
      button.focus();
    }
  }

  /** @param {HTMLElement} item @param {number} way */
  #move(item, way) {
    const other = way < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (other && way < 0) other.before(item);
    if (other && way > 0) other.after(item);
    this.#commit();
    this.#announce(item);
  }

  /** @param {HTMLElement} item */
  #announce(item) {
    const items = this.#items;
    this.#say(words(this, 'place', { name: this.#name(item), place: items.indexOf(item) + 1, count: items.length }));
  }

  /** Numbers the list, and tells the quiz. */
  #commit() {
    this.#items.forEach((item, index) => { this.#input(item).value = String(index + 1); });
    this.#draw();
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** @param {PointerEvent} event */
  #grab(event) {
    const handle = event.target instanceof Element ? event.target.closest('.ordering-handle') : null;
    const item = /** @type {HTMLElement | null} */ (handle?.closest('.ordering-item') ?? null);
    if (!item || event.button !== 0) return;
    event.preventDefault();
    this.setPointerCapture(event.pointerId);
    this.#pull = { item, pointer: event.pointerId };
    item.classList.add('is-pulled');
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (this.#pull?.pointer !== event.pointerId) return;
    const { item } = this.#pull;
    const [before, after] = [item.previousElementSibling, item.nextElementSibling];
    if (before && event.clientY < middleOf(before)) before.before(item);
    else if (after && event.clientY > middleOf(after)) after.after(item);
  }

  #drop() {
    if (!this.#pull) return;
    const { item } = this.#pull;
    this.#pull = null;
    item.classList.remove('is-pulled');
    this.#commit();
    this.#announce(item);
  }

  /** @param {string} sentence */
  #say(sentence) {
    const line = part(this, 'said');
    if (line) line.textContent = sentence;
  }
}

/** @param {Element} element */
function middleOf(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}

customElements.define('edu-ordering', EduOrdering);
