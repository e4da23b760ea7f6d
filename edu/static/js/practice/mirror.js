// The picture as filmed, mirrored, or from the other side of the table; captions and controls stay as they are.
//
// The player says which in its attribute view="mirrored | operator", which css/mirror.css turns into a turned picture, and
// fires edu-view {view}: who draws over the picture names the other side while it is mirrored.

import { choices, remember } from '../player/preferences.js';
import { part, words } from '../wording.js';
import { watchFrames } from './frame-clock.js';
import { PracticeTools } from './tools.js';

/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */
/** @typedef {'filmed' | 'mirrored' | 'operator'} View */
/** @typedef {{ start: number, end: number, isMirrored?: boolean }} Side  a step and how its teacher wants it seen first */
/** @typedef {import('../player/preferences.js').Choices & { view?: View | '' }} Remembered */

/** In the order of the key; the buttons of the panel count them from one, and AS_TAUGHT gives the choice back. @type {View[]} */
export const VIEWS = ['filmed', 'mirrored', 'operator'];
const AS_TAUGHT = 4;

/**
 * What is seen at a time: what the viewer chose, else what the teacher says of the step. Between two mirrored steps the
 * picture does not turn back and forth.
 * @param {View | '' | undefined} chosen @param {readonly Side[]} steps  by time @param {number} time  seconds
 * @returns {View}
 */
export function viewAt(chosen, steps, time) {
  if (chosen && VIEWS.includes(chosen)) return chosen;
  const before = steps.filter(({ start }) => start <= time).at(-1);
  const next = before && time < before.end ? before : steps.find(({ start }) => start > time);
  return before?.isMirrored && next?.isMirrored ? 'mirrored' : 'filmed';
}

export default class Mirror {
  #player;
  #panel;
  /** @type {readonly Side[]} */ #steps;
  /** @type {View} */ #view = 'filmed';
  #chosen = /** @type {Remembered} */ (choices()).view;
  /** @type {(() => void) | null} */ #unwatch = null;

  /** @param {EduPlayer} player @param {HTMLElement | null} panel */
  constructor(player, panel) {
    this.#player = player;
    this.#panel = panel;
    this.#steps = player.store?.chapters ?? [];
    for (const name of ['enterpictureinpicture', 'webkitbeginfullscreen']) {
      player.video?.addEventListener(name, () => { if (this.#view !== 'filmed') this.#say('bare'); });
    }
    const own = panel && part(panel, 'as-taught');
    if (own) own.hidden = !this.#steps.some(({ isMirrored }) => isMirrored);
  }

  /** @param {string} _action @param {number} value @param {boolean} resumed */
  act(_action, value, resumed) {
    if (!resumed) {
      const next = value === 0 ? VIEWS[(VIEWS.indexOf(this.#view) + 1) % VIEWS.length] : VIEWS[value - 1];
      const view = value === AS_TAUGHT ? '' : next ?? 'filmed';
      this.#chosen = view;
      remember(/** @type {Remembered} */ ({ view }));
      PracticeTools.keep('mirror', view === 'mirrored' || view === 'operator');
    }
    this.#follow();
    if (!resumed && this.#view === 'filmed') this.#say('name-filmed'); // else the badge says it
  }

  shown() {
    this.#draw();
  }

  leave() {} // the view stays when its panel is put away

  /** Turns at the very picture with which a step begins, where nobody chose and the teacher's word counts. */
  #follow() {
    this.#unwatch?.();
    const { video } = this.#player;
    const hangsOnStep = !this.#chosen && this.#steps.some(({ isMirrored }) => isMirrored);
    this.#unwatch = video && hangsOnStep ? watchFrames(video, ({ time }) => this.#turn(time)) : null;
    this.#turn(this.#player.store?.time ?? 0);
    this.#draw();
  }

  /** @param {number} time */
  #turn(time) {
    const view = viewAt(this.#chosen, this.#steps, time);
    if (view === this.#view) return;
    this.#view = view;
    if (view === 'filmed') this.#player.removeAttribute('view');
    else this.#player.setAttribute('view', view);
    this.#draw();
    this.#player.dispatchEvent(new CustomEvent('edu-view', { bubbles: true, detail: { view } }));
  }

  #draw() {
    const panel = this.#panel;
    if (!panel) return;
    for (const button of panel.querySelectorAll('button[data-value]')) {
      const value = Number(button.getAttribute('data-value'));
      const isOn = value === AS_TAUGHT ? !this.#chosen : VIEWS[value - 1] === this.#view;
      button.setAttribute('aria-pressed', String(isOn));
    }
    const badge = this.#badge();
    badge.hidden = this.#view === 'filmed';
    const [name, rest] = ['name', 'rest'].map((place) => words(panel, `${place}-${this.#view}`));
    if (badge.hidden || badge.dataset.view === this.#view) return;
    badge.dataset.view = this.#view;
    const title = document.createElement('b');
    title.textContent = name ?? '';
    badge.replaceChildren(title, `: ${rest}`);
  }

  #badge() {
    const known = part(this.#player, 'view-badge');
    if (known) return known;
    const badge = document.createElement('p');
    badge.className = 'view-badge';
    badge.dataset.part = 'view-badge';
    badge.setAttribute('role', 'status');
    part(this.#player, 'stage')?.append(badge);
    return badge;
  }

  /** @param {string} name */
  #say(name) {
    const panel = this.#panel ?? this.#player;
    this.#player.notice(words(panel, name));
  }
}
