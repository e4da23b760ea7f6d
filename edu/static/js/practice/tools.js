// The tools of practice under the player: which there are, and how each comes when it is asked for.

import { choices, remember } from '../player/preferences.js';
import { fetchSheet } from '../player/sheets.js';
import { part } from '../wording.js';

/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */

/**
 * A tool. It draws itself in its panel, which the page brings as a template.
 * @typedef {object} Tool
 * @property {(action: string, value: number, resumed: boolean) => unknown} act  one of its actions was asked for
 * @property {() => unknown} leave  its panel was put away, or a tool came that cannot be on beside it
 * @property {(() => unknown)} [shown]  its panel was opened
 */

/** @typedef {new (player: EduPlayer, panel: HTMLElement | null) => Tool} Maker */

/** @type {Record<string, () => Promise<{ default: Maker }>>} */
const ROOMS = {
  frames: () => import('./frames.js'),
  drill: () => import('./drill.js'),
  describe: () => import('./describe.js'),
  mirror: () => import('./mirror.js'),
  notes: () => import('./notes.js'),
  layers: () => import('./layers.js'),
  sign: () => import('./sign.js'),
  steps: () => import('./steps.js'),
};

/** The style sheets of those that have one. @type {Record<string, string>} */
const SHEETS = {
  drill: 'steering.css', steps: 'steering.css', mirror: 'mirror.css', notes: 'notes.css', layers: 'layers.css', sign: 'layers.css',
};

/** Actions and the tools that know them; a tool knows its own name. @type {Record<string, string>} */
const ACTIONS = { frame: 'frames', note: 'notes', bookmark: 'notes', 'layer-names': 'layers', 'drill-from': 'drill', 'drill-to': 'drill' };

/** Only one of these steers the film at a time. */
const STEERING = ['drill', 'steps'];

export class PracticeTools {
  #player;
  /** @type {Map<string, Promise<Tool>>} */ #made = new Map();
  #open = '';

  /** @param {EduPlayer} player */
  constructor(player) {
    this.#player = player;
    this.#drawer?.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('[data-panel]') : null;
      if (button) void this.open(button.getAttribute('data-panel') ?? '');
    });
  }

  get #drawer() {
    return part(this.#player, 'tools');
  }

  /** @param {string} action @param {number} value @param {boolean} resumed */
  async act(action, value, resumed) {
    if (action === 'practise') return this.toggle();
    const name = ACTIONS[action] ?? action;
    if (!(name in ROOMS)) return undefined;
    await this.#letGo(name);
    return (await this.#tool(name)).act(action, value, resumed);
  }

  /** Shows the drawer or puts it away. @param {boolean} [open] */
  toggle(open) {
    const drawer = this.#drawer;
    if (!drawer) return;
    drawer.hidden = !(open ?? drawer.hidden);
    const button = this.#player.querySelector('.player-button[data-action="practise"]');
    button?.setAttribute('aria-expanded', String(!drawer.hidden));
    if (!drawer.hidden) /** @type {HTMLElement | null} */ (drawer.querySelector('button, a'))?.focus();
    else if (drawer.contains(document.activeElement)) /** @type {HTMLElement} */ (button)?.focus();
  }

  /** Opens the panel of a tool, and closes that of another; the one that is open is closed. @param {string} name */
  async open(name) {
    const before = this.#open;
    this.#open = name === before ? '' : name;
    const turned = [before, this.#open].filter((other) => other !== '');
    for (const one of turned) this.#unfold(one, one === this.#open); // all at once: what is asked for may take the focus
    for (const one of turned) {
      const tool = await this.#tool(one);
      if (one === this.#open) await tool.shown?.();
      else await tool.leave();
    }
    this.#comeIntoView(this.#open); // what it shows may have come only now
  }

  /** The reader goes on in what has opened, for other tools stand between it and its button. @param {string} name @param {boolean} isShown */
  #unfold(name, isShown) {
    const [panel, button] = [this.#panel(name), this.#drawer?.querySelector(`[data-panel="${name}"]`)];
    button?.setAttribute('aria-expanded', String(isShown));
    if (!panel) return;
    panel.hidden = !isShown;
    if (!isShown) return;
    panel.tabIndex = -1;
    panel.setAttribute('role', 'region');
    panel.setAttribute('aria-label', button?.textContent ?? name);
    panel.focus({ preventScroll: true });
    button?.scrollIntoView({ block: 'nearest' });
    this.#comeIntoView(name);
  }

  /** Smoothly or at once, as the style sheet says for this reader. @param {string} name */
  #comeIntoView(name) {
    this.#panel(name)?.scrollIntoView({ block: 'nearest' });
  }

  /** Whether a tool is to be on the next time, too. @param {string} name @param {boolean} on */
  static keep(name, on) {
    const others = (choices().tools ?? []).filter((one) => one !== name);
    remember({ tools: on ? [...others, name] : others });
  }

  /** @param {string} name */
  async #letGo(name) {
    if (!STEERING.includes(name)) return;
    for (const other of STEERING) if (other !== name && this.#made.has(other)) await (await this.#tool(other)).leave();
  }

  /** @param {string} name */
  #tool(name) {
    const known = this.#made.get(name);
    if (known) return known;
    const room = /** @type {() => Promise<{ default: Maker }>} */ (ROOMS[name]);
    const dressed = SHEETS[name] ? fetchSheet(SHEETS[name]) : null;
    const made = room().then(async ({ default: Room }) => {
      await dressed;
      return new Room(this.#player, this.#panel(name));
    });
    this.#made.set(name, made);
    made.catch(() => this.#made.delete(name));
    return made;
  }

  /** @param {string} name @returns {HTMLElement | null} */
  #panel(name) {
    return this.#drawer?.querySelector(`.practice-panel[data-tool="${name}"]`) ?? null;
  }
}
