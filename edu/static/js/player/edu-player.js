// <edu-player>: our controls, captions and keys around the native <video>, which stays in the page as it was.
//
// Attributes of state: ready, started, playing, waiting, muted, captions, chapter="V1-c05", stuck.
// Hears on the document: clicks on a[data-step], edu-seek {time, play?, player?}, edu-play-range {start, end, player?} (seconds).
// Tools of practice (practice/tools.js) come when one is asked for, or was left on.
// Fires, bubbling: edu-time {time, chapter}, edu-range-end {start, end, why}.

import { clock, length, parseFragment } from './media-time.js';
import { CaptionLayer } from './player-captions.js';
import { keyAction, placeOf } from './player-keys.js';
import { canFullscreen, canPicture, toggleFullscreen, togglePicture } from './player-screen.js';
import { SeekBar } from './player-seek.js';
import { PlayerSettings } from './player-settings.js';
import { FilmSource } from './player-source.js';
import { PlayerStore } from './player-store.js';
import { choices, keepPlace, placeIn } from './preferences.js';
import { quiet } from './quiet.js';
import { part, words } from '../wording.js';

const NOTICE_MS = 2600;
const KEEP_EVERY_SECONDS = 5;

/** The same text once more would be drawn anew. @param {Element | null} element @param {string} text */
function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

export class EduPlayer extends HTMLElement {
  #life = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #noticeTimer;
  #keptAt = 0;
  #linked = false;
  #stays = false;
  /** @type {Promise<import('../practice/tools.js').PracticeTools> | null} */ #tools = null;

  connectedCallback() {
    const video = this.querySelector('video');
    const template = this.querySelector('template');
    if (!video || !template || this.hasAttribute('ready')) return;
    this.video = video;
    this.#draw(video, template);
    this.store = new PlayerStore(video, this.#chapters(), Number(this.dataset.duration) / 1000);
    const usual = video.querySelector('track[default]')?.getAttribute('srclang') ?? '';
    this.captions = new CaptionLayer(/** @type {HTMLElement} */ (part(this, 'captions')), this.store.tracks);
    this.seekBar = new SeekBar(this, this.store);
    this.source = new FilmSource(video, this.dataset);
    this.settings = new PlayerSettings(this, this.store, this.captions, this.source, usual);
    this.store.beforePlay(() => this.source?.begin());
    this.#listen(video);
    this.setAttribute('ready', '');
    video.controls = false; // not before all else is there: what fails leaves those of the browser
    this.#update();
    void this.#lookAround(video);
    this.#begin(video);
    const left = [...(this.dataset.tools?.split(' ') ?? []), ...(choices().tools ?? [])];
    if (this.#isMain) for (const tool of new Set(left)) void this.practise(tool, 0, true);
  }

  disconnectedCallback() {
    this.store?.pause();
    this.#life.abort();
  }

  /** @param {HTMLVideoElement} video @param {HTMLTemplateElement} template */
  #draw(video, template) {
    const stage = /** @type {HTMLElement} */ (part(this, 'stage'));
    stage.append(template.content);
    stage.after(/** @type {HTMLElement} */ (part(stage, 'controls')));
    this.tabIndex = -1;
    this.#hide('picture', !canPicture(video));
    this.#hide('fullscreen', !canFullscreen(this, video));
  }

  /** Draws what nobody sees at first, the tools of practice and the list of keys: a film may begin before. */
  complete() {
    const rest = /** @type {HTMLTemplateElement | null} */ (this.querySelector(':scope > template + template'));
    if (!rest) return;
    rest.remove();
    part(this, 'stage')?.append(rest.content);
    part(this, 'controls')?.after(part(this, 'tools') ?? '');
  }

  /** @param {HTMLVideoElement} video */
  async #lookAround(video) {
    await quiet();
    this.complete();
    const { watchAround } = await import('./player-around.js');
    if (!this.#life.signal.aborted) watchAround(this, video, this.#life.signal);
  }

  /** @returns {import('./media-time.js').Chapter[]} */
  #chapters() {
    const marks = /** @type {HTMLElement[]} */ ([...this.querySelectorAll('.seek-segment[data-id]')]);
    return marks.map(({ dataset }) => ({
      id: dataset.id ?? '',
      title: dataset.title ?? '',
      start: Number(dataset.start) / 1000,
      end: Number(dataset.end) / 1000,
      isMirrored: 'mirrored' in dataset,
    }));
  }

