// Audio description: what is seen, said aloud by the browser; without a voice as a sound made before, or as text.

import { choices, remember } from '../player/preferences.js';
import { part, words } from '../wording.js';
import { Describer, readingMs, voicesOf, wayOf } from './describing.js';
import { PracticeTools } from './tools.js';

/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */
/** @typedef {import('../player/player-store.js').PlayerStore} PlayerStore */

/** So long a browser may take to name its voices. */
const VOICES_MS = 1500;

export default class Describe {
  #player;
  #panel;
  #on = false;
  /** @type {Describer | null} */ #describer = null;
  /** @type {TextTrack | undefined} */ #track;
  /** @type {SpeechSynthesisVoice[]} */ #voices = [];
  /** @type {HTMLOptionElement | undefined} the film with its described sound */ #sound;
  /** @type {HTMLElement | null} */ #box = null;

  /** @param {EduPlayer} player @param {HTMLElement | null} panel */
  constructor(player, panel) {
    this.#player = player;
    this.#panel = panel;
    const { lang } = document.documentElement;
    const tracks = player.store?.tracks.filter(({ kind }) => kind === 'descriptions') ?? [];
    this.#track = tracks.find(({ language }) => language === lang) ?? tracks[0];
    this.#sound = [.../** @type {HTMLSelectElement | null} */ (part(player, 'sound'))?.options ?? []].find(
      (option) => 'described' in option.dataset,
    );
    player.store?.addEventListener('change', (event) => this.#heard(/** @type {CustomEvent<string>} */ (event)));
    addEventListener('pagehide', () => this.#describer?.stopped());
    this.#listen();
  }

  /** @param {string} _ @param {number} __ @param {boolean} resumed */
  async act(_, __, resumed) {
    await this.#turn(resumed || !this.#on, resumed);
  }

  async shown() {
    await this.#find();
    this.#fill();
  }

  /** What is described goes on when the panel is put away. */
  leave() {}

  /** @param {boolean} on @param {boolean} resumed */
  async #turn(on, resumed) {
    this.#on = on;
    const way = on ? await this.#begin() : 'off';
    if (way === 'none') this.#on = false;
    if (!on) this.#end();
    if (way !== 'none') PracticeTools.keep('describe', on);
    this.#panel?.querySelector('[data-action="describe"]')?.setAttribute('aria-pressed', String(this.#on));
    if (!resumed || way === 'sound' || way === 'text') this.#player.notice(this.#words(way));
  }

