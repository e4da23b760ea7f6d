// Recordings of one's own on the page that compares: made with the camera or chosen as files, kept in this browser.

import { clock } from '../player/media-time.js';
import { part, words } from '../wording.js';
import { Camera, NoCamera } from './camera.js';
import { OwnList, momentOf } from './own-list.js';
import { sendBy } from './send.js';
import { Full, Shelf } from './shelf.js';

/** @typedef {import('./shelf.js').Recording} Recording */

const COUNTDOWN = 3;
const SECOND_MS = 1000;
const ENDINGS = /** @type {Record<string, string>} */ ({ 'video/mp4': 'mp4', 'video/webm': 'webm', 'video/quicktime': 'mov' });

/** What a recording is called on a disk. @param {Recording} recording */
export function fileName({ name, blob }) {
  const plain = name.replace(/[^\p{L}\p{N} ._-]+/gu, '-').trim() || 'recording';
  const ending = ENDINGS[blob.type] ?? 'video';
  return plain.toLowerCase().endsWith(`.${ending}`) ? plain : `${plain}.${ending}`;
}

export class OwnRoom {
  #compare;
  #room;
  #shelf = new Shelf();
  #camera = new Camera();
  #list;
  /** @type {Recording | null} the one that is shown */ #shown = null;
  #url = '';
  #isCounting = false;

