// Picture by picture: one on or back by the true times of the pictures, with number and time shown.

import { part, words } from '../wording.js';
import { framesOf } from './frame-times.js';
import { watchFrames } from './frame-clock.js';

/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */
/** @typedef {import('./frame-times.js').FrameTimes} FrameTimes */

/** A picture that has not come after so long is not waited for. */
const PICTURE_MS = 1000;

export default class Frames {
  #player;
  #panel;
  /** @type {Promise<FrameTimes> | null} */ #times = null;
  /** @type {Promise<unknown>} steps one after the other */ #steps = Promise.resolve();
  /** @type {number | null} the picture that a step under way leads to */ #aim = null;
  /** @type {import('./frame-clock.js').Shown | null} */ #seen = null;
  /** @type {(() => void) | null} */ #settled = null;
  #isShown = false;

  /** @param {EduPlayer} player @param {HTMLElement | null} panel */
  constructor(player, panel) {
    this.#player = player;
    this.#panel = panel;
    const { video } = player;
    if (video) watchFrames(video, (shown) => void this.#saw(shown, video.seeking));
  }

  /** @param {string} action @param {number} value  pictures on, or back */
  act(action, value) {
    if (action === 'frame') this.#steps = this.#steps.then(() => this.#step(value));
    return this.#steps;
  }

  async shown() {
    this.#isShown = true;
    this.#tell(await this.#all());
  }

  leave() {
    this.#isShown = false;
  }

  /** @param {number} by */
  async #step(by) {
    const times = await this.#all();
    const { store } = this.#player;
    if (!store) return;
    store.dispatchEvent(new CustomEvent('change', { detail: 'still' })); // else a film that waits for a description goes on
    if (store.playing || (!this.#seen && this.#aim === null)) await this.#settle(store);
    const from = this.#number(times);
    const to = Math.min(times.count - 1, Math.max(0, from + by));
    // some browsers play a list of pieces a little out of its time: what they say of the pictures is out by as much
    const out = this.#seen?.exact ? this.#seen.time - times.start(times.nearest(this.#seen.time)) : 0;
    this.#aim = to;
    store.seek(times.middle(to) + out);
    this.#player.notice(this.#sentence(times, to));
    this.#tell(times);
  }

  /** Stops, and waits until it is known which picture is on. @param {import('../player/player-store.js').PlayerStore} store */
  async #settle(store) {
    store.pause();
    this.#aim = null;
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, PICTURE_MS);
      this.#settled = () => resolve(clearTimeout(timer));
      store.seek(store.time);
    });
  }

  /** @param {import('./frame-clock.js').Shown} shown @param {boolean} isSeeking  more is to come */
  async #saw(shown, isSeeking) {
    this.#seen = shown;
    if (isSeeking) return;
    this.#aim = null;
    this.#settled?.();
    if (this.#isShown) this.#tell(await this.#all());
  }

  /** The picture that is on, or comes. @param {FrameTimes} times */
  #number(times) {
    if (this.#aim !== null) return this.#aim;
    if (this.#seen?.exact) return Math.min(times.count - 1, times.nearest(this.#seen.time));
    return times.at(this.#seen?.time ?? this.#player.store?.time ?? 0);
  }

  /** @returns {Promise<FrameTimes>} */
  #all() {
    this.#times ??= framesOf(this.#player);
    return this.#times;
  }

  /** @param {FrameTimes} times @param {number} number */
  #sentence(times, number) {
    const sentence = words(this.#panel ?? this.#player, 'at', { number: number + 1, time: clock(times.start(number)) });
    return times.isExact ? sentence : `${sentence} ${words(this.#panel ?? this.#player, 'no-times')}`;
  }

  /** @param {FrameTimes} times */
  #tell(times) {
    const shown = this.#panel && part(this.#panel, 'frame');
    if (shown) shown.textContent = this.#sentence(times, this.#number(times));
  }
}

/** 72.4 -> '1:12.400', in Spanish '1:12,400': a picture has a time of its own. @param {number} seconds */
export function clock(seconds) {
  const ms = Math.round(seconds * 1000);
  const digits = { minimumIntegerDigits: 2, minimumFractionDigits: 3 };
  const tail = ((ms % 60_000) / 1000).toLocaleString(globalThis.document?.documentElement?.lang || 'en', digits);
  return `${Math.floor(ms / 60_000)}:${tail}`;
}
