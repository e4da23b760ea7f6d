// <edu-compare>: a film and a recording beside it, at the same speed and in step, looped together, one over the other.
//
// data-file, data-own, data-film: a recording that is given, and one moment seen in both (ms); else one's own (own-room.js).
// data-step: the chapter that is looped at first. Fires edu-laid {own, film} (seconds) when the two are laid together anew.

import { framesOf, rateOf } from '../practice/frame-times.js';
import { watchFrames } from '../practice/frame-clock.js';
import { InStep } from '../practice/drift.js';
import { clock } from '../player/media-time.js';
import { part, words } from '../wording.js';
import { Marks, isOver, stretchOf } from './laid.js';
import { lengthOf } from './length.js';
import { RemarkRoom } from './remarks.js';

/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */

/** A step of the recording by itself, whose own pictures nobody has counted: one of 25 in a second. */
const PICTURE = 0.04;

export class EduCompare extends HTMLElement {
  marks = new Marks();
  /** @type {InStep | null} */ both = null;
  #isTogether = true;
  /** @type {{ from: number | null, to: number | null }} */ #ends = { from: null, to: null };
  /** @type {import('./laid.js').Stretch | null} */ #stretch = null;
  /** @type {Promise<import('../practice/frame-times.js').FrameTimes> | null} */ #times = null;
  /** @type {number | null} the picture that a step under way leads to */ #aim = null;

  async connectedCallback() {
    const template = this.querySelector(':scope > template');
    const [player, own] = [this.querySelector('edu-player'), part(this, 'own')];
    if (!(template instanceof HTMLTemplateElement) || !player || !own) return;
    await customElements.whenDefined('edu-player');
    this.player = /** @type {EduPlayer} */ (player);
    this.own = /** @type {HTMLVideoElement} */ (own);
    part(this, 'pair')?.after(template.content.cloneNode(true));
    template.remove();
    this.#listen();
    this.#sound('film');
    new RemarkRoom(this);
    this.#loop(this.dataset.step ?? '');
    if (this.dataset.file) {
      const [own, film] = [this.dataset.own, this.dataset.film].map((ms) => Number(ms) / 1000);
      await this.show(this.dataset.file, own ?? 0, film ?? 0).catch(() => {}); // said in a line; the film goes on
    }
    const room = part(this, 'own-room');
    if (room) new (await import('./own-room.js')).OwnRoom(this, room);
    this.setAttribute('ready', '');
  }

  disconnectedCallback() {
    this.both?.stop();
    this.both = null;
  }

  /** Where a recording without any mark begins beside the film: with what is looped. Seconds. */
  get beginning() {
    return this.#stretch?.start ?? 0;
  }

  get store() {
    return /** @type {import('../player/player-store.js').PlayerStore} */ (this.player?.store);
  }

  /**
   * Lays a recording beside the film. Rejects where this browser cannot read it.
   * @param {string} url
   * @param {number} own   seconds: shows there what the film shows at `film`
   * @param {number} film
   * @returns {Promise<number>} its length in seconds
   */
  async show(url, own, film) {
    const video = /** @type {HTMLVideoElement} */ (this.own);
    this.both?.stop();
    this.both = null;
    this.marks.set(own, film);
    if (video.getAttribute('src') !== url) video.src = url;
    video.hidden = false;
    part(this, 'empty')?.toggleAttribute('hidden', true);
    try {
      const length = await lengthOf(video);
      this.#unsay('unreadable'); // that was the one before
      this.together(true);
      return length;
    } catch (error) {
      this.say('unreadable');
      throw error;
    }
  }

  /** Nothing is beside the film any more. */
  clear() {
    this.both?.stop();
    this.both = null;
    this.own?.removeAttribute('src');
    this.own?.load();
    this.own?.toggleAttribute('hidden', true);
    part(this, 'empty')?.toggleAttribute('hidden', false);
  }

  /** Whether the recording follows the film, or each plays by itself. @param {boolean} isTogether */
  together(isTogether) {
    const { own, player } = this;
    if (!own || !player?.video) return;
    this.#isTogether = isTogether;
    this.both?.stop();
    own.controls = !isTogether;
    this.both = isTogether && own.hasAttribute('src') ? new InStep(player.video, own, { offset: this.marks.offset }) : null;
    this.querySelector('[data-do="together"]')?.setAttribute('aria-pressed', String(isTogether));
    this.toggleAttribute('apart', !isTogether);
    this.#tell();
  }

