// Picture by picture: one on or back by the true times of the pictures, with number and time shown.

import { part, words } from '../wording.js';
import { framesOf } from './frame-times.js';
import { watchFrames } from './frame-clock.js';

/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */

export default class Frames {
  #player;
  #panel;
  /** @type {Promise<import('./frame-times.js').FrameTimes> | null} */ #times = null;
  /** @type {number | null} the picture that a step under way leads to */ #aim = null;
  /** @type {(() => void) | null} */ #unwatch = null;

  /** @param {EduPlayer} player @param {HTMLElement | null} panel */
  constructor(player, panel) {
    this.#player = player;
    this.#panel = panel;
    player.video?.addEventListener('seeked', () => { this.#aim = null; });
  }

  /** @param {string} action @param {number} value  pictures on, or back */
  async act(action, value) {
    if (action !== 'frame' || !this.#player.store) return;
    const times = await this.#all();
    const { store } = this.#player;
    store.pause();
    const from = this.#aim ?? times.at(store.time);
    const to = Math.min(times.count - 1, Math.max(0, from + value));
    this.#aim = to;
    store.seek(times.middle(to));
    this.#player.notice(this.#sentence(times, to));
    this.#tell(times, to);
  }

  async shown() {
    const times = await this.#all();
    const { video, store } = this.#player;
    if (!video || !store || this.#unwatch) return;
    this.#tell(times, times.at(store.time));
    this.#unwatch = watchFrames(video, ({ time }) => this.#tell(times, this.#aim ?? times.at(time)));
  }

  leave() {
    this.#unwatch?.();
    this.#unwatch = null;
  }

  #all() {
    this.#times ??= framesOf(this.#player);
    return this.#times;
  }

  /** @param {import('./frame-times.js').FrameTimes} times @param {number} number */
  #sentence(times, number) {
    const sentence = words(this.#panel ?? this.#player, 'at', { number: number + 1, time: clock(times.start(number)) });
    return times.isExact ? sentence : `${sentence} ${words(this.#panel ?? this.#player, 'no-times')}`;
  }

  /** @param {import('./frame-times.js').FrameTimes} times @param {number} number */
  #tell(times, number) {
    const shown = this.#panel && part(this.#panel, 'frame');
    if (shown) shown.textContent = this.#sentence(times, number);
  }
}

/** 72.4 -> '1:12.400': a picture has a time of its own. @param {number} seconds */
export function clock(seconds) {
  const ms = Math.round(seconds * 1000);
  const tail = `${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}.${String(ms % 1000).padStart(3, '0')}`;
  return `${Math.floor(ms / 60_000)}:${tail}`;
}
