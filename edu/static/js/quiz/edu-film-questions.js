// <edu-film-questions for="player" data-url>: the list of the questions in a film, and the film that stops for them.
//
// A question is asked when the film is played over its time, once, unless it has an answer, was skipped, or the viewer
// switched that off. Where the question cannot be had, the film goes on and the list says so.

import { Watching } from '../player/edu-clip.js';
import { Crossing, due, wait } from './film-crossing.js';
import { FilmPanel } from './film-panel.js';
import { clock } from '../player/media-time.js';
import { choices, remember } from '../player/preferences.js';
import { quiet } from '../player/quiet.js';
import { part, words } from '../wording.js';

/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */
/** @typedef {import('../player/player-store.js').PlayerStore} PlayerStore */
/** @typedef {{ at: number, done: boolean, number: number, quiz: string, url: string, start: string }} Question  url: '' before the quiz is begun */
/** @typedef {HTMLVideoElement & { webkitDisplayingFullscreen?: boolean, webkitExitFullscreen?: () => void }} PhoneVideo */

/** How far back "the step" begins in a film without steps. Seconds. */
const BACK = 20;

export class EduFilmQuestions extends HTMLElement {
  #life = new AbortController();
  #crossing = new Crossing();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {EduPlayer | null} */ #player = null;
  /** @type {FilmPanel | null} */ #panel = null;
  /** @type {HTMLDialogElement | null} */ #dialog = null;
  /** @type {Question[]} */ #next = [];
  /** @type {Question | null} */ #asked = null;
  /** Those that were passed over in this view of the page. @type {Set<string>} */ #skipped = new Set();
  #goesOn = false;
  #hasMet = false;
  /** What is watched again after an answer. @type {{ clip: HTMLElement, url: string, end: number, watching: Watching } | null} */ #again = null;

