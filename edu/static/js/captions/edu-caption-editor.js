// <edu-caption-editor for="player">: the captions of a film as a list, a form, a time line and a preview, all by keyboard too.
//
// data-draft, data-repair, data-lines: addresses of the working copy; data-hearing: {speech, cuts} in ms; data-peaks; data-duration.
// Attributes of state: ready, state="saved" (see caption-sync.js). Hears cue-select, cue-time, cue-new, time-seek of <edu-cue-timeline>.

import { EditorActs } from './caption-acts.js';
import { beside } from './caption-beside.js';
import { ConflictPanel } from './caption-conflicts.js';
import { FindPanel } from './caption-find-panel.js';
import { CaptionForm } from './caption-form.js';
import { keyAction, placeOf } from './caption-keys.js';
import { CaptionList } from './caption-list.js';
import { CaptionPreview, placeTrack } from './caption-preview.js';
import { ProblemPanel } from './caption-problems.js';
import { CaptionStore } from './caption-store.js';
import { CaptionSync } from './caption-sync.js';
import { TypePanel } from './caption-type-panel.js';
import { part, words } from '../wording.js';

/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */
/** @typedef {HTMLElement & { cues: object[], peaks: unknown, speech: number[][], cuts: number[], duration: number, selected: string,
 *             frameMs: number }} TimeLine */

const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.platform);
const WORDS_LATER_MS = 250;

export class EduCaptionEditor extends HTMLElement {
  #life = new AbortController();
  /** @type {TextTrack | null} */ #track = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #drawTimer;
  #isDrawn = true;
  #lastPlace = 0;
  #said = '';
  store = new CaptionStore();
  // made in #begin, before anything asks for them
  /** @type {CaptionSync} */ sync = /** @type {any} */ (null);
  /** @type {CaptionList} */ list = /** @type {any} */ (null);
  /** @type {CaptionForm} */ form = /** @type {any} */ (null);
  /** @type {FindPanel} */ finding = /** @type {any} */ (null);
  /** @type {TypePanel} */ typing = /** @type {any} */ (null);
  /** @type {ProblemPanel} */ problems = /** @type {any} */ (null);
  /** @type {ConflictPanel} */ conflicts = /** @type {any} */ (null);
  /** @type {EditorActs} */ acts = /** @type {any} */ (null);

  connectedCallback() {
    const player = document.getElementById(this.getAttribute('for') ?? '');
    if (this.store.size || this.hasAttribute('ready')) return;
    if (player) this.#track = placeTrack(player, this.dataset.language ?? '', this.dataset.label ?? '');
    void (player ? customElements.whenDefined('edu-player') : Promise.resolve()).then(() => this.#begin());
  }

  disconnectedCallback() {
    this.#life.abort();
    this.sync?.stop();
  }

  async #begin() {
    const template = /** @type {HTMLTemplateElement | null} */ (this.querySelector(':scope > template'));
    if (!template) return;
    this.player = /** @type {EduPlayer | null} */ (document.getElementById(this.getAttribute('for') ?? ''));
    template.before(template.content.cloneNode(true));
    for (const key of this.querySelectorAll('[data-held]')) key.textContent = IS_APPLE ? 'Ctrl' : 'Alt';
    for (const key of this.querySelectorAll('[data-command]')) key.textContent = IS_APPLE ? '⌘' : 'Ctrl';
    this.sync = this.#syncing();
    if (this.player?.store && this.#track) new CaptionPreview(this.#track, this.store).turnOn(this.player);
    this.#build();
    this.#listen();
    try {
      await this.sync.load();
    } catch {
      return this.say('not-loaded');
    }
    this.conflicts.offer(this.sync.resume());
    this.#hideTable();
    this.list.drawAll();
    const wanted = location.hash.slice(1);
    this.select(this.store.cue(wanted) ? wanted : this.store.keyAt(0));
    this.#tellEmpty();
    this.drawTimeLine(true);
    void this.#loadPeaks();
    return this.setAttribute('ready', '');
  }

  #hideTable() {
    for (const plain of document.querySelectorAll('[data-plain]')) plain.toggleAttribute('hidden', true);
  }