  async #begin() {
    const { store } = this.#player;
    const cues = await this.#find();
    const way = wayOf({ track: cues.length > 0, voices: this.#voices.length > 0, sound: this.#sound !== undefined });
    if (way === 'sound') this.#take(this.#sound?.value ?? '');
    if (!store || way === 'sound' || way === 'none' || this.#describer) return way;
    const film = { pause: () => store.pause(), play: () => void store.play() };
    const voice = way === 'voice' ? this.#aloud() : this.#written();
    this.#describer = new Describer(cues, film, voice, choices().describe?.waits !== false);
    if (store.playing) this.#describer.at(store.time);
    return way;
  }

  #end() {
    if (this.#sound?.selected) this.#take('');
    this.#describer?.end();
    this.#describer = null;
  }

  /** @param {string} url  of the film with another sound, '' = with its own */
  #take(url) {
    const list = /** @type {HTMLSelectElement | null} */ (part(this.#player, 'sound'));
    if (list) list.value = url;
    void this.#player.source?.choose(url);
  }

  /** The media event that the store heard, or what another tool asks for. @param {CustomEvent<string>} event */
  #heard(event) {
    const what = event.detail;
    const { store } = this.#player;
    const describer = this.#describer;
    if (!store || !describer) return;
    if (what === 'timeupdate' && store.playing) describer.at(store.time);
    if (what === 'seeking') describer.moved(store.time);
    if (what === 'pause') describer.stopped();
    if (what === 'still') describer.stilled();
    if (what === 'play') describer.started();
    if ((what === 'interrupt' && describer.interrupt()) || (what === 'resume' && describer.resume())) event.preventDefault();
  }

  /** The descriptions of the track, once they are loaded, and the voices for them. */
  async #find() {
    const track = this.#track;
    if (!track) return [];
    await loaded(track, this.#player);
    this.#voices = voicesOf(await voices(), track.language);
    return [...(track.cues ?? [])].map((cue) => {
      const { startTime, endTime, text } = /** @type {VTTCue} */ (cue);
      return { start: startTime, end: endTime, text: text.replace(/<[^>]*>/g, '') };
    });
  }

  /** @returns {import('./describing.js').Voice} */
  #aloud() {
    return {
      say: (text, done) => {
        const told = new SpeechSynthesisUtterance(text);
        const { rate = 1, voice = '' } = choices().describe ?? {};
        told.voice = this.#voices.find(({ name }) => name === voice) ?? this.#voices[0] ?? null;
        told.lang = this.#track?.language ?? '';
        told.rate = rate;
        told.onend = done;
        told.onerror = done;
        speechSynthesis.speak(told);
      },
      hush: () => speechSynthesis.cancel(),
    };
  }

  /** Over the picture, where screen readers say it. @returns {import('./describing.js').Voice} */
  #written() {
    const box = (this.#box ??= this.#draw());
    /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
    const clear = () => {
      clearTimeout(timer);
      box.textContent = '';
    };
    return {
      say: (text, done) => {
        box.textContent = text;
        timer = setTimeout(() => { clear(); done(); }, readingMs(text));
      },
      hush: clear,
    };
  }

  #draw() {
    const box = document.createElement('p');
    box.className = 'player-described';
    box.setAttribute('role', 'status');
    box.lang = this.#track?.language ?? '';
    part(this.#player, 'stage')?.append(box);
    return box;
  }

  #listen() {
    this.#whenChanged('waits', (field) => {
      const waits = /** @type {HTMLInputElement} */ (field).checked;
      this.#keep({ waits });
      if (this.#describer) this.#describer.waits = waits;
    });
    this.#whenChanged('describe-rate', ({ value }) => this.#keep({ rate: Number(value) }));
    this.#whenChanged('voice', ({ value }) => this.#keep({ voice: value }));
  }

  /** @param {string} name @param {(field: HTMLInputElement | HTMLSelectElement) => void} act */
  #whenChanged(name, act) {
    const field = this.#panel && /** @type {HTMLInputElement | null} */ (part(this.#panel, name));
    field?.addEventListener('change', () => act(field));
  }

  /** @param {{ rate?: number, voice?: string, waits?: boolean }} change */
  #keep(change) {
    remember({ describe: { ...choices().describe, ...change } });
  }

  #fill() {
    const panel = this.#panel;
    if (!panel) return;
    const { rate = 1, voice = '', waits = true } = choices().describe ?? {};
    const [tick, rates, list] = ['waits', 'describe-rate', 'voice'].map((name) => /** @type {HTMLInputElement} */ (part(panel, name)));
    if (tick) tick.checked = waits;
    if (rates) rates.value = String(rate);
    list?.replaceChildren(...this.#voices.map(({ name }) => new Option(name, name, false, name === voice)));
    for (const field of [rates, list]) /** @type {HTMLElement} */ (field?.parentElement).hidden = this.#voices.length === 0;
  }

  /** @param {string} name */
  #words(name) {
    return words(this.#panel ?? this.#player, name);
  }
}

/**
 * The track has its cues, or it is known that it will not get them.
 * @param {TextTrack} track
 * @param {HTMLElement} player
 */
async function loaded(track, player) {
  const element = [...player.querySelectorAll('track')].find((one) => one.track === track);
  track.mode = 'hidden';
  if (!element || element.readyState >= HTMLTrackElement.LOADED) return;
  await new Promise((done) => {
    for (const name of ['load', 'error']) element.addEventListener(name, done, { once: true });
  });
}

/** The voices of the browser; some name them late, some have none. @returns {Promise<readonly SpeechSynthesisVoice[]>} */
async function voices() {
  if (!('speechSynthesis' in globalThis)) return [];
  const found = speechSynthesis.getVoices();
  if (found.length > 0) return found;
  await new Promise((done) => {
    speechSynthesis.addEventListener('voiceschanged', done, { once: true });
    setTimeout(done, VOICES_MS);
  });
  return speechSynthesis.getVoices();
}