  connectedCallback() {
    if (this.#dialog) return;
    this.#draw();
    const { signal } = this.#life;
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    this.addEventListener('submit', (event) => this.#began(event), { signal });
    void customElements.whenDefined('edu-player').then(() => this.#meet());
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#life.abort();
    this.#dialog?.remove();
  }

  get #store() {
    return this.#player?.store ?? null;
  }

  #draw() {
    const template = this.querySelector('template');
    const drawn = /** @type {DocumentFragment | undefined} */ (template?.content.cloneNode(true));
    this.#dialog = drawn?.querySelector('dialog') ?? null;
    if (!template || !drawn || !this.#dialog) return;
    document.body.append(this.#dialog); // a modal dialog lies over a player that fills the screen as well
    const panel = new FilmPanel(this.#dialog, this);
    panel.addEventListener('checked', () => this.#checked());
    panel.addEventListener('left', (event) => this.#left(/** @type {CustomEvent} */ (event).detail.how));
    this.#panel = panel;
    for (const box of [part(drawn, 'switch'), part(this.#dialog, 'ask')]) {
      if (!(box instanceof HTMLInputElement)) continue;
      box.checked = choices().ask !== false;
      box.addEventListener('change', () => this.#switch(box.checked));
    }
    const { signal } = this.#life; // whose focus a browser shows, it does not know when a film moves it
    for (const name of ['pointerdown', 'keydown']) {
      addEventListener(name, () => this.#dialog?.toggleAttribute('data-pointer', name === 'pointerdown'), { capture: true, signal });
    }
    template.before(drawn);
  }

  /** @param {boolean} isOn */
  #switch(isOn) {
    remember({ ask: isOn });
    for (const box of [part(this, 'switch'), this.#dialog && part(this.#dialog, 'ask')]) {
      if (box instanceof HTMLInputElement) box.checked = isOn;
    }
  }

  #meet() {
    const player = document.getElementById(this.getAttribute('for') ?? '');
    if (!player || this.#life.signal.aborted) return;
    this.#player = /** @type {EduPlayer} */ (player);
    const store = this.#store;
    if (!store) return;
    const { signal } = this.#life;
    store.addEventListener('change', (event) => this.#heard(/** @type {CustomEvent} */ (event).detail, store), { signal });
    addEventListener('pagehide', () => this.#noteAgain(), { signal });
    this.#mark();
  }

  /** @returns {Question[]} */
  get questions() {
    return /** @type {HTMLLIElement[]} */ ([...this.querySelectorAll('li[data-at]')]).map((line) => {
      const quiz = line.dataset.quiz ?? '';
      return {
        at: Number(line.dataset.at) / 1000,
        done: 'done' in line.dataset || this.#skipped.has(`${quiz} ${line.value}`),
        number: line.value,
        quiz,
        url: line.dataset.question ?? '',
        start: `${quiz}/attempts`,
      };
    });
  }

  /** @param {string} what @param {PlayerStore} store */
  #heard(what, store) {
    clearTimeout(this.#timer);
    if (what === 'durationchange') this.#mark();
    if (what === 'playing' && !this.#hasMet) {
      this.#hasMet = true;
      void quiet().then(() => this.#refresh());
    }
    this.#watch(what, store.time);
    const { questions } = this;
    // what a film told just before it jumps is heard when its time is the new one already
    const played = this.#crossing.heard(this.#player?.video?.seeking ? 'seeking' : what, store.time);
    // who practises step by step or round by round has no hand free
    const isAsking = choices().ask !== false && !this.#panel?.isOpen && !store.isDrilled && !this.#player?.hasAttribute('steps');
    const found = due(questions, played, isAsking, store.range?.end);
    if (found.length > 0) {
      store.pause();
      void this.#ask(found, true, true);
    } else if (store.playing) {
      const ms = wait(questions, store.time, store.rate);
      if (ms !== null) this.#timer = setTimeout(() => this.#heard('timeupdate', store), ms);
    }
  }

  /** @param {Question[]} list  one after the other @param {boolean} goesOn  whether the film was running @param {boolean} [isDue]  nobody asked for it */
  async #ask([first, ...rest], goesOn, isDue = false) {
    if (!first || !this.#panel) return;
    this.#goesOn = goesOn;
    this.#next = rest;
    this.#say(words(this, 'opening'));
    try {
      const question = first.url ? first : await this.#begin(first);
      const all = this.querySelectorAll('li[data-at]').length;
      this.#asked = question;
      await this.#leaveSmallScreens();
      await this.#panel.open(question.url, words(this, 'title', { number: question.number, all }));
      this.#tellFirst(isDue);
      this.#fitAgain();
      this.#say('');
    } catch {
      this.#asked = null;
      this.#say(words(this, 'away', { time: clock(first.at) }));
      if (goesOn) void this.#store?.play();
    }
  }

  /** Who is interrupted for the first time hears how not to be. @param {boolean} isDue */
  #tellFirst(isDue) {
    const line = this.#dialog && part(this.#dialog, 'first');
    if (!line) return;
    line.hidden = !isDue || choices().told === true;
    if (isDue) remember({ told: true });
  }

  /** Begins the quiz of a question and finds it again in the attempt. @param {Question} question */
  async #begin(question) {
    await this.#start(question.start);
    const found = this.questions.find(({ at, quiz, url }) => at === question.at && quiz === question.quiz && url !== '');
    if (!found) throw new Error('the question is not asked in this attempt');
    return found;
  }

  /** @param {string} url */
  async #start(url) {
    const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute('content') ?? '';
    const answer = await fetch(url, { method: 'POST', headers: { 'X-CSRFToken': token }, redirect: 'manual' });
    if (answer.type !== 'opaqueredirect') throw new Error(`beginning answered ${answer.status}`);
    await this.#refresh();
  }

  /** How the viewer stands now. What cannot be had stays as it was. */
  async #refresh() {
    const answer = await fetch(this.dataset.url ?? '', { headers: { Accept: 'text/html' } }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const found = part(page, 'standing');
    if (!found) return;
    part(this, 'standing')?.replaceWith(document.importNode(found, true));
    this.#mark();
  }

  /** A phone that fills its screen with the bare film, or a small window with it, would hide the question. */
  async #leaveSmallScreens() {
    const video = /** @type {PhoneVideo | undefined} */ (this.#player?.video);
    if (video?.webkitDisplayingFullscreen) video.webkitExitFullscreen?.();
    if (video && document.pictureInPictureElement === video) await document.exitPictureInPicture().catch(() => undefined);
  }

  #checked() {
    if (this.#asked) this.#asked.done = true;
    this.#fitAgain();
    void this.#refresh();
  }

  /** The step before the question, which the film itself can show again; another step stays a clip of its own. */
  #fitAgain() {
    const clip = this.#panel?.clip;
    if (clip) clip.hidden = clip.dataset.step === this.#step(this.#asked?.at ?? 0).id;
  }

  /** @param {number} at */
  #step(at) {
    const before = (this.#store?.chapters ?? []).filter(({ start }) => start < at - 0.5).at(-1);
    return before ?? { id: '', start: Math.max(0, at - BACK) };
  }

  /** @param {string} how */
  #left(how) {
    const asked = this.#asked;
    this.#asked = null;
    const active = document.activeElement; // where the focus was before; nowhere, if that was nowhere
    if (!active || active === document.body || this.#dialog?.contains(active)) this.#player?.focus({ preventScroll: true });
    if (how === 'skip' && asked) {
      this.#skipped.add(`${asked.quiz} ${asked.number}`);
      this.#say(words(this, 'skipped'));
    }
    if (how === 'again' && asked) this.#back(asked);
    else if (this.#next.length > 0) void this.#ask(this.#next, this.#goesOn);
    else if (this.#goesOn) void this.#store?.play();
  }

  /** @param {Question} asked */
  #back(asked) {
    const clip = this.#panel?.clip;
    const url = /** @type {HTMLElement | null | undefined} */ (clip?.closest('[data-clips-url]'))?.dataset.clipsUrl;
    this.#noteAgain();
    if (clip?.hidden && url) this.#again = { clip, url, end: asked.at, watching: new Watching() };
    const store = this.#store;
    if (!store) return;
    // playing at once, while the jump is under way, leaves some browsers' HLS waiting for ever
    const go = (/** @type {Event} */ event) => {
      if (/** @type {CustomEvent} */ (event).detail !== 'seeked') return;
      store.removeEventListener('change', go);
      void store.play();
    };
    store.addEventListener('change', go, { signal: this.#life.signal });
    store.seek(this.#step(asked.at).start);
  }

  /** @param {string} what @param {number} time */
  #watch(what, time) {
    if (!this.#again) return;
    if (what === 'timeupdate') this.#again.watching.at(time);
    if (what === 'pause' || time >= this.#again.end) this.#noteAgain();
  }

  /** Tells how much of the step was watched again. */
  #noteAgain() {
    const again = this.#again;
    this.#again = null;
    if (!again || again.watching.ms === 0) return;
    const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute('content') ?? '';
    const { item, step } = again.clip.dataset;
    void fetch(again.url, {
      method: 'PUT',
      keepalive: true,
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
      body: JSON.stringify({ item, step, watched_ms: again.watching.ms }),
    }).catch(() => undefined); // the learner has better things to do than to hear of this
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const line = link?.closest('li');
    const question = this.questions.find(({ number }) => number === line?.value);
    if (!line || !question || !this.#store || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link?.dataset.part === 'moment') {
      const detail = { time: question.at, player: this.getAttribute('for'), play: false };
      this.dispatchEvent(new CustomEvent('edu-seek', { bubbles: true, detail }));
      return;
    }
    const wasPlaying = this.#store.playing;
    this.#store.pause();
    void this.#ask([question], wasPlaying);
  }

  /** Beginning again leads to the film here, not to the page of the attempt. @param {SubmitEvent} event */
  #began(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !this.#store) return;
    event.preventDefault();
    this.#skipped.clear();
    this.#start(form.getAttribute('action') ?? '').catch(() => form.submit());
  }

  /** Where on the bar of the film its questions stand; the list says it in words. */
  #mark() {
    const area = this.#player && part(this.#player, 'seek-area');
    const duration = this.#store?.duration ?? 0;
    if (!area || !(duration > 0)) return;
    for (const old of area.querySelectorAll('.film-mark')) old.remove();
    for (const { at, done } of this.questions) {
      const mark = document.createElement('span');
      mark.className = done ? 'film-mark film-mark-done' : 'film-mark';
      mark.style.left = `${Math.min(100, (at / duration) * 100)}%`; // time runs left to right in every script
      mark.setAttribute('aria-hidden', 'true');
      area.append(mark);
    }
  }

  /** @param {string} sentence */
  #say(sentence) {
    const line = part(this, 'said');
    if (line) line.textContent = sentence;
  }
}

customElements.define('edu-film-questions', EduFilmQuestions);
