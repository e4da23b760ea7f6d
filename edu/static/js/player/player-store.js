// The one place that touches the media element. Everything else asks it and listens to its `change` event.

import { chapterAt, neighbour } from './media-time.js';

/** @typedef {import('./media-time.js').Chapter} Chapter */

export const RATES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
const MEDIA_EVENTS = [
  'play', 'pause', 'playing', 'waiting', 'seeking', 'seeked', 'timeupdate', 'durationchange', 'loadedmetadata',
  'ratechange', 'volumechange', 'ended',
];
/** timeupdate comes every 250 ms at most; nearer to the end of a range a timer takes over. */
const NEAR_MS = 400;
/** A browser that seeks only once it plays is not waited for any longer than this. */
const SEEK_MS = 2000;

export class PlayerStore extends EventTarget {
  /** @type {HTMLMediaElement} */ #media;
  /** @type {{ start: number, end: number } | null} */ #range = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {(() => unknown) | null} */ #prepare = null;
  #isWanted = false;
  #length;
  waiting = false;
  /** The speed is that of a drill, not one to be remembered. */ isDrilled = false;

  /**
   * @param {HTMLMediaElement} media
   * @param {readonly Chapter[]} chapters
   * @param {number} duration  seconds, as the server knows it; used until the media says
   */
  constructor(media, chapters, duration) {
    super();
    this.#media = media;
    this.#length = duration;
    this.chapters = chapters;
    for (const name of MEDIA_EVENTS) media.addEventListener(name, () => this.#heard(name));
  }

  get time() { return this.#media.currentTime; }
  get duration() { return Number.isFinite(this.#media.duration) ? this.#media.duration : this.#length; }
  get playing() { return !this.#media.paused && !this.#media.ended; }
  get rate() { return this.#media.playbackRate; }
  get volume() { return this.#media.volume; }
  get muted() { return this.#media.muted || this.#media.volume === 0; }
  get chapter() { return chapterAt(this.chapters, this.time); }
  get range() { return this.#range; }
  get tracks() { return [...this.#media.textTracks]; }

  /** Work to be done before the first play (a source to be attached). @param {() => unknown} work */
  beforePlay(work) {
    this.#prepare = work;
  }

  /** Resolves false when the browser refuses (no gesture, no source). */
  async play() {
    const work = this.#prepare;
    this.#prepare = null;
    try {
      await work?.();
      if (this.#range === null && this.#media.ended) this.#media.currentTime = 0;
      this.#isWanted = true;
      await this.#sought();
      if (this.#isWanted) await this.#media.play();
      return this.#isWanted;
    } catch {
      return false;
    }
  }

  /** Chromium's own HLS stays in a seek for ever when it is told to play in the midst of it. */
  async #sought() {
    if (!this.#media.seeking) return;
    await new Promise((resolve) => {
      this.#media.addEventListener('seeked', resolve, { once: true });
      setTimeout(resolve, SEEK_MS);
    });
  }

  pause() {
    this.#isWanted = false;
    this.#media.pause();
  }

  toggle() {
    if (this.playing) this.pause();
    else void this.play();
  }

  /** A seek by the viewer ends a range: who goes elsewhere is not stopped there. @param {number} time seconds */
  seek(time) {
    this.#endRange('left');
    this.#media.currentTime = Math.min(Math.max(0, time), this.duration);
  }

  /**
   * Arms [start, end]: playing stops at its end. Does not start by itself.
   * @param {number} start seconds
   * @param {number} end seconds
   */
  setRange(start, end) {
    this.#endRange('replaced');
    this.#media.currentTime = start;
    this.#range = { start, end: Math.min(end, this.duration) };
  }

  /** @param {number} start seconds @param {number} end seconds */
  playRange(start, end) {
    this.setRange(start, end);
    return this.play();
  }

  /** @param {1 | -1} direction */
  step(direction) {
    const target = neighbour(this.chapters, this.time, direction);
    if (target) this.seek(target.start);
    return target;
  }

  /** @param {number} rate */
  setRate(rate) {
    this.#media.defaultPlaybackRate = rate;
    this.#media.playbackRate = rate;
  }

  /** The next slower or faster of the offered speeds. @param {1 | -1} direction */
  stepRate(direction) {
    const ordered = direction === 1 ? RATES : [...RATES].reverse();
    const next = ordered.find((rate) => (rate - this.rate) * direction > 0.001);
    if (next) this.setRate(next);
  }

  /** @param {number} volume 0 to 1 */
  setVolume(volume) {
    this.#media.volume = Math.min(1, Math.max(0, Math.round(volume * 100) / 100));
    this.#media.muted = false;
  }

  /** Louder or quieter; louder after silence is as loud as before it. @param {number} by */
  turn(by) {
    if (!this.#media.muted) this.setVolume(this.volume + by);
    else if (by > 0) this.setMuted(false);
  }

  /** @param {boolean} muted */
  setMuted(muted) {
    this.#media.muted = muted;
    if (!muted && this.#media.volume === 0) this.#media.volume = 0.5;
  }

  /** @param {string} name */
  #heard(name) {
    if (name === 'waiting') this.waiting = true;
    if (name === 'playing' || name === 'seeked' || name === 'pause') this.waiting = false;
    this.#watchRange();
    this.dispatchEvent(new CustomEvent('change', { detail: name }));
  }

  #watchRange() {
    clearTimeout(this.#timer);
    if (!this.#range || !this.playing || this.#media.seeking) return;
    const leftMs = ((this.#range.end - this.time) / this.rate) * 1000;
    if (leftMs <= 5) this.#finishRange(this.#range.end);
    else if (leftMs < NEAR_MS) this.#timer = setTimeout(() => this.#watchRange(), Math.max(4, leftMs - 4));
  }

  /** Stops on the last picture of the range, not on the first of what follows. @param {number} end */
  #finishRange(end) {
    this.#media.pause();
    if (this.time >= end) this.#media.currentTime = Math.max(0, end - 0.001);
    this.#endRange('end');
  }

  /** @param {'end' | 'left' | 'replaced'} why */
  #endRange(why) {
    const range = this.#range;
    if (!range) return;
    clearTimeout(this.#timer);
    this.#range = null;
    this.dispatchEvent(new CustomEvent('range', { detail: { ...range, why } }));
  }
}