  /** @param {import('./edu-compare.js').EduCompare} compare @param {HTMLElement} room */
  constructor(compare, room) {
    this.#compare = compare;
    this.#room = room;
    this.#list = new OwnList(room, {
      show: (one) => void this.#show(one),
      save: (one) => this.#save(one),
      rename: (one, name) => void this.#keep({ ...one, name }),
      remove: (one) => void this.#remove(one),
    });
    room.hidden = false;
    room.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('[data-own]') : null;
      if (button) void this.#do(button.getAttribute('data-own') ?? '');
    });
    room.addEventListener('change', ({ target }) => void this.#changed(/** @type {HTMLInputElement} */ (target)));
    compare.addEventListener('edu-laid', (event) => {
      if (this.#shown) void this.#keep({ ...this.#shown, .../** @type {CustomEvent} */ (event).detail });
    });
    addEventListener('pagehide', () => this.#camera.close());
    const form = part(compare, 'hand-in');
    if (form instanceof HTMLFormElement) {
      sendBy(form, () => ({ moment: compare.marks.moment, step: this.#step }));
    }
    void this.#begin();
  }

  async #begin() {
    await this.#refresh();
    const [newest] = this.#list.rows;
    if (newest) await this.#show(newest);
  }

  get #step() {
    const chosen = /** @type {HTMLSelectElement | null} */ (this.#compare.querySelector('[data-choice="loop"]'))?.value ?? '';
    return this.#compare.store.chapters.some(({ id }) => id === chosen) ? chosen : '';
  }

  /** @param {string} name */
  async #do(name) {
    if (name === 'camera') await this.#open();
    if (name === 'close') this.#close();
    if (name === 'stop') this.#camera.stop();
    if (name === 'record' && !this.#isCounting && !this.#camera.isRecording) await this.#record();
  }

  /** @param {HTMLInputElement} field */
  async #changed(field) {
    const name = field.dataset.part;
    if (name === 'mirrored') part(this.#room, 'preview')?.classList.toggle('compare-mirrored', field.checked);
    if ((name === 'facing' || name === 'with-sound') && !this.#camera.isRecording && !this.#isCounting) await this.#open();
    const file = name === 'file' ? field.files?.[0] : undefined;
    if (!file) return;
    await this.#receive(file, file.name, { own: 0, film: this.#compare.beginning });
    field.value = '';
  }

  async #open() {
    const facing = this.#field('facing').value;
    try {
      const stream = await this.#camera.open({ facing, sound: this.#field('with-sound').checked });
      if (!stream) return;
      const preview = /** @type {HTMLVideoElement} */ (part(this.#room, 'preview'));
      preview.srcObject = stream;
      void preview.play().catch(() => {});
      /** @type {HTMLElement} */ (part(this.#room, 'camera')).hidden = false;
      this.#say('ready');
    } catch (error) {
      this.#close();
      this.#say(error instanceof NoCamera ? error.why : 'no-camera');
    }
  }

  #close() {
    this.#isCounting = false;
    this.#camera.close();
    const preview = /** @type {HTMLVideoElement} */ (part(this.#room, 'preview'));
    preview.srcObject = null;
    /** @type {HTMLElement} */ (part(this.#room, 'camera')).hidden = true;
    this.#say('');
  }

  async #record() {
    this.#isCounting = true;
    this.#buttons();
    for (let left = COUNTDOWN; left > 0 && this.#isCounting; left--) {
      this.#count(String(left));
      this.#say('countdown', { seconds: left });
      await new Promise((resolve) => { setTimeout(resolve, SECOND_MS); });
    }
    this.#count('');
    const goesOn = this.#isCounting && this.#camera.isOn;
    this.#isCounting = false;
    if (goesOn) await this.#take();
    this.#buttons();
  }

  async #take() {
    const { store } = this.#compare;
    const withFilm = this.#field('with-film').checked;
    const at = { own: 0, film: store.time };
    const limit = Number(this.#room.dataset.limit);
    const began = performance.now();
    const timer = setInterval(() => {
      const seconds = (performance.now() - began) / SECOND_MS;
      this.#clock(words(this.#room, 'recording', { time: clock(seconds), limit: clock(limit) }));
      if (seconds >= limit) this.#camera.stop();
    }, SECOND_MS / 4);
    const taken = this.#camera.record(() => {
      at.film = store.time;
      if (withFilm) void store.play();
    }).catch(() => ({ blob: new Blob(), isBroken: true }));
    this.#say('began');
    this.#buttons();
    const { blob, isBroken } = await taken;
    clearInterval(timer);
    this.#clock('');
    if (withFilm) store.pause();
    if (blob.size === 0) return this.#say('nothing');
    const moment = momentOf(Date.now());
    await this.#receive(blob, words(this.#room, 'name', { moment }), withFilm ? at : { own: 0, film: this.#compare.beginning });
    if (isBroken) this.#say('broken');
    return undefined;
  }

  /** @param {Blob} blob @param {string} name @param {{ own: number, film: number }} at */
  async #receive(blob, name, at) {
    const plain = blob.type.split(';')[0] ?? '';
    /** @type {Recording} */
    const recording = {
      id: crypto.randomUUID?.() ?? String(Math.random()).slice(2), slug: this.#compare.dataset.slug ?? '', owner: this.#room.dataset.owner ?? '', name,
      made: Date.now(), length: 0, ...at, blob: blob.slice(0, blob.size, plain),
    };
    if (!(await this.#show(recording))) return;
    if (await this.#keep(this.#shown ?? recording)) this.#say('kept', { name });
  }

  /** @param {Recording} recording @returns {Promise<boolean>} whether this browser can play it */
  async #show(recording) {
    URL.revokeObjectURL(this.#url);
    this.#url = URL.createObjectURL(recording.blob);
    try {
      const length = await this.#compare.show(this.#url, recording.own, recording.film);
      this.#shown = { ...recording, length: Number.isFinite(length) ? length : 0 };
    } catch {
      this.#shown = null;
      this.#compare.clear();
      return false;
    }
    const title = part(this.#compare, 'own-title');
    if (title) title.textContent = recording.name;
    this.#offer(recording);
    return true;
  }

  /** Puts the recording into the form by which it may be handed in. @param {Recording} recording */
  #offer(recording) {
    const field = /** @type {HTMLInputElement | null} */ (part(this.#compare, 'hand-in')?.querySelector('[type="file"]') ?? null);
    if (!field) return;
    const held = new DataTransfer();
    held.items.add(new File([recording.blob], fileName(recording), { type: recording.blob.type }));
    field.files = held.files;
  }

  /** @param {Recording} recording @returns {Promise<boolean>} whether it is kept */
  async #keep(recording) {
    if (this.#shown?.id === recording.id) this.#shown = recording;
    try {
      await this.#shelf.keep(recording);
    } catch (error) {
      this.#list.add(recording);
      this.#say(error instanceof Full ? 'full' : 'unkept');
      return false;
    }
    await this.#refresh();
    return true;
  }

  /** @param {Recording} recording */
  async #remove(recording) {
    await this.#shelf.remove(recording.id).catch(() => {});
    if (this.#shown?.id === recording.id) {
      this.#shown = null;
      this.#compare.clear();
    }
    this.#list.drop(recording.id);
    this.#say('deleted');
  }

  /** @param {Recording} recording */
  #save(recording) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(recording.blob);
    link.download = fileName(recording);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60 * SECOND_MS);
  }

  async #refresh() {
    try {
      this.#list.draw(await this.#shelf.all(this.#compare.dataset.slug ?? '', this.#room.dataset.owner ?? ''));
    } catch {
      this.#list.draw(this.#list.rows);
    }
  }

  #buttons() {
    const { isRecording } = this.#camera;
    for (const [name, hidden] of /** @type {[string, boolean][]} */ ([['record', isRecording || this.#isCounting], ['stop', !isRecording]])) {
      const button = /** @type {HTMLButtonElement | null} */ (this.#room.querySelector(`[data-own="${name}"]`));
      if (!button) continue;
      button.hidden = hidden;
      if (!hidden && document.activeElement === document.body) button.focus();
    }
  }

  /** @param {string} number */
  #count(number) {
    const shown = /** @type {HTMLElement} */ (part(this.#room, 'count'));
    shown.hidden = number === '';
    shown.textContent = number;
  }

  /** @param {string} sentence */
  #clock(sentence) {
    const shown = part(this.#room, 'clock');
    if (shown) shown.textContent = sentence;
  }

  /** @param {string} name @param {Record<string, string | number>} [values] */
  #say(name, values = {}) {
    const line = part(this.#room, 'own-status');
    if (line) line.textContent = name && words(this.#room, name, values);
  }

  /** @param {string} name @returns {HTMLInputElement} */
  #field(name) {
    return /** @type {HTMLInputElement} */ (part(this.#room, name));
  }
}