  /** Outside the private browsing of some systems, localStorage; there, nothing is kept. */
  #shelf() {
    try {
      return localStorage;
    } catch {
      return { getItem: () => null, setItem: () => {}, removeItem: () => {} };
    }
  }

  #syncing() {
    const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute('content') ?? '';
    return new CaptionSync(this.store, {
      url: this.dataset.draft ?? '',
      token,
      shelf: this.#shelf(),
      name: `edu.captions:${this.dataset.draft}`,
      fetch: (...asked) => fetch(...asked),
      basedOn: Number(this.dataset.basedOn),
      isVisible: () => document.visibilityState === 'visible',
    });
  }

  #build() {
    const { signal } = this.#life;
    const look = { host: this, language: this.dataset.language ?? '', sought: null, beside: null, besideLanguage: '' };
    this.list = new CaptionList(/** @type {HTMLElement} */ (part(this, 'list')), this.store, look, signal);
    this.form = new CaptionForm(this, this.store, (cue, how) => this.#edited(cue, how), signal);
    this.finding = new FindPanel(this, signal);
    this.typing = new TypePanel(this, this.hearing.speech, signal);
    this.problems = new ProblemPanel(this, signal);
    this.conflicts = new ConflictPanel(this, signal);
    this.acts = new EditorActs(this);
    this.timeLine = /** @type {TimeLine | null} */ (this.querySelector('edu-cue-timeline'));
  }

  /** @returns {{ speech: number[][], cuts: number[] }} */
  get hearing() {
    return { speech: [], cuts: [], ...JSON.parse(this.dataset.hearing || '{}') };
  }

  /** Milliseconds. */
  get time() { return Math.round((this.player?.store?.time ?? 0) * 1000); }
  get duration() { return Number(this.dataset.duration) || Math.round((this.player?.store?.duration ?? 0) * 1000) || Infinity; }

  #listen() {
    const { signal } = this.#life;
    this.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    this.addEventListener('beforeinput', (event) => {
      if (!/^history/.test(event.inputType) || placeOf(event.target) !== 'text' || !part(this, 'form')?.contains(/** @type {Node} */ (event.target))) return;
      event.preventDefault();
      this.acts.act(event.inputType === 'historyUndo' ? 'undo' : 'redo', 0, 'text');
    }, { signal });
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    this.addEventListener('change', (event) => {
      if (event.target === part(this, 'beside')) void this.#showBeside(/** @type {HTMLSelectElement} */ (event.target));
    }, { signal });
    this.addEventListener('focusout', () => { if (this.sync.state === 'waiting') void this.sync.flush(); }, { signal });
    this.list.addEventListener('pick', (event) => this.#picked(/** @type {CustomEvent} */ (event).detail));
    this.list.addEventListener('write', (event) => {
      this.select(/** @type {CustomEvent} */ (event).detail.key);
      this.form.words.focus();
    });
    for (const name of ['cue-select', 'cue-time', 'cue-new', 'time-seek']) {
      this.addEventListener(name, (event) => this.acts.asked(name, /** @type {CustomEvent} */ (event).detail), { signal });
    }
    this.store.addEventListener('change', (event) => this.#changed(/** @type {CustomEvent} */ (event).detail));
    this.store.addEventListener('problems', (event) => this.#judged(/** @type {CustomEvent} */ (event).detail.keys));
    this.sync.addEventListener('state', () => this.#tellState());
    document.addEventListener('edu-time', () => this.#followed(), { signal });
    document.addEventListener('submit', (event) => this.#sending(event), { signal });
    const leave = () => {
      this.sync.keep();
      void this.sync.flush();
    };
    addEventListener('pagehide', leave, { signal });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') leave();
      else if (this.hasAttribute('ready')) void this.sync.poll();
    }, { signal });
    addEventListener('online', () => void this.sync.flush(), { signal });
  }

  // -- what is seen ----------------------------------------------------------------------------------------

  /** @param {{ keys: string[], isMoved: boolean, why: string }} change */
  #changed({ keys, isMoved, why }) {
    if (why !== 'server') this.#hush();
    if (isMoved) this.list.drawAll();
    else for (const key of keys) this.list.update(key);
    const { selected } = this.list;
    if (selected && !this.store.cue(selected)) this.select(this.store.keyAt(Math.min(this.#lastPlace, this.store.size - 1)), { isStill: true });
    else if (keys.includes(selected)) why === 'edit' && !isMoved ? this.form.drawFacts() : this.form.draw();
    else if (isMoved) this.form.drawFacts();
    this.#lastPlace = this.store.indexOf(this.list.selected);
    this.#tellEmpty();
    this.drawTimeLine(isMoved);
    if (this.store.conflicts.size) this.conflicts.draw();
  }

  #tellEmpty() {
    part(this, 'empty')?.toggleAttribute('hidden', this.store.size > 0);
  }

  /** @param {string[]} keys */
  #judged(keys) {
    for (const key of keys) this.list.update(key);
    this.form.drawFacts();
    this.drawTimeLine(false);
  }

  /** Times at the next picture; words, which are small there, when typing pauses. @param {boolean} isNow */
  drawTimeLine(isNow) {
    const { timeLine, store } = this;
    if (!timeLine?.hasAttribute('ready')) return; // what is set on it before would hide its own properties for good
    const draw = () => {
      this.#isDrawn = true;
      timeLine.cues = store.keys.flatMap((key) => {
        const cue = store.cue(key);
        return cue ? [{ key, start: cue.start, end: cue.end, text: cue.text, severity: store.severity(key) }] : [];
      });
    };
    clearTimeout(this.#drawTimer);
    if (!isNow) {
      this.#drawTimer = setTimeout(draw, WORDS_LATER_MS);
      return;
    }
    if (this.#isDrawn) requestAnimationFrame(draw);
    this.#isDrawn = false;
  }

  async #loadPeaks() {
    const { timeLine } = this;
    if (!timeLine) return;
    await customElements.whenDefined('edu-cue-timeline');
    const { speech, cuts } = this.hearing;
    Object.assign(timeLine, { duration: this.duration, frameMs: Number(this.dataset.frame) || 40, speech, cuts });
    this.drawTimeLine(true);
    timeLine.selected = this.list.selected;
    if (!this.dataset.peaks) return;
    try {
      const response = await fetch(this.dataset.peaks);
      if (response.ok) timeLine.peaks = await response.json();
    } catch {
      // the time line shows the captions without the wave
    }
  }

  #followed() {
    const at = this.time;
    const key = this.store.keyAt(this.store.indexAt(at));
    const cue = this.store.cue(key);
    this.list.setNow(cue && cue.end > at ? key : '', Boolean(this.player?.store?.playing));
    const place = part(this, 'clock');
    const text = words(this, 'clock', { time: (at / 1000).toFixed(1) });
    if (place && place.textContent !== text) place.textContent = text;
  }

  #tellState() {
    const state = this.sync.state ?? 'saved';
    const before = this.getAttribute('state');
    if (before === state) return;
    this.setAttribute('state', state);
    const place = part(this, 'state');
    if (place) place.textContent = words(this, `state-${state}`);
    if (['away', 'refused', 'replaced', 'out'].includes(state)) this.say(`state-${state}`, {}, state === 'refused' ? this.sync.message : '');
    if (before === 'away' && state === 'saved') this.say('state-saved');
    else if (state === 'saved' && this.#said.match(/^(save-first|conflict|state-)/)) this.#hush();
    if (before === 'saving') part(document, 'discard')?.removeAttribute('hidden'); // now there is a copy to give up
    part(this, 'reload')?.toggleAttribute('hidden', state !== 'replaced' && state !== 'out');
  }

  /** @param {string} sentence @param {Record<string, string | number>} [values] @param {string} [more] */
  say(sentence, values, more = '') {
    this.#said = sentence;
    const line = part(this, 'said');
    if (line) line.textContent = `${words(this, sentence, values)} ${more}`.trim();
  }

  /** What was said of earlier work is over. */
  #hush() {
    this.#said = '';
    for (const line of this.querySelectorAll('[data-part="said"], .timeline-said')) line.textContent = '';
  }

  // -- what is done ----------------------------------------------------------------------------------------

  /** @param {import('./caption-store.js').Cue} cue @param {{ label: string, join: string }} how */
  #edited(cue, how) {
    this.store.edit([{ key: this.form.key, cue }], how);
  }

  /** @param {{ key: string, isByKey?: boolean }} what */
  #picked({ key, isByKey = false }) {
    this.select(key, { isFocused: true });
    if (!isByKey) this.#seekTo(key);
  }

  /** @param {string} key @param {{ isFocused?: boolean, isStill?: boolean }} [how]  isStill: the film stays where it is */
  select(key, { isFocused = false, isStill = false } = {}) {
    if (key !== this.list.selected) this.store.seal();
    this.list.select(key, { isFocused });
    this.form.show(key);
    this.#lastPlace = this.store.indexOf(key);
    if (this.timeLine?.hasAttribute('ready')) this.timeLine.selected = key;
    if (!isStill && !this.player?.store?.playing) this.#seekTo(key);
  }

  /** @param {string} key */
  #seekTo(key) {
    const cue = this.store.cue(key);
    if (cue) this.player?.store?.seek(cue.start / 1000 + 0.001);
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.defaultPrevented || this.typing.pressed(event)) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest('dialog[open]')) return;
    const place = placeOf(target);
    const wanted = keyAction(event, place, IS_APPLE);
    if (!wanted || (wanted.action === 'leave' && target?.closest('edu-player, edu-cue-timeline'))) return;
    event.preventDefault();
    event.stopPropagation();
    this.acts.act(wanted.action, wanted.value ?? 0, place);
  }

  /** @param {Event} event */
  #clicked(event) {
    const button = event.target instanceof Element ? event.target.closest('[data-act]') : null;
    if (button) this.acts.act(button.getAttribute('data-act') ?? '', Number(button.getAttribute('data-value') ?? 0), 'button');
  }

  /** A form that works on the whole copy goes out once all is saved, and says of which state it speaks. @param {SubmitEvent} event */
  #sending(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute('data-needs-saved')) return;
    const field = form.elements.namedItem('revision');
    const stamp = () => { if (field instanceof HTMLInputElement) field.value = String(this.store.revision); };
    if (this.sync.state === 'saved' && !this.store.conflicts.size) return stamp();
    event.preventDefault();
    void this.sync.flush().then((isDone) => {
      stamp();
      if (isDone && !this.store.conflicts.size) form.requestSubmit(/** @type {HTMLElement | null} */ (event.submitter));
      else this.say('save-first');
    });
  }

  /** @param {HTMLSelectElement} choice */
  async #showBeside(choice) {
    const { look } = this.list;
    try {
      const lines = choice.value ? await this.sync.ask('GET', choice.value, undefined, this.dataset.lines) : null;
      look.beside = lines ? beside(lines.rows) : null;
      look.besideLanguage = lines?.language ?? '';
    } catch {
      this.say('away');
      choice.value = '';
    }
    this.toggleAttribute('beside', Boolean(look.beside));
    this.list.updateSeen();
    this.list.drawAll();
    this.list.show(this.list.selected);
  }
}

customElements.define('edu-caption-editor', EduCaptionEditor);
