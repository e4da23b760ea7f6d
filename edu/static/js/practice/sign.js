// The film in sign language: a window over the picture, moved and sized by hand or keys, kept in step with the film.

import { choices, remember } from '../player/preferences.js';
import { part, words } from '../wording.js';
import { InStep } from './drift.js';
import { PracticeTools } from './tools.js';

/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */
/** @typedef {{ x: number, y: number, width: number }} Place  fractions of the stage, from its upper left corner */
/** @typedef {import('../player/preferences.js').Choices & { sign?: Place }} Remembered */

/** @type {Place} */ const USUAL = { x: 0.68, y: 0.04, width: 0.3 };
const [NARROWEST, WIDEST] = [0.16, 0.7];
const STEP = 0.03;
/** @type {Record<string, Partial<Place>>} */
const KEYS = {
  ArrowLeft: { x: -STEP }, ArrowRight: { x: STEP }, ArrowUp: { y: -STEP }, ArrowDown: { y: STEP },
  '+': { width: STEP }, '=': { width: STEP }, '-': { width: -STEP },
};

/** @param {number} value @param {number} least @param {number} most */
const held = (value, least, most) => Math.min(Math.max(least, most), Math.max(least, value));

/**
 * A place within the stage. What is remembered may be anything at all.
 * @param {Partial<Place> | undefined} place @param {{ width: number, height: number }} share  of the stage that the window takes
 * @returns {Place}
 */
export function within(place, share) {
  const [x, y, width] = [place?.x, place?.y, place?.width].map(Number);
  const sure = [x, y, width].every(Number.isFinite) ? /** @type {Place} */ ({ x, y, width }) : USUAL;
  return { x: held(sure.x, 0, 1 - share.width), y: held(sure.y, 0, 1 - share.height), width: held(sure.width, NARROWEST, WIDEST) };
}

export default class Sign {
  #player;
  #panel;
  /** @type {HTMLElement | null} */ #window = null;
  /** @type {InStep | null} */ #inStep = null;
  #place = USUAL;

  /** @param {EduPlayer} player @param {HTMLElement | null} panel */
  constructor(player, panel) {
    this.#player = player;
    this.#panel = panel;
  }

  /** @param {string} _action @param {number} _value @param {boolean} resumed */
  act(_action, _value, resumed) {
    if (!this.#panel) return;
    const isOn = resumed || this.#window === null;
    if (!resumed) PracticeTools.keep('sign', isOn);
    if (isOn) this.#open();
    else this.#close();
    if (!resumed) this.#player.notice(words(this.#panel, isOn ? 'on' : 'off'));
  }

  leave() {} // the window stays when its panel is put away

  get #stage() { return /** @type {HTMLElement} */ (part(this.#player, 'stage')); }

  #open() {
    const template = /** @type {HTMLTemplateElement | null} */ (this.#panel && part(this.#panel, 'window'));
    const { video } = this.#player;
    if (this.#window || !template || !video) return;
    const made = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
    const film = /** @type {HTMLVideoElement} */ (made.querySelector('video'));
    film.muted = true; // the attribute alone does not count for one that a script made
    film.addEventListener('error', () => this.#fail(), { capture: true });
    film.addEventListener('loadedmetadata', () => this.#move({}));
    made.addEventListener('keydown', (event) => this.#pressed(event));
    made.addEventListener('click', ({ target }) => this.#clicked(/** @type {Element} */ (target)));
    made.addEventListener('pointerdown', (event) => this.#grabbed(event));
    this.#stage.append(made);
    this.#window = made;
    this.#inStep = new InStep(video, film);
    this.#place = within(/** @type {Remembered} */ (choices()).sign, { width: 0, height: 0 });
    this.#move({});
    this.#press(true);
  }

  #close() {
    const hadFocus = this.#window?.contains(document.activeElement) ?? false;
    this.#inStep?.stop();
    this.#window?.remove();
    this.#window = this.#inStep = null;
    this.#press(false);
    if (hadFocus) this.#player.focus({ preventScroll: true });
  }

  #fail() {
    this.#close();
    if (this.#panel) this.#player.notice(words(this.#panel, 'failed'));
  }

  /** @param {boolean} isOn */
  #press(isOn) {
    this.#panel?.querySelector('[data-action="sign"]')?.setAttribute('aria-pressed', String(isOn));
  }

  /** @param {Partial<Place>} by */
  #move({ x = 0, y = 0, width = 0 }) {
    const made = this.#window;
    if (!made) return;
    const before = this.#place;
    made.style.inlineSize = `${held(before.width + width, NARROWEST, WIDEST) * 100}%`;
    const [own, stage] = [made.getBoundingClientRect(), this.#stage.getBoundingClientRect()];
    const share = { width: own.width / (stage.width || 1), height: own.height / (stage.height || 1) };
    this.#place = within({ x: before.x + x, y: before.y + y, width: before.width + width }, share);
    made.style.left = `${this.#place.x * 100}%`;
    made.style.top = `${this.#place.y * 100}%`;
  }

  /** @param {Partial<Place>} by */
  #moveAndKeep(by) {
    this.#move(by);
    remember(/** @type {Remembered} */ ({ sign: this.#place }));
  }

  /** Arrows move, plus and minus size; they are the player's own keys elsewhere. @param {KeyboardEvent} event */
  #pressed(event) {
    const by = KEYS[event.key];
    if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.#moveAndKeep(by);
  }

  /** @param {Element} target */
  #clicked(target) {
    const size = Number(target.closest('[data-size]')?.getAttribute('data-size') ?? 0);
    if (size) this.#moveAndKeep({ width: size * STEP });
  }

  /** @param {PointerEvent} event */
  #grabbed(event) {
    const made = this.#window;
    const target = /** @type {Element} */ (event.target);
    if (!made || event.button !== 0 || target.closest('[data-size], [data-action]')) return;
    const { width, height } = this.#stage.getBoundingClientRect();
    let [x, y] = [event.clientX, event.clientY];
    const life = new AbortController();
    made.setPointerCapture(event.pointerId);
    made.addEventListener('pointermove', (moved) => {
      this.#move({ x: (moved.clientX - x) / width, y: (moved.clientY - y) / height });
      [x, y] = [moved.clientX, moved.clientY];
    }, { signal: life.signal });
    for (const name of ['pointerup', 'pointercancel', 'lostpointercapture']) {
      made.addEventListener(name, () => { life.abort(); this.#moveAndKeep({}); }, { signal: life.signal });
    }
  }
}
