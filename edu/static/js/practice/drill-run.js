// A drill under way: plays a stretch of the film over and over, with the round written over the picture.

import { part, words } from '../wording.js';
import { watchFrames } from './frame-clock.js';
import { Loop } from './loop.js';

/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */
/** @typedef {import('./loop.js').Plan} Plan */
/** @typedef {'left' | 'done'} Why */

/** Pictures that are told are better than the clock of the element, unless none came for this long (a tab behind others). */
const SILENT_MS = 500;
/** A line that comes with its words is not read out; one that is there a little before them is. */
const HEARD_MS = 100;
/** A time just within the first picture. Seconds. */
const INSIDE = 0.001;

export class DrillRun {
  #video;
  #store;
  #panel;
  #over;
  #ended;
  #plan;
  #loop;
  #life = new AbortController();
  #rateBefore;
  #toldAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #look;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #count;

  /**
   * Begins at once.
   * @param {EduPlayer} player
   * @param {HTMLElement} panel  of the drill: its words, and what is written over the picture
   * @param {{ plan: Plan, rate: number }} wishes
   * @param {(why: Why) => void} ended
   */
  constructor(player, panel, { plan, rate }, ended) {
    this.#video = /** @type {HTMLVideoElement} */ (player.video);
    this.#store = /** @type {import('../player/player-store.js').PlayerStore} */ (player.store);
    this.#panel = panel;
    this.#ended = ended;
    this.#plan = plan;
    this.#loop = new Loop(plan);
    this.#over = this.#lay(player);
    this.#rateBefore = this.#store.rate;
    this.#store.isDrilled = true;
    this.#store.setRate(rate);
    const stop = watchFrames(this.#video, (shown) => {
      if (shown.exact) this.#toldAt = performance.now();
      this.#feed(shown);
    });
    const { signal } = this.#life;
    signal.addEventListener('abort', stop);
    this.#store.addEventListener('change', (event) => this.#heard(/** @type {CustomEvent<string>} */ (event).detail), { signal });
    this.#back();
    this.#count = setTimeout(() => this.#draw(), HEARD_MS);
  }

  /** Another goal or rest; with another stretch the rounds are counted anew. @param {Plan} plan @param {number} [time]  to go to */
  change(plan, time) {
    this.#plan = plan;
    if (time === undefined) this.#loop.plan = plan;
    else {
      clearTimeout(this.#look);
      clearTimeout(this.#count);
      this.#loop = new Loop(plan);
      this.#store.seek(time);
    }
    this.#draw();
  }

  /** @param {Why} why */
  end(why) {
    if (this.#life.signal.aborted) return;
    this.#life.abort();
    clearTimeout(this.#look);
    clearTimeout(this.#count);
    this.#over.remove();
    this.#store.isDrilled = false;
    this.#store.setRate(this.#rateBefore);
    this.#ended(why);
  }

  /** @param {EduPlayer} player @returns {HTMLElement} */
  #lay(player) {
    const template = /** @type {HTMLTemplateElement} */ (part(this.#panel, 'overlay'));
    const over = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
    part(player, 'stage')?.append(over);
    return over;
  }

  /** @param {string} what  the media event that the store heard */
  #heard(what) {
    const now = performance.now();
    if (what === 'seeking' && !this.#isWithin()) this.end('left');
    else if (what === 'seeked') this.#loop.landed(now);
    else if (what === 'timeupdate' && now - this.#toldAt > SILENT_MS) this.#tellClock();
    else if (what === 'ended') this.#obey(this.#loop.reached(now));
    else if (what === 'play' && this.#loop.wake(now)) this.#go();
    else if (what === 'pause') clearTimeout(this.#look);
  }

  /** A range that was armed is somebody else's wish, a link to a step say. */
  #isWithin() {
    const { start, end, room } = this.#plan;
    const { time, range } = this.#store;
    return range === null && time >= start - 2 * room && time <= end + 2 * room;
  }

  #tellClock() {
    this.#feed({ time: this.#store.time, exact: false, late: 0 });
  }

  /** @param {import('./frame-clock.js').Shown} shown */
  #feed(shown) {
    if (this.#store.playing) this.#obey(this.#loop.seen({ ...shown, now: performance.now(), rate: this.#store.rate }));
  }

  /** @param {import('./loop.js').Order} order */
  #obey(order) {
    clearTimeout(this.#look);
    if (order.kind === 'look') this.#look = setTimeout(() => this.#tellClock(), order.ms);
    if (order.kind === 'jump') this.#back();
    if (order.kind === 'rest') this.#rest();
    if (order.kind === 'done') {
      this.#store.pause();
      this.#store.seek(this.#plan.last + this.#plan.room);
      this.end('done');
    } else if (order.kind !== 'look' && order.kind !== 'nothing') this.#draw();
  }

  #back() {
    this.#store.seek(this.#plan.start + INSIDE);
    if (!this.#store.playing) void this.#store.play(); // at the end of the film it has stopped by itself
  }

  /** The first picture of the stretch is what one looks at while one rests. */
  #rest() {
    this.#store.pause();
    this.#store.seek(this.#plan.start + INSIDE);
    const tick = () => {
      const left = this.#loop.restLeft(performance.now());
      this.#draw();
      if (left > 0) this.#count = setTimeout(tick, left % 1000 || 1000);
      else if (this.#loop.wake(performance.now())) this.#go();
    };
    tick();
  }

  #go() {
    clearTimeout(this.#count);
    if (!this.#store.playing) void this.#store.play();
    this.#draw();
  }

  #draw() {
    const { round, isResting } = this.#loop;
    const seconds = Math.ceil(this.#loop.restLeft(performance.now()) / 1000);
    const sentence = words(this.#panel, this.#plan.goal > 0 ? 'round-of' : 'round', { round, goal: this.#plan.goal });
    this.#write('round', isResting ? words(this.#panel, 'rest') : sentence);
    this.#write('rest', isResting ? String(seconds) : '');
  }

  /** Only what is new, for it is read out. @param {string} name @param {string} text */
  #write(name, text) {
    const place = part(this.#over, name);
    if (place && place.textContent !== text) place.textContent = text;
  }
}
