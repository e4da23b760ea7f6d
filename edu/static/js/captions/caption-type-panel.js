// Typing along: plays a phrase, stops, waits for the words, makes a caption of them, plays the next.

import { inTwoLines } from './caption-split.js';
import { toCueText } from './caption-text.js';
import { phrase } from './caption-type.js';
import { shortTime } from './caption-row.js';
import { part } from '../wording.js';

/** @typedef {import('./edu-caption-editor.js').EduCaptionEditor} Room */

export class TypePanel {
  #room;
  #panel;
  #speech;
  /** @type {import('./caption-type.js').Span | null} */ #phrase = null;

  /** @param {Room} room @param {readonly (readonly number[])[]} speech @param {AbortSignal} signal */
  constructor(room, speech, signal) {
    this.#room = room;
    this.#speech = speech;
    this.#panel = /** @type {HTMLElement} */ (part(room, 'type'));
    this.#panel.addEventListener('click', (event) => {
      const what = event.target instanceof Element ? event.target.closest('[data-type]')?.getAttribute('data-type') : '';
      if (what === 'keep') this.#keep();
      if (what === 'again') this.#play();
      if (what === 'skip') this.#next(this.#phrase?.end ?? 0);
      if (what === 'stop') this.close();
    }, { signal });
  }

  get isOpen() { return !this.#panel.hidden; }
  get #field() { return /** @type {HTMLTextAreaElement} */ (part(this.#panel, 'heard')); }

  toggle() {
    if (this.isOpen) this.close();
    else this.open();
  }

  open() {
    this.#panel.hidden = false;
    part(this.#room, 'form')?.toggleAttribute('hidden', true);
    this.#field.focus();
    this.#next(this.#room.time);
  }

  close() {
    this.#panel.hidden = true;
    part(this.#room, 'form')?.toggleAttribute('hidden', false);
    this.#room.player?.store?.pause();
    this.#room.list.focus();
    this.#room.say('type-ended');
  }

  /** Enter keeps and goes on; with Shift it is a new line. @param {KeyboardEvent} event */
  pressed(event) {
    if (event.target !== this.#field || event.key !== 'Enter' || event.shiftKey || event.isComposing) return false;
    event.preventDefault();
    this.#keep();
    return true;
  }

  replay() { this.#play(); }

  /** @param {number} from ms */
  #next(from) {
    const { store, duration } = this.#room;
    const cues = store.keys.flatMap((key) => store.cue(key) ?? []);
    this.#phrase = phrase(from, cues, this.#speech, duration);
    const told = part(this.#panel, 'phrase');
    if (!this.#phrase) {
      if (told) told.textContent = '';
      return this.#room.say('type-done');
    }
    if (told) told.textContent = `${shortTime(this.#phrase.start)} – ${shortTime(this.#phrase.end)}`;
    return this.#play();
  }

  #play() {
    if (this.#phrase) void this.#room.player?.store?.playRange(this.#phrase.start / 1000, this.#phrase.end / 1000);
  }

  #keep() {
    const text = toCueText(this.#field.value.trim());
    if (!this.#phrase) return;
    if (text) {
      const cue = { ...this.#phrase, text: inTwoLines(text), identifier: '', settings: '' };
      const key = this.#room.store.newKey();
      this.#room.store.edit([{ key, cue }], { label: 'new' });
      this.#room.select(key, { isStill: true });
      this.#room.say('typed', { start: shortTime(cue.start) });
    }
    this.#field.value = '';
    this.#next(this.#phrase.end);
  }
}
