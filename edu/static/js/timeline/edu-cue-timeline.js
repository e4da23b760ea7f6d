// <edu-cue-timeline for="player" mode="cues|chapters">: cues as boxes over the waveform of a film.
//
// Properties: cues [{key, start, end, text, severity}] by start, peaks, speech, cuts, duration, time, frameMs (ms), selected.
// Fires, bubbling: cue-select {key}, cue-time {key, start, end, phase: 'move' | 'done', also: [{key, start, end}]},
// cue-new {start, end}, time-seek {time}. In chapters, `also` names the neighbours whose edge moved with it.

import { arranged, inView, LEAST_PIXELS } from './timeline-boxes.js';
import { cueAt, newSpan } from './timeline-drag.js';
import { Gestures } from './timeline-gesture.js';
import { wishOf } from './timeline-keys.js';
import { Mover } from './timeline-mover.js';
import { Waveform } from './timeline-peaks.js';
import { followPlayer } from './timeline-player.js';
import { BoxPool } from './timeline-pool.js';
import { endOf, following, held, isSeen, moved, showing, timeText, toMs, toX, whole, zoomed } from './timeline-scale.js';
import { REACH_PIXELS } from './timeline-snap.js';
import { SCROLL, Surface } from './timeline-surface.js';
import { words } from '../wording.js';

/** @typedef {import('./timeline-pool.js').Cue} Cue */
/** @typedef {import('./timeline-drag.js').Edge} Edge */

const ZOOM = 1.5;

export class EduCueTimeline extends HTMLElement {
  #life = new AbortController();
  /** @type {Cue[]} as they were given */ #cues = [];
  /** @type {Cue[]} as they are seen while one is dragged */ #shown = [];
  #arrangement = arranged([]);
  /** @type {Waveform | null} */ #waveform = null;
  /** @type {readonly (readonly number[])[]} */ #speech = [];
  /** @type {readonly number[]} */ #cuts = [];
  #view = whole(1, 1);
  #time = 0;
  #selected = '';
  /** The box that the Tab key comes to, and what of it the arrows move. */
  #current = '';
  /** @type {Edge} */ #edge = 'body';
  /** @type {Mover | null} */ #mover = null;
  /** @type {[number, number] | null} */ #draft = null;
  #isAsked = false;
  #isFollowing = true;
  frameMs = 0;
  /** How long the last drawing took, ms. */
  drawn = 0;

