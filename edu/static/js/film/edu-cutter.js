// <edu-cutter for="player" data-pieces data-duration data-rate>: tools that write the lines of the form inside, which are the truth.
//
// data-pieces: what the player's film is made of, [[start, end, 1: ours], …] in milliseconds of the recordings.
// While it plays, what the lines cut out is skipped, and what they cover has a box over it.

import { CoverLayer } from './cover-box.js';
import { drawBar } from './film-bar.js';
import { read, write } from './film-lines.js';
import { begin, cut, end, isKept, keep, nextKept, toFilm, toRecording } from './film-pieces.js';
import { writeTime } from '../player/media-time.js';
import { part, percent, words } from '../wording.js';

/** @typedef {import('./film-lines.js').Place} Place */
/** @typedef {import('./film-lines.js').Span} Span */
/** @typedef {{ kind: string, at: number, place: Place }} Mark */
/** @typedef {'pieces' | 'covers' | 'mutes'} Field */

const FIELDS = /** @type {const} */ (['pieces', 'covers', 'mutes']);
const MIDDLE = { x: 0.35, y: 0.35, width: 0.3, height: 0.3 };
/** @type {Record<string, string>} */
const KEYS = { ',': 'back', '.': 'forward', i: 'begin', o: 'end', z: 'undo' };

/** @param {Span} span */
const times = (span) => ({ start: writeTime(span.start), end: writeTime(span.end) });

export class EduCutter extends HTMLElement {
  #life = new AbortController();
  /** @type {import('./film-pieces.js').Stage} */ #stage = [];
  /** @type {Mark | null} */ #mark = null;
  /** @type {string[][]} */ #past = [];
  /** @type {Record<Field, ReturnType<typeof read>['entries']>} */ #edit = { pieces: [], covers: [], mutes: [] };
  /** @type {[Field, number] | null} */ #fault = null;
  #isJumping = false;

  connectedCallback() {
    void customElements.whenDefined('edu-player').then(() => this.#begin());
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #begin() {
    const player = /** @type {import('../player/edu-player.js').EduPlayer | null} */ (document.getElementById(this.getAttribute('for') ?? ''));
    const template = /** @type {HTMLTemplateElement | null} */ (this.querySelector(':scope > template'));
    const stage = player && part(player, 'stage');
    if (!player?.store || !template || !stage || this.hasAttribute('ready')) return;
    const { signal } = this.#life;
    this.store = player.store;
    this.#stage = JSON.parse(this.dataset.pieces ?? '[]');
    template.before(template.content.cloneNode(true));
    if (this.#field('covers')) {
      const aspect = Number(this.dataset.width) / Number(this.dataset.height) || 16 / 9;
      this.layer = new CoverLayer(stage, aspect, (place) => this.#label(place), (...change) => this.#placed(...change));
    }
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    this.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    this.addEventListener('input', () => this.#draw(), { signal });
    this.store.addEventListener('change', (event) => this.#heard(/** @type {CustomEvent<string>} */ (event).detail));
    this.setAttribute('ready', '');
    this.#draw();
  }

  /** @param {string} name @returns {HTMLTextAreaElement | null} */
  #field(name) {
    return this.querySelector(`textarea[name="${name}"]`);
  }

  /** @param {string} action @returns {HTMLButtonElement | null} */
  #button(action) {
    return this.querySelector(`.cutter-tool[data-action="${action}"]`);
  }

  get duration() {
    return Number(this.dataset.duration) || 1;
  }

  /** The moment of the recording that is seen now; null in a joined one. */
  get at() {
    return toRecording(this.#stage, (this.store?.time ?? 0) * 1000);
  }

  /** The pieces as they play: no lines mean the whole recording. */
  get pieces() {
    const { pieces } = this.#edit;
    return pieces.length ? pieces : [{ start: 0, end: this.duration, source: '' }];
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    const bar = target.closest('.cutter-bar');
    if (bar) {
      const { left, width } = bar.getBoundingClientRect();
      this.#goTo((this.duration * (event.clientX - left)) / width);
    }
    const button = /** @type {HTMLElement | null} */ (target.closest('.cutter-tools [data-action]'));
    if (button) this.act(button.dataset.action ?? '', Number(button.dataset.n));
  }

  /** Single keys hold in the tools and the player, never in a field. @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.target instanceof Element && event.target.matches('textarea, select, input:not([type="range"])')) return;
    const action = KEYS[event.key.toLowerCase()];
    if (!action || event.altKey || ((event.ctrlKey || event.metaKey) && action !== 'undo')) return;
    event.preventDefault();
    this.act(action);
  }

  /** Everything that a button or a key can ask for. @param {string} action @param {number} [n] which covered place */
  act(action, n = 0) {
    if (action === 'back') return this.#step(-1);
    if (action === 'forward') return this.#step(1);
    if (action === 'undo') return this.#undo();
    if (action === 'leave') return this.#leave();
    if (action === 'show') return this.#show(n);
    const { at, pieces, duration } = this;
    if (at === null) return this.#say('elsewhere');
    if (this.#fault) return this.#sayFault(...this.#fault);
    if (action === 'begin') return this.#cutTo(begin(pieces, at, duration));
    if (action === 'end') return this.#cutTo(end(pieces, at));
    if (action === 'return') return this.#return(keep(pieces, at, duration));
    if (action === 'to') return this.#finish(at);
    if (action === 'remove') return this.#remove(n);
    return this.#start(action, at);
  }

  /** @param {1 | -1} direction */
  #step(direction) {
    const [top = 0, bottom = 1] = (this.dataset.rate ?? '').split('/').map(Number);
    const rate = top / bottom || 25;
    this.store?.pause();
    this.store?.seek((Math.floor((this.store?.time ?? 0) * rate + 0.01) + direction) / rate + 0.001);
  }

  /** @param {import('./film-pieces.js').Changed} made */
  #cutTo(made) {
    const piece = made?.pieces[made.n];
    if (made && piece) this.#write('pieces', made.pieces, 'piece', piece, made.n + 1);
    else this.#say('refused');
  }

  /** @param {ReturnType<typeof keep>} made */
  #return(made) {
    if (!made) return;
    const isAll = made.pieces.length === 1 && made.pieces.every(({ start, end: to }) => start === 0 && to >= this.duration);
    this.#write('pieces', isAll ? [] : made.pieces, 'kept', made.span);
  }

  /** @param {string} kind 'cut', 'silence' or 'cover' @param {number} at */
  #start(kind, at) {
    const isCover = kind === 'cover';
    this.#setMark({ kind, at, place: MIDDLE });
    this.#say(isCover ? 'drawing' : 'marked', { time: writeTime(at) });
    (isCover ? this.layer?.box(this.#edit.covers.length) : this.#button('to'))?.focus({ preventScroll: true });
  }

  #leave() {
    const kind = this.#mark?.kind ?? '';
    this.#setMark(null);
    this.#button(kind)?.focus();
  }

  /** @param {Mark | null} mark */
  #setMark(mark) {
    this.#mark = mark;
    for (const name of ['mark', 'marks']) part(this, name)?.toggleAttribute('hidden', (name === 'marks') === Boolean(mark));
    this.#draw();
  }

