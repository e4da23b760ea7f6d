// The panel of settings, and what the browser remembers of them.

import { choices, remember } from './preferences.js';
import { part, words } from '../wording.js';

/** @typedef {import('./player-store.js').PlayerStore} PlayerStore */
/** @typedef {import('./player-captions.js').CaptionLayer} CaptionLayer */
/** @typedef {HTMLElement & { notice(sentence: string): void, complete(): void }} Host */

export class PlayerSettings {
  #host;
  #store;
  #captions;
  #source;
  #shownRate = 1; // as the page has it written

  /**
   * @param {Host} host
   * @param {PlayerStore} store
   * @param {CaptionLayer} captions
   * @param {import('./player-source.js').FilmSource} source
   * @param {string} usual  language of the captions that the author shows by default, '' = none
   */
  constructor(host, store, captions, source, usual) {
    this.#host = host;
    this.#store = store;
    this.#captions = captions;
    this.#source = source;
    this.#offerLanguages();
    this.#restore(usual);
    this.#listen();
  }

  /** Shows the panel or puts it away. @param {boolean} [open] */
  toggle(open) {
    const panel = part(this.#host, 'settings');
    const button = this.#host.querySelector('[data-action="settings"]');
    if (!panel || !button) return;
    panel.hidden = !(open ?? panel.hidden);
    if (!panel.hidden) this.#enliven();
    button.setAttribute('aria-expanded', String(!panel.hidden));
    if (!panel.hidden) part(panel, 'rate')?.focus();
    else if (panel.contains(document.activeElement)) /** @type {HTMLElement} */ (button).focus();
  }

  get isOpen() {
    return part(this.#host, 'settings')?.hidden === false;
  }

  /** Off, or on again in the language of last time. */
  toggleCaptions() {
    const { languages, language } = this.#captions;
    const last = choices().captions || document.documentElement.lang;
    const wanted = languages.find((one) => one.language === last) ?? languages[0];
    this.#chooseCaptions(language === '' ? (wanted?.language ?? '') : '');
  }

  /** Draws what the store says. */
  update() {
    const { rate } = this.#store;
    const shown = part(this.#host, 'rate-shown');
    if (shown && rate !== this.#shownRate) shown.textContent = `${rate.toLocaleString(document.documentElement.lang || 'en')}×`;
    this.#shownRate = rate;
    this.#select('rate', String(rate));
    this.#select('language', this.#captions.language);
    const button = this.#host.querySelector('[data-action="captions"]');
    button?.setAttribute('aria-pressed', String(this.#captions.language !== ''));
    const volume = /** @type {HTMLInputElement | null} */ (part(this.#host, 'volume'));
    if (volume) volume.value = String(this.#store.muted ? 0 : this.#store.volume);
  }

  #offerLanguages() {
    const list = part(this.#host, 'language');
    const options = this.#captions.languages.map(({ language, label }) => new Option(label, language));
    list?.append(...options);
    const button = this.#host.querySelector('[data-action="captions"]');
    if (options.length === 0) button?.setAttribute('aria-disabled', 'true');
  }

  /** @param {string} usual */
  #restore(usual) {
    const { rate, volume, muted, captions, look, sound, quality, keys, signs } = choices();
    if (typeof rate === 'number' && rate >= 0.25 && rate <= 2) this.#store.setRate(rate);
    if (typeof volume === 'number') this.#store.setVolume(volume);
    if (muted === true) this.#store.setMuted(true);
    const kept = this.#captions.languages.find((one) => one.language === captions);
    this.#captions.choose(captions === '' ? captions : (kept?.language ?? usual));
    if (look || quality || keys || signs === false) this.#enliven();
    const spoken = [...(this.#list('sound')?.options ?? [])].find(({ lang }) => lang === sound);
    if (spoken?.value) {
      spoken.selected = true;
      void this.#source.choose(spoken.value);
    }
    this.update();
  }

  #listen() {
    this.#on('rate', (value) => this.#store.setRate(Number(value)));
    this.#on('language', (value) => this.#chooseCaptions(value));
    this.#on('sound', (value, { lang, label }) => {
      void this.#source.choose(value);
      remember({ sound: lang });
      this.#host.notice(words(this.#host, 'sound', { language: label }));
    });
    part(this.#host, 'volume')?.addEventListener('input', (event) => {
      this.#store.setVolume(Number(/** @type {HTMLInputElement} */ (event.target).value));
    });
    this.#store.addEventListener('change', (event) => {
      const what = /** @type {CustomEvent<string>} */ (event).detail;
      if (what === 'ratechange' && !this.#store.isDrilled) remember({ rate: this.#store.rate });
      if (what === 'volumechange') remember({ volume: this.#store.volume, muted: this.#store.muted });
    });
  }

  /** @param {string} name @param {(value: string, option: HTMLOptionElement) => void} act */
  #on(name, act) {
    const list = this.#list(name);
    list?.addEventListener('change', () => {
      const [option] = list.selectedOptions;
      if (option) act(option.value, option);
    });
  }

  /** @param {string} language */
  #chooseCaptions(language) {
    this.#captions.choose(language);
    remember({ captions: language });
    this.update();
  }

  /** What few people change comes when it is asked for, or was changed before. */
  #enliven() {
    this.#host.complete();
    void import('../practice/choosing.js').then(({ enliven }) => enliven(this.#host, this.#source));
  }

  /** @param {string} name @param {string} value */
  #select(name, value) {
    const list = this.#list(name);
    if (list && list.value !== value) list.value = value;
  }

  /** @param {string} name */
  #list(name) {
    return /** @type {HTMLSelectElement | null} */ (part(this.#host, name));
  }
}