  /** Shows a moment of the recording, and of the film what belongs to it. @param {number} seconds */
  goTo(seconds) {
    const film = seconds - this.marks.offset;
    const isThere = film >= 0 && film <= this.store.duration;
    if (!isThere || !this.#isTogether) this.together(false);
    if (isThere) this.store.seek(film);
    if (this.own && !this.#isTogether) this.own.currentTime = seconds;
  }

  /** One line for everybody, read out. @param {string} name @param {Record<string, string | number>} [values] */
  say(name, values = {}) {
    const line = part(this, 'status');
    if (line) line.textContent = words(this, name, values);
  }

  /** Takes a sentence back that is true no longer, if it is the one that stands there. @param {string} name */
  #unsay(name) {
    const line = part(this, 'status');
    if (line?.textContent === words(this, name)) line.textContent = '';
  }

  #listen() {
    const { player, own } = this;
    this.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('[data-do]') : null;
      if (button) void this.#do(button.getAttribute('data-do') ?? '', Number(button.getAttribute('data-value') ?? 0));
    });
    this.addEventListener('input', ({ target }) => {
      const field = /** @type {HTMLInputElement} */ (target);
      if (field.dataset.choice) this.#choose(field.dataset.choice, field.value);
    });
    if (!player?.video || !own) return;
    const picture = 1 / rateOf(player.dataset.frameRate ?? '');
    watchFrames(player.video, ({ time, late }) => {
      const stretch = this.#stretch;
      if (stretch && this.store.playing && isOver(time, late, this.store.rate, picture, stretch)) this.store.seek(stretch.start);
    });
    player.video.addEventListener('ended', () => { if (this.#stretch) void this.store.play(); });
    player.video.addEventListener('seeked', () => { this.#aim = null; });
    this.store.addEventListener('change', () => this.#update());
  }

  /** @param {string} name @param {number} value */
  #do(name, value) {
    /** @type {Record<string, () => unknown>} */
    const acts = {
      play: () => this.#play(),
      frame: () => this.#step(value),
      'own-frame': () => { if (this.own) this.own.currentTime = Math.max(0, this.own.currentTime + value * PICTURE); },
      from: () => this.#end('from'),
      to: () => this.#end('to'),
      'mark-film': () => this.#mark('film'),
      'mark-own': () => this.#mark('own'),
      together: () => this.#toggle(),
      over: () => this.#lieOver(!this.hasAttribute('over')),
    };
    return acts[name]?.();
  }

  /** @param {string} choice @param {string} value */
  #choose(choice, value) {
    if (choice === 'rate') this.store.setRate(Number(value));
    if (choice === 'rate' && this.own) this.own.playbackRate = Number(value);
    if (choice === 'loop') this.#loop(value);
    if (choice === 'sound') this.#sound(value);
    if (choice === 'through') this.own?.style.setProperty('opacity', value);
    if (choice !== 'mirror') return;
    this.player?.video?.classList.toggle('compare-mirrored', value === 'film');
    this.own?.classList.toggle('compare-mirrored', value === 'own');
  }

  #play() {
    const isPlaying = this.store.playing || (!this.#isTogether && this.own?.paused === false);
    if (isPlaying) this.store.pause();
    else void this.store.play();
    if (this.#isTogether || !this.own) return;
    if (isPlaying) this.own.pause();
    else this.own.play().catch(() => this.say('unreadable'));
  }

  /** @param {number} pictures */
  async #step(pictures) {
    this.#times ??= framesOf(/** @type {EduPlayer} */ (this.player));
    const times = await this.#times;
    this.store.pause();
    const to = Math.min(times.count - 1, Math.max(0, (this.#aim ?? times.at(this.store.time)) + pictures));
    this.#aim = to;
    this.store.seek(times.middle(to));
  }

  /** @param {'from' | 'to'} end */
  #end(end) {
    this.#ends[end] = this.store.time;
    const field = this.#field('loop');
    if (field) field.value = 'own';
    this.#loop('own', end === 'from');
  }

  /** @param {string} choice @param {boolean} [goes]  whether the film goes to its beginning */
  #loop(choice, goes = true) {
    const field = this.#field('loop');
    if (field && field.value !== choice) field.value = choice;
    this.#stretch = stretchOf(choice, this.store.chapters, this.#ends, this.store.duration);
    const { from, to } = this.#ends;
    if (choice === 'own' && from !== null && to !== null && !this.#stretch) this.say('loop-end');
    else if (this.#stretch) this.say('loop', { start: clock(this.#stretch.start), end: clock(this.#stretch.end) });
    else this.say('no-loop');
    if (this.#stretch && goes) this.store.seek(this.#stretch.start);
  }

  /** @param {import('./laid.js').Side} side */
  #mark(side) {
    const [film, own] = [this.store.time, this.own?.currentTime ?? 0];
    this.store.pause();
    if (this.marks.mark(side, side === 'film' ? film : own)) {
      this.together(true);
      this.dispatchEvent(new CustomEvent('edu-laid', { bubbles: true, detail: this.marks.moment }));
      return;
    }
    this.together(false);
    this.own?.pause();
    this.say('mark-other');
  }

  #toggle() {
    this.together(!this.#isTogether);
    this.say(this.#isTogether ? 'together' : 'apart');
  }

  /** The recording over the film, half seen through, or beside it again. @param {boolean} isOver */
  #lieOver(isOver) {
    const { own, player } = this;
    const place = isOver ? player && part(player, 'stage') : part(this, 'own-stage');
    if (!own || !place) return;
    if (isOver) player?.video?.after(own);
    else place.prepend(own);
    own.classList.toggle('compare-over', isOver);
    own.style.setProperty('opacity', isOver ? (this.#field('through')?.value ?? '0.5') : '1');
    this.toggleAttribute('over', isOver);
    this.querySelector('[data-do="over"]')?.setAttribute('aria-pressed', String(isOver));
    part(this, 'through-field')?.toggleAttribute('hidden', !isOver);
  }

  /** @param {string} whose  film, own or '' */
  #sound(whose) {
    this.store.setMuted(whose !== 'film');
    if (this.own) this.own.muted = whose !== 'own';
  }

  #update() {
    const button = this.querySelector('[data-do="play"]');
    const label = words(this, this.store.playing ? 'pause' : 'play');
    if (button && button.textContent !== label) button.textContent = label;
    if (this.both?.isOutside) this.say('outside');
    else this.#unsay('outside');
  }

  #tell() {
    const [line, { own, film }] = [part(this, 'marks'), this.marks.moment];
    if (line) line.textContent = this.#isTogether ? words(this, 'laid', { own: clock(own), film: clock(film) }) : '';
  }

  /** @param {string} choice @returns {HTMLInputElement | null} */
  #field(choice) {
    return this.querySelector(`[data-choice="${choice}"]`);
  }
}

customElements.define('edu-compare', EduCompare);