  /** @param {HTMLVideoElement} video */
  #listen(video) {
    const { signal } = this.#life;
    this.store?.addEventListener('change', (event) => this.#changed(/** @type {CustomEvent<string>} */ (event).detail));
    this.store?.addEventListener('range', (event) => this.#say('edu-range-end', /** @type {CustomEvent} */ (event).detail));
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    this.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    this.addEventListener('dblclick', (event) => {
      if (event.target === video) this.perform('fullscreen');
    }, { signal });
    video.textTracks.addEventListener('change', () => this.captions?.hold(), { signal });
    video.addEventListener('webkitbeginfullscreen', () => this.captions?.leaveToSystem(true), { signal });
    video.addEventListener('webkitendfullscreen', () => this.captions?.leaveToSystem(false), { signal });
    document.addEventListener('edu-seek', (event) => this.#asked(event), { signal });
    document.addEventListener('edu-play-range', (event) => this.#asked(event), { signal });
    addEventListener('pagehide', () => this.#keep(), { signal });
    if (this.#isMain) {
      addEventListener('hashchange', () => this.#follow(location.hash), { signal });
      document.addEventListener('click', (event) => this.#stepAsked(event), { signal });
    }
  }

  get #isMain() {
    return this.hasAttribute('data-main');
  }

  /** Goes to where the address says, else to where this viewer was. @param {HTMLVideoElement} video */
  #begin(video) {
    if (!this.#isMain) return;
    const asked = [location.hash, location.search].find(parseFragment);
    const start = () => {
      if ((asked && this.#follow(asked)) || this.#linked || !this.store) return;
      const place = placeIn(this.dataset.slug ?? '', this.store.duration);
      if (place === 0 || this.store.time > 0) return;
      this.store.seek(place);
      this.notice(words(this, 'resumed', { time: clock(place) }));
    };
    // a browser goes on scrolling to the line of the address until all is loaded
    if (asked) addEventListener('load', () => this.#show(), { once: true, signal: this.#life.signal });
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) start();
    else video.addEventListener('loadedmetadata', start, { once: true, signal: this.#life.signal });
  }

  /** @param {string} hash */
  #follow(hash) {
    const wanted = parseFragment(hash);
    if (!wanted || !this.store) return false;
    const place = 'step' in wanted ? this.store.chapters.find(({ id }) => id === wanted.step) : wanted;
    if (!place) return false;
    if ('step' in wanted || place.end === null) this.store.seek(place.start);
    else this.store.setRange(place.start, place.end);
    this.#show();
    return true;
  }

  /** Smoothly or at once, as the style sheet says for this reader. */
  #show() {
    this.scrollIntoView({ block: 'nearest' });
  }

  /** A link of the text to a step of this film (a[data-step]) plays that step alone. @param {MouseEvent} event */
  #stepAsked(event) {
    const link = event.target instanceof Element ? event.target.closest('a[data-step]') : null;
    const step = this.store?.chapters.find(({ id }) => id === link?.getAttribute('data-step'));
    if (!step || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#linked = true;
    this.#show();
    void this.store?.playRange(step.start, step.end);
  }

  /** @param {Event} event */
  #asked(event) {
    const { time, start, end, play, player } = /** @type {CustomEvent} */ (event).detail ?? {};
    if (player === undefined ? !this.#isMain : player !== this.id) return;
    this.#linked = true;
    if (event.type === 'edu-seek') this.store?.seek(Number(time));
    else void this.store?.playRange(Number(start), Number(end));
    if (!play) return;
    this.#show();
    void this.store?.play();
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    const action = target.closest('[data-action]')?.getAttribute('data-action');
    if (this.settings?.isOpen && action !== 'settings' && !part(this, 'settings')?.contains(target)) this.settings.toggle(false);
    const isPicture = target === this.video || target.closest('.player-start') !== null;
    if (isPicture) this.focus({ preventScroll: true }); // so that the keys work from here on
    if (action || isPicture) this.perform(action ?? 'play', Number(target.closest('[data-value]')?.getAttribute('data-value') ?? 0));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.key === 'Escape' && this.settings?.isOpen) {
      this.settings.toggle(false);
      event.preventDefault();
      return;
    }
    if (event.target instanceof Element && event.target.closest('dialog[open].player-help')) return;
    const wanted = keyAction(event, placeOf(event.target));
    if (!wanted) return;
    event.preventDefault();
    event.stopPropagation();
    this.perform(wanted.action, wanted.value ?? 0);
    void import('./player-announce.js').then(({ announce }) => announce(this, wanted.action));
  }

  /**
   * Everything that a button or a key can ask for.
   * @param {string} action
   * @param {number} [value]
   */
  perform(action, value = 0) {
    const { store, settings, video } = this;
    if (!store || !settings || !video) return;
    /** @type {Record<string, () => unknown>} */
    const acts = {
      play: () => store.toggle(),
      skip: () => store.seek(store.time + value),
      tenth: () => store.seek((store.duration * value) / 10),
      previous: () => store.step(-1),
      next: () => store.step(1),
      louder: () => store.turn(value),
      mute: () => store.setMuted(!store.muted),
      rate: () => store.stepRate(value < 0 ? -1 : 1),
      captions: () => this.#toggleCaptions(),
      settings: () => settings.toggle(),
      picture: () => togglePicture(video),
      fullscreen: () => toggleFullscreen(this, video),
      again: () => this.source?.again(),
      help: () => this.#help(),
    };
    if (action in acts) acts[action]?.();
    else void this.practise(action, value);
  }

  /**
   * Hands an action to the tool of practice that knows it.
   * @param {string} action
   * @param {number} [value]
   * @param {boolean} [resumed]  not asked for: the tool was left on, or the film asks for it
   */
  async practise(action, value = 0, resumed = false) {
    this.complete();
    if (!part(this, 'tools')) return;
    this.#tools ??= import('../practice/tools.js').then(({ PracticeTools }) => new PracticeTools(this));
    try {
      await (await this.#tools).act(action, value, resumed);
    } catch {
      this.#tools = null;
      this.notice(words(this, 'tool-failed'));
    }
  }

  #toggleCaptions() {
    if (this.captions?.languages.length === 0) this.notice(words(this, 'no-captions'));
    this.settings?.toggleCaptions();
    this.#update();
  }

  #help() {
    this.settings?.toggle(false);
    this.complete();
    void import('../practice/keys.js').then(({ openKeys }) => openKeys(this));
  }

  /** @param {string} what  the media event that the store heard */
  #changed(what) {
    if (what === 'play') this.setAttribute('started', '');
    if (what === 'playing' && this.#stays) this.notice('');
    this.#update();
    if (what === 'pause' || what === 'ended') this.#keep();
    if (!this.store) return;
    if (Math.abs(this.store.time - this.#keptAt) >= KEEP_EVERY_SECONDS && this.store.playing) this.#keep();
    if (/^(timeupdate|seeking|seeked|play)$/.test(what)) {
      this.#say('edu-time', { time: this.store.time, chapter: this.store.chapter?.id ?? null });
    }
  }

  #update() {
    const { store } = this;
    if (!store) return;
    this.toggleAttribute('playing', store.playing);
    this.toggleAttribute('waiting', store.waiting && store.playing);
    this.toggleAttribute('muted', store.muted);
    this.setAttribute('captions', this.captions?.language ?? '');
    this.setAttribute('chapter', store.chapter?.id ?? '');
    write(part(this, 'time'), `${(store.time < store.duration ? clock : length)(store.time)} / ${length(store.duration)}`);
    write(part(this, 'chapter'), store.chapter?.title ?? '');
    const [button, label] = [this.#button('play'), words(this, store.playing ? 'pause' : 'play')];
    button?.setAttribute('aria-label', label);
    const key = button?.getAttribute('aria-keyshortcuts');
    button?.setAttribute('title', key ? `${label} (${key})` : label);
    this.seekBar?.update();
    this.settings?.update();
  }

  #keep() {
    const { slug } = this.dataset;
    if (!this.#isMain || !slug || !this.store || !this.hasAttribute('started')) return;
    this.#keptAt = this.store.time;
    keepPlace(slug, this.store.time, Date.now());
  }

  /**
   * One line over the picture, read out by screen readers.
   * @param {string} sentence
   * @param {boolean} [stays]
   */
  notice(sentence, stays = false) {
    const line = part(this, 'notice');
    if (!line) return;
    clearTimeout(this.#noticeTimer);
    line.textContent = sentence;
    this.#stays = stays;
    if (!stays) this.#noticeTimer = setTimeout(() => { line.textContent = ''; }, NOTICE_MS);
  }

  /** @param {string} name @param {object} detail */
  #say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }

  /** @param {string} action @returns {HTMLButtonElement | null} */
  #button(action) {
    return this.querySelector(`.player-button[data-action="${action}"]`);
  }

  /** @param {string} action @param {boolean} hidden */
  #hide(action, hidden) {
    const button = this.#button(action);
    if (button) button.hidden = hidden;
  }
}

customElements.define('edu-player', EduPlayer);
