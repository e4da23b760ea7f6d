// Everything that a key, a button or the time line can ask of the caption editor. Each says what it did.

import { shortTime } from './caption-row.js';
import { gapAt, join, split } from './caption-split.js';
import { parted, plain, toTyped } from './caption-text.js';
import { part } from '../wording.js';

/** @typedef {import('./edu-caption-editor.js').EduCaptionEditor} Room */

const USUAL_MS = 2500;
const LEAST_MS = 300;

export class EditorActs {
  #room;

  /** @param {Room} room */
  constructor(room) {
    this.#room = room;
  }

  get #key() { return this.#room.list.selected; }
  get #cue() { return this.#room.store.cue(this.#key); }
  get #film() { return this.#room.player?.store; }

  /** @param {string} action @param {number} value @param {string} place  what has the focus */
  act(action, value, place) {
    const { typing, finding, problems, list } = this.#room;
    /** @type {Record<string, () => unknown>} */
    const acts = {
      play: () => this.#film?.toggle(),
      replay: () => this.#replay(),
      skip: () => this.#skip(value),
      begin: () => this.#mark('start'),
      end: () => this.#mark('end'),
      split: () => this.#split(place === 'text' && document.activeElement === this.#room.form.words),
      merge: () => this.#merge(),
      new: () => this.#new(),
      remove: () => this.#remove(),
      next: () => this.#step(1),
      previous: () => this.#step(-1),
      write: () => this.#room.form.words.focus(),
      leave: () => this.#leave(),
      undo: () => this.#undo('undo'),
      redo: () => this.#undo('redo'),
      save: () => this.#save(),
      problem: () => problems.go(value < 0 ? -1 : 1),
      repair: () => this.#repair(),
      find: () => finding.open(),
      type: () => typing.toggle(),
      help: () => this.#help(),
      list: () => list.focus(),
    };
    acts[action]?.();
  }

  #replay() {
    if (this.#room.typing.isOpen) return this.#room.typing.replay();
    const cue = this.#cue;
    if (cue) void this.#film?.playRange(cue.start / 1000, cue.end / 1000);
    return undefined;
  }