  connectedCallback() {
    if (this.surface) return;
    const { signal } = this.#life;
    this.surface = new Surface(this, signal, { sized: () => this.#sized(), recoloured: () => this.#ask() });
    const { stage, boxes, scroll } = this.surface.parts;
    this.pool = new BoxPool(boxes, this);
    this.gestures = new Gestures(stage, this.#host(), signal);
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    boxes.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    boxes.addEventListener('keyup', () => this.gestures?.isBusy || this.#finish(true), { signal });
    boxes.addEventListener('focusout', () => this.#settle(), { signal });
    boxes.addEventListener('focusin', (event) => this.#focused(event), { signal });
    scroll.addEventListener('input', () => this.#scrolled(Number(scroll.value) / SCROLL), { signal });
    void customElements.whenDefined('edu-player').then(() => this.#listen());
    this.#sized();
    this.setAttribute('ready', '');
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  get cues() { return this.#cues; }
  set cues(cues) {
    this.#cues = [...cues];
    if (!this.#find(this.#current)) this.#current = this.#find(this.#selected)?.key ?? this.#cues[0]?.key ?? '';
    this.#arrange();
  }

  set peaks(/** @type {import('./timeline-peaks.js').Peaks | null} */ peaks) {
    this.#waveform = peaks?.length ? new Waveform(peaks) : null;
    this.#ask();
  }

  get speech() { return this.#speech; }
  set speech(speech) { this.#speech = speech; this.#ask(); }

  get cuts() { return this.#cuts; }
  set cuts(cuts) { this.#cuts = cuts; this.#ask(); }

  get duration() { return this.#view.duration; }
  set duration(duration) {
    const isWhole = this.#view.width / this.#view.scale >= this.#view.duration;
    this.#look(isWhole ? whole(this.#view.width, duration) : held({ ...this.#view, duration }));
  }

  get selected() { return this.#selected; }
  set selected(key) {
    if (key === this.#selected) return;
    this.#selected = key;
    if (this.#find(key)) this.#turnTo(key);
    this.#ask();
  }

  get time() { return this.#time; }
  set time(time) {
    const isJump = Math.abs(time - this.#time) > 1500;
    this.#time = time;
    if (isJump || isSeen(this.#view, time)) this.#isFollowing = true;
    if (isJump && !this.#mover) this.#look(showing(this.#view, time, time));
    this.#drawLines();
  }

  /** The stretch that is shown. */
  get view() { return this.#view; }

  /** Whether neighbours share an edge, as chapters do. */
  get isTouching() { return this.getAttribute('mode') === 'chapters'; }

  /** Closer or wider around a moment, else the chosen box, the playhead or the middle; 0 shows the whole film. @param {number} factor @param {number} [at] */
  zoom(factor, at) {
    const middle = (this.#view.start + endOf(this.#view)) / 2;
    const cue = this.#find(this.#selected);
    const known = [at, cue && (cue.start + cue.end) / 2, this.#time].find((time) => time !== undefined && isSeen(this.#view, time));
    this.#look(factor ? zoomed(this.#view, factor, known ?? middle) : whole(this.#view.width, this.#view.duration));
    this.#say('span', { start: timeText(this.#view.start), end: timeText(endOf(this.#view)) });
  }

  /** Draws at once what else waits for the next frame. */
  draw() {
    this.#isAsked = false;
    if (!this.surface) return;
    const begun = performance.now();
    if (this.#mover?.isFresh) this.#fire('move');
    const { boxes, narrow } = this.#boxes();
    this.surface.paint({
      view: this.#view, waveform: this.#waveform, speech: this.#speech, cuts: this.#cuts, narrow,
      clashes: this.#arrangement.clashes, frameMs: this.frameMs,
    });
    this.pool?.show(boxes, this.#view.duration);
    this.#drawLines();
    this.drawn = performance.now() - begun;
  }

  #boxes() {
    const { rows, reach } = this.#arrangement;
    const [from = 0, to = 0] = inView(this.#shown, reach, this.#view.start, endOf(this.#view));
    /** @type {import('./timeline-pool.js').Box[]} */ const boxes = [];
    /** @type {import('./timeline-draw.js').Scene['narrow'][number][]} */ const narrow = [];
    const kept = new Set([this.#current, this.#selected].filter(Boolean)); // there for the keys, in view or not
    for (let n = from; n < to; n += 1) {
      const cue = this.#shown[n];
      if (!cue || cue.end <= this.#view.start) continue;
      const isNarrow = (cue.end - cue.start) * this.#view.scale < LEAST_PIXELS && !kept.has(cue.key);
      if (isNarrow) narrow.push({ start: cue.start, end: cue.end, severity: cue.severity ?? '' });
      else boxes.push(this.#box(cue, rows[n] ?? 0));
      kept.delete(cue.key);
    }
    for (const key of kept) {
      const cue = this.#shown.find((one) => one.key === key);
      if (cue) boxes.push(this.#box(cue, 0));
    }
    return { boxes, narrow };
  }

  /** @param {Cue} cue @param {number} row @returns {import('./timeline-pool.js').Box} */
  #box(cue, row) {
    const { key } = cue;
    return {
      cue, row, x: toX(this.#view, cue.start), width: (cue.end - cue.start) * this.#view.scale, edge: this.#edge,
      isSelected: key === this.#selected, isCurrent: key === this.#current, isDragged: key === this.#mover?.key,
    };
  }

  #drawLines() {
    this.surface?.lines({ view: this.#view, time: this.#time, mark: this.#mover?.mark ?? null, draft: this.#draft });
  }

  /** @returns {import('./timeline-gesture.js').Host} */
  #host() {
    return {
      at: (x) => toMs(this.#view, x),
      scroll: (pixels) => this.#scrollTo(moved(this.#view, pixels / this.#view.scale)),
      zoom: (factor, x) => this.zoom(factor, toMs(this.#view, x)),
      choose: (key) => this.#choose(key),
      isChosen: (key) => key === this.#selected,
      seek: (time) => this.#tell('time-seek', { time: Math.round(time) }),
      cueAt: (time) => this.#shown[cueAt(this.#shown, time)]?.key ?? '',
      begin: (key, edge) => this.#begin(key, edge),
      drag: (by, isFree) => this.#dragged(by, isFree),
      finish: (isKept) => this.#finish(isKept),
      draft: (one, other) => { this.#draft = one === other ? null : [one, other]; this.#drawLines(); },
      create: (one, other) => this.#create(one, other),
    };
  }

  /** @param {number} one @param {number} other */
  #create(one, other) {
    this.#draft = null;
    this.#drawLines();
    const isTaken = one === other && !this.isTouching && cueAt(this.#shown, one) >= 0;
    const span = isTaken ? null : newSpan(this.#cues, one, other, this.#view.duration);
    if (span) this.#tell('cue-new', span);
  }

  /** @param {string} key @param {Edge} edge */
  #begin(key, edge) {
    const { duration } = this.#view;
    this.#mover = new Mover(this.#cues, key, edge, { cuts: this.#cuts, speech: this.#speech, time: this.#time, duration, isTouching: this.isTouching });
    return this.#mover;
  }

  /** @param {number} by ms @param {boolean} isFree */
  #dragged(by, isFree) {
    this.#mover?.by(by, isFree ? 0 : REACH_PIXELS / this.#view.scale);
    this.#arrange();
  }

  /** One step to be undone, or none. @param {boolean} isKept */
  #finish(isKept) {
    const mover = this.#mover;
    if (!mover) return;
    if (mover.isChange) {
      if (!isKept) mover.by(0, 0);
      this.#cues = mover.applied(this.#cues);
      this.#fire(isKept ? 'done' : 'move');
    }
    this.#mover = null;
    this.#arrange();
  }

  /** @param {'move' | 'done'} phase */
  #fire(phase) {
    const mover = this.#mover;
    const [own, ...also] = mover?.changed ?? [];
    if (!mover || !own) return;
    mover.isFresh = false;
    const mark = mover.mark ? words(this, mover.mark.kind) : '';
    const text = words(this, mover.edge, { start: timeText(own.start), end: timeText(own.end) });
    this.surface?.say([text, mark].filter(Boolean).join(', '));
    this.#tell('cue-time', { ...own, phase, also });
  }

  #settle() {
    if (this.gestures?.isBusy) return;
    this.#finish(true);
    if (this.#edge === 'body') return;
    this.#edge = 'body';
    this.#ask();
  }

  /** @param {FocusEvent} event */
  #focused(event) {
    const box = /** @type {HTMLElement} */ (event.target);
    this.#turnTo(box.dataset.key ?? '', box.matches(':focus-visible')); // under a pointer nothing moves
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const wish = wishOf(event);
    if (!wish || !this.#current) return;
    if (wish.does === 'leave' && !this.#leave()) return;
    event.preventDefault();
    event.stopPropagation();
    if (wish.does === 'move') this.#step(wish.by);
    if (wish.does === 'edge') this.#takeEdge(wish.edge);
    if (wish.does === 'go') this.#go(wish.to);
    if (wish.does === 'zoom') this.zoom(wish.factor);
    if (wish.does === 'choose') this.#choose(this.#current);
  }

  /** Gives up a drag, else the chosen edge; false when there is neither. */
  #leave() {
    if (this.gestures?.cancel()) return true;
    if (this.#mover) return this.#finish(false) ?? true;
    if (this.#edge === 'body') return false;
    this.#takeEdge('body');
    return true;
  }

  /** @param {number} by ms */
  #step(by) {
    if (this.gestures?.isBusy) return;
    const mover = this.#mover ?? this.#begin(this.#current, this.#edge);
    mover.more(by);
    const [own] = mover.changed;
    const time = (mover.edge === 'end' ? own?.end : own?.start) ?? 0;
    this.#look(showing(this.#view, time, time));
    this.#arrange();
  }

  /** The same key again lets go of the edge. @param {Edge} edge */
  #takeEdge(edge) {
    this.#finish(true);
    this.#edge = edge === this.#edge ? 'body' : edge;
    const cue = this.#find(this.#current);
    if (cue) this.#say(this.#edge, { start: timeText(cue.start), end: timeText(cue.end) });
    this.#ask();
  }

  /** @param {'next' | 'previous' | 'first' | 'last'} to */
  #go(to) {
    this.#finish(true);
    const here = this.#cues.findIndex(({ key }) => key === this.#current);
    const last = this.#cues.length - 1;
    const place = { next: here + 1, previous: here - 1, first: 0, last }[to];
    const cue = this.#cues[Math.min(Math.max(0, place), last)];
    if (!cue) return;
    this.#turnTo(cue.key);
    this.draw();
    this.pool?.element(cue.key)?.focus({ preventScroll: true });
  }

  /** @param {string} key @param {boolean} [isShown] whether to bring it into view */
  #turnTo(key, isShown = true) {
    this.#current = key;
    this.#edge = 'body';
    const cue = this.#find(key);
    if (isShown && cue && !this.#mover) this.#look(showing(this.#view, cue.start, cue.end));
    this.#ask();
  }

  /** @param {string} key */
  #choose(key) {
    this.#current = this.#selected = key;
    this.#ask();
    this.#tell('cue-select', { key });
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const action = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('.timeline-tool'))?.dataset.action;
    if (action) this.zoom({ closer: ZOOM, wider: 1 / ZOOM }[action] ?? 0);
  }

  /** @param {number} share */
  #scrolled(share) {
    const { duration, width, scale } = this.#view;
    this.#scrollTo(held({ ...this.#view, start: share * (duration - width / scale) }));
  }

  /** Who scrolls away is left there until the playhead comes by. @param {import('./timeline-scale.js').View} view */
  #scrollTo(view) {
    this.#look(view);
    this.#isFollowing = isSeen(view, this.#time);
  }

  /** @param {import('./timeline-scale.js').View} view */
  #look(view) {
    if (view === this.#view) return;
    this.#view = view;
    this.#ask();
    this.surface?.scrollTo(view, words(this, 'span', { start: timeText(view.start), end: timeText(endOf(view)) }));
  }

  #sized() {
    const width = this.surface?.fit() ?? 0;
    if (!width) return;
    const isWhole = this.#view.width / this.#view.scale >= this.#view.duration;
    this.#look(isWhole ? whole(width, this.#view.duration) : held({ ...this.#view, width }));
    this.draw();
  }

  #arrange() {
    this.#shown = this.#mover ? this.#mover.applied(this.#cues) : this.#cues;
    this.#arrangement = arranged(this.#shown);
    this.#ask();
  }

  #ask() {
    if (this.#isAsked || !this.surface) return;
    this.#isAsked = true;
    requestAnimationFrame(() => this.#isAsked && this.draw());
  }

  #listen() {
    const player = document.getElementById(this.getAttribute('for') ?? '');
    followPlayer(player, this.#life.signal, (store, isStill) => {
      if (this.#view.duration <= 1) this.duration = store.duration * 1000;
      this.time = store.time * 1000;
      const isFree = store.playing && this.#isFollowing && !this.#mover && !this.gestures?.isBusy;
      if (isFree) this.#look(following(this.#view, this.#time, isStill));
    });
  }

  /** @param {string} key */
  #find(key) {
    return this.#cues.find((cue) => cue.key === key);
  }

  /** @param {string} sentence @param {Record<string, string>} values */
  #say(sentence, values) {
    this.surface?.say(words(this, sentence, values));
  }

  /** @param {string} name @param {object} detail */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

customElements.define('edu-cue-timeline', EduCueTimeline);