  /** @param {number} at */
  #finish(at) {
    if (!this.#mark) return;
    const { kind, at: start, place } = this.#mark;
    const span = { start, end: at };
    if (at <= start) return this.#say('backwards', { time: writeTime(start) });
    const made = cut(this.pieces, start, at);
    if (kind === 'cut' && !made) return this.#say('refused');
    this.#leave();
    if (kind === 'cut') return this.#write('pieces', made?.pieces ?? [], 'cut', span);
    if (kind === 'silence') return this.#write('mutes', [...this.#edit.mutes, span], kind, span);
    return this.#write('covers', [...this.#edit.covers, { ...span, ...place }], kind, span);
  }

  /** @param {number} n */
  #remove(n) {
    const [gone] = this.#edit.covers.slice(n);
    if (gone) this.#write('covers', this.#edit.covers.filter((cover) => cover !== gone), 'removed', gone);
    this.#button('undo')?.focus();
  }

  /** Goes to a covered place, and gives it the keys. @param {number} n */
  #show(n) {
    this.store?.pause();
    this.#goTo(this.#edit.covers[n]?.start ?? 0);
    this.store?.addEventListener('change', () => this.layer?.box(n)?.focus(), { once: true });
  }

  /** @param {number} n @param {Place} place @param {boolean} isFirst */
  #placed(n, place, isFirst) {
    if (this.#mark && n === this.#edit.covers.length) {
      this.#mark.place = place;
      return this.#draw();
    }
    if (this.#fault) return this.#sayFault(...this.#fault);
    if (isFirst) this.#remember();
    return this.#set('covers', write('covers', this.#edit.covers.map((cover, which) => (which === n ? { ...cover, ...place } : cover))));
  }

  /** Goes there, or to the next moment that the film shows. @param {number} ms of the recording */
  #goTo(ms) {
    const ours = this.#stage.flatMap(([start, to, isOurs]) => (isOurs ? [{ start, end: to, source: '' }] : []));
    const there = toFilm(this.#stage, ms) ?? toFilm(this.#stage, nextKept(ours, ms) ?? NaN);
    if (there !== null) this.store?.seek((there + 1) / 1000);
    return there;
  }

  #remember() {
    this.#past.push(FIELDS.map((name) => this.#field(name)?.value ?? ''));
  }

  #undo() {
    const before = this.#past.pop();
    FIELDS.forEach((name, n) => { if (before) this.#set(name, before[n] ?? ''); });
    this.#say(before ? 'undone' : 'nothing');
  }

  /** @param {Field} name @param {Parameters<typeof write>[1]} entries @param {string} sentence @param {Span} span @param {number} [n] */
  #write(name, entries, sentence, span, n = 0) {
    this.#remember();
    this.#set(name, write(name, entries));
    this.#say(sentence, { ...times(span), n });
  }

  /** @param {Field} name @param {string} text */
  #set(name, text) {
    const field = this.#field(name);
    if (field) field.value = text;
    this.#draw();
  }

  #draw() {
    this.#fault = null;
    for (const name of FIELDS) {
      const { entries, fault } = read(name, this.#field(name)?.value ?? '');
      this.#edit[name] = entries;
      if (fault) this.#fault ??= [name, fault];
    }
    const { pieces, duration } = this;
    const bar = part(this, 'bar');
    if (!bar) return;
    const kept = pieces.filter(({ source }) => !source);
    const marked = this.#mark ? [{ start: this.#mark.at, end: Math.max(this.#mark.at, this.at ?? 0) }] : [];
    drawBar(bar, { kept, covered: this.#edit.covers, muted: this.#edit.mutes, marked, here: [{ start: 0, end: 0 }] }, duration);
    const sum = pieces.reduce((total, { start, end: to }) => total + to - start, 0);
    bar.setAttribute('aria-label', words(this, 'summary', { kept: writeTime(sum), all: writeTime(duration), n: pieces.length }));
    this.#follow();
    part(this, 'covers')?.replaceChildren(...this.#edit.covers.map((cover, n) => {
      const item = document.createElement('li');
      for (const action of ['show', 'remove']) {
        const button = document.createElement('button');
        Object.assign(button, { type: 'button', className: 'cutter-link', textContent: words(this, action, times(cover)) });
        Object.assign(button.dataset, { action, n });
        item.append(button);
      }
      return item;
    }));
  }

  /** @param {string} what the media event that the store heard */
  #heard(what) {
    if (what === 'seeked') this.#isJumping = false;
    if (what === 'play') this.#tick();
    this.#follow();
  }

  /** While it plays: over what is cut out. */
  #tick() {
    const { at, store } = this;
    if (!store?.playing || !this.isConnected) return;
    if (at !== null && !this.#isJumping && at < this.duration && !isKept(this.pieces, at)) {
      const next = nextKept(this.pieces, at);
      this.#isJumping = next !== null && this.#goTo(next) !== null;
      if (!this.#isJumping) store.pause();
    }
    this.#follow();
    requestAnimationFrame(() => this.#tick());
  }

  #follow() {
    const { at, duration } = this;
    const [bar, now, flag] = ['bar', 'now', 'flag'].map((name) => part(this, name));
    const here = /** @type {HTMLElement | null | undefined} */ (bar?.lastElementChild);
    here?.style.setProperty('left', `${at === null ? -1 : (100 * at) / duration}%`);
    if (now) now.textContent = at === null ? words(this, 'elsewhere') : words(this, 'position', { time: writeTime(at) });
    const isCut = at !== null && at < duration && !isKept(this.pieces, at);
    if (flag) flag.hidden = !isCut;
    this.#button('return')?.toggleAttribute('disabled', !isCut);
    const { covers } = this.#edit;
    const shown = covers.map((cover, n) => ({ ...cover, n, isNew: false }))
      .filter(({ start, end: to }) => at !== null && at >= start && at < to);
    const mark = this.#mark?.kind === 'cover' ? [{ ...this.#mark.place, n: covers.length, isNew: true }] : [];
    this.layer?.show([...shown, ...mark]);
  }

  /** @param {Place & { n: number }} place */
  #label({ n, x, y, width, height }) {
    return words(this, 'box', { n: n + 1, x: percent(x), y: percent(y), width: percent(width), height: percent(height) });
  }

  /** @param {Field} field @param {number} line */
  #sayFault(field, line) {
    this.#say('unread', { line, field: this.querySelector(`label[for="field-${field}"]`)?.textContent ?? '' });
  }

  /** @param {string} sentence @param {Record<string, string | number>} [values] */
  #say(sentence, values) {
    const line = part(this, 'said');
    if (line) line.textContent = words(this, sentence, values);
  }
}

customElements.define('edu-cutter', EduCutter);