  /** @param {number} ms */
  #skip(ms) {
    this.#film?.seek((this.#room.time + ms) / 1000);
    this.#room.say('at', { time: shortTime(this.#room.time) });
  }

  /** The selected caption begins, or ends, where the film is. @param {'start' | 'end'} edge */
  #mark(edge) {
    const [cue, at] = [this.#cue, this.#room.time];
    if (!cue) return this.#room.say('none');
    const length = Math.max(cue.end - cue.start, 1000);
    const changed = edge === 'start' ? { ...cue, start: at, end: cue.end - at < LEAST_MS ? at + length : cue.end } : { ...cue, end: at };
    if (changed.end - changed.start < LEAST_MS) return this.#room.say('backwards');
    this.#room.store.edit([{ key: this.#key, cue: changed }], { label: 'time' });
    return this.#room.say(edge === 'start' ? 'begins' : 'ends', { time: shortTime(at) });
  }

  /** At the cursor where one writes; else where the film is, or in the middle. @param {boolean} isAtCursor */
  #split(isAtCursor) {
    const { form, store, hearing, time } = this.#room;
    const cue = this.#cue;
    if (!cue) return this.#room.say('none');
    const words = toTyped(parted(cue.text).words);
    const isInside = time > cue.start + LEAST_MS && time < cue.end - LEAST_MS;
    const at = isAtCursor ? form.words.selectionStart : gapAt(words, isInside ? (time - cue.start) / (cue.end - cue.start) : 0.5);
    const made = split(cue, at, { speech: hearing.speech, ...(!isAtCursor && isInside && { time }) });
    if (!made) return this.#room.say('unsplit');
    const key = store.newKey();
    store.seal();
    store.edit([{ key: this.#key, cue: made[0] }, { key, cue: made[1] }], { label: 'split' });
    this.#room.select(key, { isFocused: !isAtCursor });
    if (isAtCursor) form.words.setSelectionRange(0, 0);
    return this.#room.say('split', { time: shortTime(made[1].start) });
  }

  #merge() {
    const { store } = this.#room;
    const next = store.keyAt(store.indexOf(this.#key) + 1);
    const [cue, other] = [this.#cue, store.cue(next)];
    if (!cue || !other) return this.#room.say('no-next');
    const cursor = toTyped(parted(cue.text).words).length;
    store.seal();
    store.edit([{ key: this.#key, cue: join(cue, other) }, { key: next, cue: null }], { label: 'merge' });
    if (document.activeElement === this.#room.form.words) this.#room.form.words.setSelectionRange(cursor, cursor);
    return this.#room.say('merged', { text: plain(this.#cue?.text ?? '') });
  }

  /** Where the film is, when no caption is there; else after the selected one. */
  #new() {
    const { store, time } = this.#room;
    const at = store.cue(store.keyAt(store.indexAt(time)));
    const start = at && at.end > time ? Math.max(this.#cue?.end ?? 0, at.end) : time;
    this.make(start, start + USUAL_MS);
  }

  /** @param {number} start @param {number} end ms */
  make(start, end) {
    const { store, duration, form } = this.#room;
    const next = store.keys[store.indexAt(start) + 1];
    const limit = Math.min(end, duration, store.cue(next ?? '')?.start ?? Infinity);
    if (limit - start < LEAST_MS) return this.#room.say('no-room');
    const key = store.newKey();
    store.seal();
    store.edit([{ key, cue: { start: Math.round(start), end: Math.round(limit), text: '', identifier: '', settings: '' } }], { label: 'new' });
    this.#room.select(key);
    form.words.focus();
    return this.#room.say('made', { time: shortTime(start) });
  }

  #remove() {
    const { store, list } = this.#room;
    const [key, cue] = [this.#key, this.#cue];
    if (!cue) return this.#room.say('none');
    const place = store.indexOf(key);
    const next = store.keyAt(place + 1) || store.keyAt(place - 1);
    const wasInList = list.hasFocus;
    store.seal();
    this.#room.select(next, { isStill: true, isFocused: wasInList });
    store.edit([{ key, cue: null }], { label: 'remove' });
    return this.#room.say('removed', { text: plain(cue.text) });
  }

  /** @param {1 | -1} way */
  #step(way) {
    const { store, list, form } = this.#room;
    const key = store.keyAt(store.indexOf(this.#key) + way);
    if (!key) return this.#room.say(way === 1 ? 'no-next' : 'no-previous');
    this.#room.select(key, { isFocused: list.hasFocus });
    if (document.activeElement === form.words) form.words.setSelectionRange(form.words.value.length, form.words.value.length);
    const cue = store.cue(key);
    return this.#room.say('now-at', { n: store.indexOf(key) + 1, text: plain(cue?.text ?? '') });
  }

  #leave() {
    const { finding, typing, list } = this.#room;
    if (typing.isOpen) return typing.close();
    if (finding.isOpen) return finding.close();
    return list.focus();
  }

  /** @param {'undo' | 'redo'} which */
  #undo(which) {
    const { store, list } = this.#room;
    const wasInList = list.hasFocus;
    const done = which === 'undo' ? store.undo() : store.redo();
    if (!done) return this.#room.say(`no-${which}`);
    const key = done.keys.find((one) => store.cue(one));
    if (key) this.#room.select(key, { isFocused: wasInList });
    return this.#room.say(which === 'undo' ? 'undone' : 'redone', { what: this.#room.getAttribute(`data-text-step-${done.label}`) ?? '' });
  }

  async #save() {
    const isDone = await this.#room.sync.flush();
    this.#room.say(isDone ? 'state-saved' : 'save-first');
  }

  #repair() {
    if (!this.#cue) return this.#room.say('none');
    return this.#room.problems.offer({ keys: [this.#key] });
  }

  #help() {
    const dialog = /** @type {HTMLDialogElement | null} */ (part(this.#room, 'keys'));
    if (dialog && !dialog.open) dialog.showModal();
  }

  /** The time line asks. @param {string} name @param {{ key: string, start: number, end: number, phase: string, time: number }} detail */
  asked(name, detail) {
    const { store } = this.#room;
    if (name === 'time-seek') return this.#film?.seek(detail.time / 1000);
    if (name === 'cue-new') return this.make(detail.start, detail.end);
    const cue = store.cue(detail.key);
    if (!cue) return undefined;
    if (name === 'cue-select') return this.#room.select(detail.key, { isStill: true });
    const [start, end] = [Math.round(detail.start), Math.round(detail.end)];
    store.edit([{ key: detail.key, cue: { ...cue, start, end } }], { label: 'time', join: `drag:${detail.key}` });
    if (detail.phase === 'done') store.seal();
    return undefined;
  }
}
