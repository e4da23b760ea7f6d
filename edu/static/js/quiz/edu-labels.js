// <edu-labels>: labels are picked and put on places of a picture, by pulling, by tapping, or by keys; the lists below follow.

import { part, words } from '../wording.js';

const FAR_PX = 6;

export class EduLabels extends HTMLElement {
  #life = new AbortController();
  /** @type {string | null} */ #picked = null;
  /** @type {{ chip: HTMLElement, pointer: number, x: number, y: number, isFar: boolean } | null} */ #pull = null;

  connectedCallback() {
    const stage = part(this, 'stage');
    const places = /** @type {HTMLTemplateElement | null} */ (this.querySelector('template[data-part="places"]'));
    const bank = /** @type {HTMLTemplateElement | null} */ (this.querySelector('template[data-part="bank"]'));
    if (!stage || !places || !bank || this.hasAttribute('ready')) return;
    this.setAttribute('ready', '');
    stage.append(places.content.cloneNode(true));
    bank.after(bank.content.cloneNode(true));
    for (const place of this.#places) {
      place.style.left = `${place.dataset.x}%`;
      place.style.top = `${place.dataset.y}%`;
    }
    const { signal } = this.#life;
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    this.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    this.addEventListener('change', () => this.#draw(), { signal });
    this.addEventListener('pointerdown', (event) => this.#grab(event), { signal });
    this.addEventListener('pointermove', (event) => this.#drag(event), { signal });
    for (const end of ['pointerup', 'pointercancel']) {
      this.addEventListener(end, (event) => this.#drop(/** @type {PointerEvent} */ (event)), { signal });
    }
    this.closest('fieldset')?.addEventListener('edu-shown', () => this.#draw(), { signal });
    this.#draw();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** @returns {HTMLElement[]} */
  get #places() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll('.label-place')]);
  }

  /** @returns {HTMLElement[]} */
  get #chips() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll('.label-chip')]);
  }

  /** @param {HTMLElement} place */
  #list(place) {
    return /** @type {HTMLSelectElement} */ (this.querySelectorAll('.pair select')[Number(place.dataset.place) - 1]);
  }

  /** @param {Event} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    const chip = /** @type {HTMLElement | null} */ (target.closest('.label-chip'));
    const place = /** @type {HTMLElement | null} */ (target.closest('.label-place'));
    if (chip) this.#pick(chip.dataset.id === this.#picked ? null : chip);
    if (place) this.#put(place);
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const place = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('.label-place')) : null;
    if (event.key === 'Escape' && this.#picked !== null) this.#pick(null);
    else if (place && (event.key === 'Delete' || event.key === 'Backspace')) this.#set(place, '');
    else return;
    event.preventDefault();
  }

  /** @param {HTMLElement | null} chip */
  #pick(chip) {
    this.#picked = chip?.dataset.id ?? null;
    this.#draw();
    this.#say(chip ? words(this, 'picked', { label: textOf(chip) }) : words(this, 'dropped'));
  }

  /** What is picked goes to the place; with nothing picked the place is emptied. @param {HTMLElement} place */
  #put(place) {
    const chip = this.#chips.find(({ dataset }) => dataset.id === this.#picked);
    this.#picked = null;
    this.#set(place, chip?.dataset.id ?? '', chip);
  }

  /** @param {HTMLElement} place @param {string} value @param {HTMLElement} [chip] */
  #set(place, value, chip) {
    const list = this.#list(place);
    if (value === '' && list.value === '') {
      this.#draw();
      this.#say(words(this, 'dropped'));
      return;
    }
    list.value = value;
    list.dispatchEvent(new Event('change', { bubbles: true }));
    const number = place.dataset.place ?? '';
    this.#say(chip ? words(this, 'put', { label: textOf(chip), place: number }) : words(this, 'taken', { place: number }));
  }

  #draw() {
    const given = new Set();
    for (const place of this.#places) {
      const list = this.#list(place);
      const label = list.value === '' ? '' : list.selectedOptions[0]?.textContent ?? '';
      if (list.value !== '') given.add(list.value);
      const shown = part(place, 'label');
      if (shown) shown.textContent = label;
      place.toggleAttribute('data-full', label !== '');
      const { place: number = '', name = '' } = place.dataset;
      place.setAttribute('aria-label', words(this, 'place', { place: number, name, label: label || words(this, 'empty') }));
    }
    for (const chip of this.#chips) {
      chip.setAttribute('aria-pressed', String(chip.dataset.id === this.#picked));
      chip.toggleAttribute('data-used', given.has(chip.dataset.id));
    }
    this.toggleAttribute('picking', this.#picked !== null);
  }

  /** @param {PointerEvent} event */
  #grab(event) {
    const chip = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('.label-chip')) : null;
    if (!chip || event.button !== 0) return;
    this.#pull = { chip, pointer: event.pointerId, x: event.clientX, y: event.clientY, isFar: false };
    chip.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    const pull = this.#pull;
    if (pull?.pointer !== event.pointerId) return;
    const [x, y] = [event.clientX - pull.x, event.clientY - pull.y];
    pull.isFar ||= Math.hypot(x, y) > FAR_PX;
    if (!pull.isFar) return;
    pull.chip.style.translate = `${x}px ${y}px`;
    pull.chip.classList.add('is-pulled');
  }

  /** @param {PointerEvent} event */
  #drop(event) {
    const pull = this.#pull;
    if (pull?.pointer !== event.pointerId) return;
    this.#pull = null;
    pull.chip.style.translate = '';
    pull.chip.classList.remove('is-pulled');
    if (!pull.isFar) return; // a tap, of which the click tells
    pull.chip.addEventListener('click', (click) => click.stopPropagation(), { once: true, capture: true });
    setTimeout(() => pull.chip.dispatchEvent(new Event('click')), 0);
    const under = this.#places.find((place) => isOver(place, event.clientX, event.clientY));
    if (under && event.type === 'pointerup') {
      this.#picked = pull.chip.dataset.id ?? null;
      this.#put(under);
    }
  }

  /** @param {string} sentence */
  #say(sentence) {
    const line = part(this, 'said');
    if (line) line.textContent = sentence;
  }
}

/** @param {Element} element */
function textOf(element) {
  return element.textContent?.trim() ?? '';
}

/** @param {Element} element @param {number} x @param {number} y */
function isOver(element, x, y) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return x >= left - 8 && x <= right + 8 && y >= top - 8 && y <= bottom + 8;
}

customElements.define('edu-labels', EduLabels);
