// <edu-checklist data-save-url>: a station rated with one thumb; marks are kept here and saved as soon as there is a network.

import { AnswerQueue } from '../quiz/answer-queue.js';
import { StationClock } from './checklist-clock.js';
import { hasStamp, noteRevision, noteTime, read, stamp, write } from './checklist-fields.js';
import { Sync } from './checklist-sync.js';
import { clock, parseClock } from '../player/media-time.js';
import { part, words } from '../wording.js';

/** @typedef {import('./checklist-fields.js').Said} Said */

const SETTLE_MS = 400;
const PATIENCE_MS = 20_000;
const TICK_MS = 250;
const CLOCK = 'run:clock';

export class EduChecklist extends HTMLElement {
  #life = new AbortController();
  /** @type {ReturnType<typeof setInterval> | undefined} */ #ticking;
  /** @type {AnswerQueue | null} */ #queue = null;
  /** @type {StationClock | null} */ #clock = null;
  /** @type {Sync | null} */ #sync = null;
  #finishing = '';
  #isLeaving = false;
  #announced = '';

  connectedCallback() {
    const url = this.dataset.saveUrl;
    if (!url) return;
    this.#queue = new AnswerQueue(localStorage, url);
    this.#clock = new StationClock(localStorage, url, Number(this.dataset.elapsed ?? 0));
    this.#sync = new Sync(this.#queue, {
      put: (waiting) => this.#put(url, waiting, false),
      tell: (state) => this.#tell(state),
      giveWay: ({ item, rev, response }) => this.#giveWay(item, rev, response),
    });
    this.#meet();
    const { signal } = this.#life;
    this.addEventListener('change', (event) => this.#changed(event), { signal });
    this.addEventListener('input', (event) => {
      if (event.target instanceof HTMLTextAreaElement) this.#changed(event);
    }, { signal });
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    this.addEventListener('submit', (event) => this.#submitted(event), { signal });
    addEventListener('online', () => (this.#finishing ? void this.#finish() : this.#sync?.soon(0)), { signal });
    addEventListener('offline', () => this.#tell('offline'), { signal });
    addEventListener('pagehide', () => this.#leave(url), { signal });
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
    this.#tick();
    this.#count();
    if (this.#queue.waiting.length > 0) this.#sync.soon(0);
  }

  disconnectedCallback() {
    clearInterval(this.#ticking);
    this.#sync?.stop();
    this.#life.abort();
  }

  /** @returns {HTMLElement[]} */
  get #boxes() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll('[data-name]')]);
  }

  /** @param {string} name */
  #box(name) {
    return this.#boxes.find((box) => box.dataset.name === name) ?? null;
  }

  /** What was kept here and the server lacks comes back into the form; the rest is as the server says. */
  #meet() {
    const names = [CLOCK, ...this.#boxes.map((box) => box.dataset.name ?? '')];
    this.#queue?.keepOnly(names);
    this.#queue?.meet(CLOCK, Number(this.dataset.clockRev ?? 0));
    for (const box of this.#boxes) {
      const missing = this.#queue?.meet(box.dataset.name ?? '', Number(box.dataset.rev ?? 0));
      if (missing) this.#show(box, /** @type {any} */ (missing.response));
      this.#noteRevision(box);
      this.#showStamp(box);
    }
  }

  /** @param {Event} event */
  #changed(event) {
    const target = /** @type {HTMLInputElement} */ (event.target);
    const box = /** @type {HTMLElement | null} */ (target.closest('[data-name]'));
    if (!box || this.#sync?.isClosed) return;
    if (target.name.startsWith('v.') && this.#clock) {
      if (this.#clock.isRunning) noteTime(box, this.#clock.elapsed);
      if (this.#clock.recording !== null && !hasStamp(box)) stamp(box, this.#clock.recording);
    }
    this.#keep(box);
  }

  /** @param {HTMLElement} box */
  #keep(box) {
    this.#send(box.dataset.name ?? '', read(box));
    this.#noteRevision(box);
    this.#showStamp(box);
    this.#count();
  }

  /** @param {string} name @param {Said} said */
  #send(name, said) {
    this.#queue?.put(name, /** @type {any} */ (said));
    this.#tell(navigator.onLine ? 'saving' : 'offline');
    this.#sync?.soon(SETTLE_MS);
  }

  /** @param {Event} event */
  #clicked(event) {
    const button = /** @type {Element} */ (event.target).closest('button[data-do]');
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const what = button.dataset.do;
    if (what === 'clock') this.#toggleClock();
    else if (what === 'recording') this.#clock?.setRecording(0);
    else if (what === 'recording-at') this.#setRecording();
    else if (what === 'back') this.#goBack();
    else if (what === 'branch') this.#openBranch(button.dataset.branch ?? '');
    this.#tick();
  }

  #toggleClock() {
    if (this.#clock?.isRunning) {
      this.#clock.pause();
      this.#keepClock();
    } else {
      this.#clock?.start();
      this.#announce(words(this, 'running'));
    }
  }

  #keepClock() {
    const at = this.#clock?.hasBegun ? this.#clock.elapsed : null;
    this.#send(CLOCK, { value: null, at_ms: at, recording_ms: null, note: '' });
  }

  #setRecording() {
    const input = part(this, 'recording-field');
    const seconds = input instanceof HTMLInputElement ? parseClock(input.value.trim()) : null;
    if (seconds !== null) this.#clock?.setRecording(Math.round(seconds * 1000));
    input?.toggleAttribute('aria-invalid', seconds === null);
  }

  /** @param {string} name */
  #openBranch(name) {
    const box = this.#box(name);
    if (!box) return;
    const isNew = box.hidden;
    this.#reveal(box);
    if (isNew && this.#clock) {
      const at = this.#clock.isRunning ? this.#clock.elapsed : null;
      this.#send(name, { value: 1, at_ms: at, recording_ms: this.#clock.recording, note: '' });
      this.#noteRevision(box);
      this.#announce(words(this, 'branch'));
    }
    box.querySelector('h2')?.focus();
    box.scrollIntoView({ block: 'start' });
    this.#count();
  }

  /** To the first step outside of branches that has no mark, or to the ratings. */
  #goBack() {
    const steps = [...this.querySelectorAll('fieldset.mark')].filter((step) => !step.closest('.branch'));
    const open = steps.find((step) => !step.querySelector('input[type="radio"]:checked'));
    const place = open ?? this.querySelector('#ratings');
    /** @type {HTMLElement | null | undefined} */ (place?.querySelector('input[type="radio"]'))?.focus({ preventScroll: true });
    place?.scrollIntoView({ block: 'start' });
  }

  /** @param {HTMLElement} box */
  #reveal(box) {
    box.hidden = false;
    this.querySelector(`button[data-branch="${box.dataset.name}"]`)?.classList.add('is-open');
  }

  /** @param {HTMLElement} box @param {Said} said */
  #show(box, said) {
    if (box.dataset.name?.startsWith('branch:')) {
      if (said.value) this.#reveal(box);
      return;
    }
    write(box, said);
    this.#showStamp(box);
  }

  /** Somebody marked this later in another window: that is shown here too. @param {string} item @param {number} rev @param {Said} said */
  #giveWay(item, rev, said) {
    const box = this.#box(item);
    if (!box) return;
    this.#show(box, said);
    noteRevision(box, rev);
    this.#count();
  }

  /** @param {HTMLElement} box */
  #noteRevision(box) {
    noteRevision(box, this.#queue?.newest(box.dataset.name ?? '') ?? 0);
  }

  /** @param {HTMLElement} box */
  #showStamp(box) {
    const line = part(box, 'stamp');
    if (!line) return;
    const { at_ms, recording_ms } = read(box);
    const parts = [];
    if (at_ms !== null) parts.push(words(this, 'at', { time: clock(at_ms / 1000) }));
    if (recording_ms !== null) parts.push(words(this, 'in-recording', { time: clock(recording_ms / 1000) }));
    line.textContent = parts.join(' · ');
  }

  #count() {
    const steps = [...this.querySelectorAll('fieldset.mark')].filter((step) => !step.closest('[hidden]'));
    const marked = steps.filter((step) => step.querySelector('input[type="radio"]:checked')).length;
    const line = part(this, 'marked');
    if (line) line.textContent = words(this, 'marked', { count: marked, all: steps.length });
  }

  #tick() {
    const station = this.#clock;
    if (!station) return;
    const elapsed = station.elapsed;
    const limit = Number(this.dataset.time ?? 0);
    const warning = Number(this.dataset.warning ?? 0);
    const face = part(this, 'clock');
    if (face) face.textContent = clock(elapsed / 1000);
    const state = limit && elapsed >= limit ? 'over' : warning && elapsed >= warning ? 'late' : '';
    this.toggleAttribute('late', state === 'late');
    this.toggleAttribute('over', state === 'over');
    if (state && state !== this.#announced && station.isRunning) this.#announce(words(this, state));
    this.#announced = state || this.#announced;
    const button = this.querySelector('button[data-do="clock"]');
    const label = words(this, station.isRunning ? 'pause' : station.hasBegun ? 'resume' : 'start');
    if (button && button.textContent !== label) button.textContent = label;
    const recording = part(this, 'recording');
    const shown = station.recording === null ? '' : words(this, 'recording', { time: clock(station.recording / 1000) });
    if (recording && recording.textContent !== shown) recording.textContent = shown;
  }

  /** @param {string} sentence */
  #announce(sentence) {
    const line = part(this, 'announcement');
    if (line) line.textContent = sentence;
  }

  /** Finishing waits until everything is saved: without network it is done as soon as there is one again. @param {Event} event */
  #submitted(event) {
    const { submitter, target } = /** @type {SubmitEvent} */ (event);
    if (this.#isLeaving || this.#sync?.isClosed || !(target instanceof HTMLFormElement)) return;
    event.preventDefault();
    if (!(submitter instanceof HTMLButtonElement) || submitter.name !== 'finish') return;
    this.#finishing = submitter.value;
    if (this.#clock?.isRunning) this.#clock.pause();
    this.#keepClock(); // also where all is saved already: the answer to it says that there is a network
    void this.#finish();
  }

  async #finish() {
    this.#tell('finishing');
    const isSaved = await this.#sync?.flush();
    if (isSaved) this.#post();
    else if (this.#finishing && !this.#sync?.isClosed) this.#tell('waiting');
  }

  #post() {
    const form = this.querySelector('form.station');
    if (!(form instanceof HTMLFormElement) || this.#isLeaving) return;
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = 'finish';
    input.value = this.#finishing;
    form.append(input);
    this.#isLeaving = true;
    this.#clock?.forget(); // the server knows it
    form.submit();
  }

  /** The last word before the page goes; what does not arrive is still kept here. @param {string} url */
  #leave(url) {
    const waiting = this.#queue?.waiting ?? [];
    if (waiting.length && !this.#sync?.isClosed && !this.#isLeaving) this.#put(url, waiting, true).catch(() => undefined);
  }

  /** @param {string} url @param {any[]} waiting @param {boolean} keepalive */
  #put(url, waiting, keepalive) {
    const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute('content') ?? '';
    return fetch(url, {
      method: 'PUT',
      keepalive,
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
      body: JSON.stringify({ marks: waiting }),
    });
  }

  /** @param {string} state */
  #tell(state) {
    if (this.#finishing && state === 'saved') {
      void this.#finish();
      return;
    }
    const shown = this.#finishing && state === 'kept' ? 'waiting' : state;
    this.setAttribute('state', shown);
    const line = part(this, 'saved');
    const sentence = words(this, shown);
    if (line && line.textContent !== sentence) line.textContent = sentence;
  }
}

customElements.define('edu-checklist', EduChecklist);
