// Two media in step: one leads, the other follows at an offset, nudged by its speed or set anew when it is far off.

/**
 * What both sides need of an HTMLMediaElement.
 * @typedef {EventTarget & {
 *   currentTime: number, playbackRate: number, readonly paused: boolean, readonly ended: boolean,
 *   readonly seeking: boolean, readonly duration: number, play(): Promise<void>, pause(): void,
 * }} Media
 */

/** So much faster or slower, as a part of the speed: nobody hears or sees it. */
export const NUDGE = 0.08;
const SMALL_NUDGE = NUDGE / 2;
/** Nearer than this (seconds, a picture of 25 in a second) the small one does. */
const SOME = 0.04;
/** Further off than this (seconds) it is set anew: by nudges it would take more than three seconds. */
export const FAR = 0.25;
/** From this on (seconds) it is nudged, */
export const WORTH = 0.012;
/** until it is so near: each change of speed costs the browser something, and few are better than many. */
export const NEAR = 0.004;
/** Standing still they are on the same picture: nearer than this (seconds). */
const STILL = 0.001;
const EVERY_MS = 100;
const LONGEST_LAG = 0.5;

/**
 * What brings a medium back in step while both play.
 * @param {number} ahead      seconds that it is ahead of its place; negative: behind
 * @param {number} rate       the common speed
 * @param {boolean} isNudged  whether it is being nudged already
 * @returns {{ rate: number, isNudged: boolean, isFar: boolean }}  the speed to play at; whether it is to be set anew instead
 */
export function correction(ahead, rate, isNudged) {
  const off = Math.abs(ahead);
  if (off > FAR) return { rate, isNudged: false, isFar: true };
  if (off < (isNudged ? NEAR : WORTH)) return { rate, isNudged: false, isFar: false };
  const nudge = Math.sign(ahead) * (off > SOME ? NUDGE : SMALL_NUDGE);
  return { rate: rate * (1 - nudge), isNudged: true, isFar: false };
}

/** @param {() => void} work @returns {() => void} ends it */
function often(work) {
  const timer = setInterval(work, EVERY_MS);
  return () => clearInterval(timer);
}

export class InStep {
  #leader;
  #follower;
  #offset;
  #now;
  #life = new AbortController();
  #end;
  #isHeld = false;
  #isNudged = false;
  /** @type {number | null} when the seek of a playing follower began */ #seekBegan = null;
  /** Seconds that a seek takes here, as learned: a playing follower is set that much ahead. */ #lag = 0.05;

  /**
   * @param {Media} leader
   * @param {Media} follower  its own controls are not to be used while it follows
   * @param {object} [ways]
   * @param {number} [ways.offset]  seconds: the follower shows at `t + offset` what the leader shows at `t`
   * @param {(work: () => void) => () => void} [ways.repeat]  calls again and again, and gives what ends it
   * @param {() => number} [ways.now]  milliseconds
   */
  constructor(leader, follower, { offset = 0, repeat = often, now = () => performance.now() } = {}) {
    this.#leader = leader;
    this.#follower = follower;
    this.#offset = offset;
    this.#now = now;
    const { signal } = this.#life;
    const follow = () => this.#follow();
    for (const name of ['play', 'playing', 'pause', 'seeking', 'ended']) leader.addEventListener(name, follow, { signal });
    leader.addEventListener('ratechange', () => this.step(), { signal });
    leader.addEventListener('waiting', () => this.#hold(true), { signal });
    leader.addEventListener('playing', () => this.#hold(false), { signal });
    leader.addEventListener('seeked', () => this.#hold(false), { signal });
    follower.addEventListener('seeked', () => this.#arrived(), { signal });
    for (const name of ['loadedmetadata', 'playing']) follower.addEventListener(name, () => this.step(), { signal });
    this.#end = repeat(() => this.step());
    this.#follow();
  }

  get offset() {
    return this.#offset;
  }

  set offset(seconds) {
    this.#offset = seconds;
    this.#follow();
  }

  /** Seconds that the follower is ahead of its place now; negative: behind. */
  get drift() {
    return this.#follower.currentTime - this.#place;
  }

  /** Whether the follower has nothing to show for what the leader shows: it has not begun yet, or is over. */
  get isOutside() {
    return this.#at < 0 || this.#at > this.#length;
  }

  /** Looks once and corrects. Called often by itself. */
  step() {
    const [leader, follower] = [this.#leader, this.#follower];
    if (follower.seeking || leader.seeking) return;
    if (!this.#isMoving) return this.#rest();
    if (follower.paused) return this.#follow();
    const { rate, isNudged, isFar } = correction(this.drift, leader.playbackRate, this.#isNudged);
    this.#isNudged = isNudged;
    if (follower.playbackRate !== rate) follower.playbackRate = rate;
    if (isFar) this.#set(this.#place + this.#lag * leader.playbackRate);
  }

  /** Lets go of both; the follower stands still. */
  stop() {
    this.#end();
    this.#life.abort();
    this.#follower.pause();
    this.#follower.playbackRate = this.#leader.playbackRate;
  }

  get #at() {
    return this.#leader.currentTime + this.#offset;
  }

  get #length() {
    const { duration } = this.#follower;
    return Number.isFinite(duration) ? duration : Infinity;
  }

  get #place() {
    return Math.min(Math.max(0, this.#at), this.#length);
  }

  get #isMoving() {
    return !this.#leader.paused && !this.#leader.ended && !this.#isHeld && !this.isOutside;
  }

  /** As the leader does now: it plays, stands still, or has gone elsewhere. */
  #follow() {
    const { seeking } = this.#leader;
    if (!this.#isMoving) return this.#rest();
    if (seeking || Math.abs(this.drift) > FAR) this.#set(this.#place);
    if (!this.#follower.paused) return undefined;
    this.#follower.playbackRate = this.#leader.playbackRate;
    if (!seeking && Math.abs(this.drift) > NEAR) this.#set(this.#place);
    this.#follower.play().catch(() => {}); // a browser that wants a gesture first gets one with the next play
    return undefined;
  }

  /** Stands on the very moment that the leader stands on. */
  #rest() {
    if (!this.#follower.paused) this.#follower.pause();
    if (this.#follower.playbackRate !== this.#leader.playbackRate) this.#follower.playbackRate = this.#leader.playbackRate;
    if (Math.abs(this.drift) > STILL && !this.#follower.seeking) this.#set(this.#place);
  }

  /** @param {number} seconds */
  #set(seconds) {
    this.#seekBegan = this.#isMoving && !this.#leader.seeking ? this.#now() : null;
    this.#follower.currentTime = seconds;
  }

  #arrived() {
    if (this.#seekBegan !== null) {
      const took = Math.min(LONGEST_LAG, (this.#now() - this.#seekBegan) / 1000);
      this.#lag = (this.#lag + took) / 2;
      this.#seekBegan = null;
    }
    this.step();
  }

  /** A leader that waits for its bytes is waited for. @param {boolean} isHeld */
  #hold(isHeld) {
    this.#isHeld = isHeld;
    if (isHeld) this.#rest();
    else this.#follow();
  }
}
