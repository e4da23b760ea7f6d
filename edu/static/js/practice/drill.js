// Drill: one step, or a stretch from here to there, over and over; slowly, so many times, with a rest between.

import { choices, remember } from '../player/preferences.js';
import { part, words } from '../wording.js';
import { DrillRun } from './drill-run.js';
import { Strip } from './drill-strip.js';
import { framesOf } from './frame-times.js';
import { clock } from './frames.js';

/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */
/** @typedef {import('../player/preferences.js').Choices & { drill?: Record<string, string> }} Remembered */

/** Choices of the panel that are remembered. */
const KEPT = ['speed', 'goal', 'pause'];

export default class Drill {
  #player;
  #panel;
  #store;
  /** @type {Promise<Strip> | null} */ #made = null;
  /** @type {DrillRun | null} */ #run = null;
  /** Whether its panel is open: that it is put away ends nothing. */ #isShown = false;
  /** Whether a person has said where the stretch begins. */ #hasStart = false;

  /** @param {EduPlayer} player @param {HTMLElement | null} panel */
  constructor(player, panel) {
    this.#player = player;
    this.#panel = /** @type {HTMLElement} */ (panel);
    this.#store = /** @type {import('../player/player-store.js').PlayerStore} */ (player.store);
    const kept = /** @type {Remembered} */ (choices()).drill ?? {};
    for (const name of KEPT) {
      const list = this.#list(name);
      if ([...list.options].some(({ value }) => value === kept[name])) list.value = kept[name] ?? '';
      list.addEventListener('change', () => void this.#wished());
    }
    this.#list('what').addEventListener('change', () => void this.#chosen());
    panel?.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.#run) return;
      event.preventDefault();
      this.#run.end('left');
    });
  }

  /**
   * @param {string} action  drill, drill-from, drill-to
   * @param {number} value   of drill: 1 = what the panel says, else the present step
   * @param {boolean} resumed
   */
  async act(action, value, resumed) {
    if (resumed) return;
    const strip = await this.#strip();
    if (action === 'drill-from' || action === 'drill-to') this.#set(strip, action === 'drill-from' ? 'from' : 'to');
    else if (this.#run) this.#run.end('left');
    else if (this.#take(strip, value === 1 ? this.#list('what').value : '')) this.#begin(strip);
  }

  async shown() {
    this.#isShown = true;
    const strip = await this.#strip();
    if (!this.#run) this.#take(strip, this.#list('what').value, true);
  }

  leave() {
    const isPutAway = this.#isShown && this.#panel.hidden;
    this.#isShown = false;
    if (!isPutAway) this.#run?.end('left');
  }

  #strip() {
    this.#made ??= framesOf(this.#player).then((times) => new Strip(this.#panel, times, (which) => void this.#moved(which)));
    return this.#made;
  }

  /**
   * Makes a step the stretch; false, with a sentence, when there is none.
   * @param {Strip} strip @param {string} what  a step, 'own', or '' for the present step @param {boolean} [quietly]
   */
  #take(strip, what, quietly = false) {
    const step = what ? this.#store.chapters.find(({ id }) => id === what) : this.#store.chapter;
    if (step) strip.ends.set(step.start, step.end);
    else if (what !== 'own' && !quietly) this.#player.notice(words(this.#panel, 'no-step'));
    this.#draw(strip);
    return step !== undefined && step !== null || what === 'own';
  }

  /** @param {Strip} strip */
  #begin(strip) {
    const rate = Number(this.#list('speed').value);
    part(this.#player, 'stage')?.scrollIntoView({ block: 'nearest' }); // on a phone the panel has pushed it away
    this.#run = new DrillRun(this.#player, this.#panel, { plan: this.#plan(strip), rate }, (why) => {
      this.#run = null;
      this.#hasStart = false;
      this.#player.notice(words(this.#panel, why, { goal: this.#list('goal').value }));
      this.#draw(strip);
    });
    this.#draw(strip);
  }

  /** @param {Strip} strip */
  #plan(strip) {
    return { ...strip.ends.plan(), goal: Number(this.#list('goal').value), rest: Number(this.#list('pause').value) * 1000 };
  }

  /** From here, or to here: the picture that is on belongs to the stretch. @param {Strip} strip @param {'from' | 'to'} which */
  #set(strip, which) {
    const { time, duration, chapter } = this.#store;
    const { start, end } = strip.ends;
    const here = strip.ends.around(time);
    const isMeant = this.#run !== null || this.#list('what').value === 'own';
    if (which === 'from') strip.ends.set(here.start, isMeant && end > here.end ? end : (chapter?.end ?? duration));
    else strip.ends.set(isMeant && start < here.start ? start : (chapter?.start ?? 0), here.end);
    this.#list('what').value = 'own';
    const isComplete = which === 'to' && this.#hasStart;
    this.#hasStart = which === 'from';
    if (this.#run) return this.#rerun(strip, strip.ends.seen(which));
    this.#player.notice(words(this.#panel, which, { time: clock(which === 'from' ? strip.ends.start : strip.ends.end) }));
    this.#draw(strip);
    return isComplete ? this.#begin(strip) : undefined;
  }

  /** A handle was moved: the film shows the picture there. @param {'from' | 'to'} which */
  async #moved(which) {
    const strip = await this.#strip();
    this.#list('what').value = 'own';
    if (this.#run) this.#rerun(strip, strip.ends.seen(which));
    else {
      this.#store.seek(strip.ends.seen(which));
      this.#draw(strip);
    }
  }

  async #chosen() {
    const strip = await this.#strip();
    if (this.#take(strip, this.#list('what').value) && this.#run) this.#rerun(strip, strip.ends.seen('from'));
  }

  async #wished() {
    remember(/** @type {Remembered} */ ({ drill: Object.fromEntries(KEPT.map((name) => [name, this.#list(name).value])) }));
    if (!this.#run) return;
    this.#store.setRate(Number(this.#list('speed').value));
    this.#run.change(this.#plan(await this.#strip()));
  }

  /** @param {Strip} strip @param {number} time */
  #rerun(strip, time) {
    this.#run?.change(this.#plan(strip), time);
    this.#draw(strip);
  }

  /** @param {Strip} strip */
  #draw(strip) {
    const isOn = this.#run !== null;
    const area = /** @type {HTMLElement} */ (part(this.#player, 'seek-area'));
    if (isOn && !area.querySelector('.drill-band')) area.append(Object.assign(document.createElement('i'), { className: 'drill-band' }));
    if (!isOn) area.querySelector('.drill-band')?.remove();
    strip.draw(this.#player);
    for (const button of this.#panel.querySelectorAll('[data-action="drill"]')) button.setAttribute('aria-pressed', String(isOn));
    const { start, end } = strip.ends;
    const shown = part(this.#panel, 'stretch');
    if (shown) shown.textContent = words(this.#panel, 'stretch', { from: clock(start), to: clock(end) });
  }

  /** @param {string} name */
  #list(name) {
    return /** @type {HTMLSelectElement} */ (part(this.#panel, name));
  }
}
