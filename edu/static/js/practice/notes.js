// Notes and bookmarks at moments of the film: written, listed by time, played from, kept on the server or here.

import { clock } from '../player/media-time.js';
import { choices, remember } from '../player/preferences.js';
import { part, words } from '../wording.js';
import { copyAddress } from './copying.js';
import { addressOf, drawMarks, drawRows, inOrder, placeOf } from './note-list.js';
import { NoteShelf, send } from './note-shelf.js';
import { PracticeTools } from './tools.js';

/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */
/** @typedef {import('./note-shelf.js').Note} Note */
/** @typedef {import('../player/preferences.js').Choices & { pauses?: boolean }} Remembered */

const PATIENCE_MS = 20_000;
const LONGEST_WAIT_MS = 60_000;

export default class Notes {
  #player;
  #panel;
  #slug;
  #film;
  #url;
  #owner;
  #shelf;
  /** Those kept without an account. */ #unowned = new NoteShelf('');
  /** @type {Map<string, Note>} */ #notes = new Map();
  /** The note that is written. @type {Note | null} */ #edited = null;
  /** @type {Note | null} */ #deleted = null;
  /** Where the writing was begun. @type {Element | null} */ #opener = null;
  /** @type {Promise<unknown> | null} */ #loaded = null;
  #hasPaused = false;
  #isSending = false;
  #failures = 0;
  #refusal = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /** @param {EduPlayer} player @param {HTMLElement | null} panel */
  constructor(player, panel) {
    this.#player = player;
    this.#panel = panel ?? player;
    const { slug = '', film, url = '', owner = '' } = this.#panel.dataset;
    this.#slug = slug;
    this.#film = Number(film);
    this.#url = url;
    this.#owner = owner;
    this.#shelf = new NoteShelf(owner);
    this.#panel.addEventListener('click', (event) => this.#clicked(event));
    this.#panel.addEventListener('keydown', (event) => this.#pressed(event));
    this.#pauses.checked = /** @type {Remembered} */ (choices()).pauses ?? true;
    this.#pauses.addEventListener('change', () => remember(/** @type {Remembered} */ ({ pauses: this.#pauses.checked })));
    addEventListener('online', () => void this.#send());
    addEventListener('pagehide', () => this.#save()); // what was typed is not lost with the page
    this.#offer();
  }

  get #pauses() { return /** @type {HTMLInputElement} */ (part(this.#panel, 'pauses')); }
  get #field() { return /** @type {HTMLTextAreaElement} */ (part(this.#panel, 'text')); }
  get #editor() { return /** @type {HTMLElement} */ (part(this.#panel, 'editor')); }

  /** @param {string} action @param {number} _value @param {boolean} resumed */
  act(action, _value, resumed) {
    const at = Math.round((this.#player.store?.time ?? 0) * 1000);
    void this.#load();
    if (resumed) return;
    const note = { uid: newName(), slug: this.#slug, film: this.#film, at, text: '', base: '' };
    if (action === 'note') void this.#begin(note);
    if (action === 'bookmark') this.#keep(note, '', 'bookmarked');
  }

  shown() {
    return this.#load();
  }

  leave() {
    this.#save();
  }

  /** @param {Note} note */
  async #begin(note) {
    const isBusy = !this.#editor.hidden && this.#field.value.trim() !== (this.#edited?.text ?? '');
    const { activeElement } = document;
    if (activeElement !== this.#field) this.#opener = activeElement;
    if (!isBusy) {
      this.#edited = note;
      const label = part(this.#panel, 'label');
      if (label) label.textContent = words(this.#panel, 'note-at', { time: clock(placeOf(note) / 1000) });
      this.#field.value = note.text;
      this.#editor.hidden = false;
      this.#hasPaused ||= this.#pauses.checked && this.#still();
    }
    if (part(this.#player, 'tools')?.hidden) await this.#player.practise('practise');
    const opener = /** @type {HTMLElement | null} */ (this.#player.querySelector('[data-panel="notes"]'));
    if (opener?.getAttribute('aria-expanded') === 'false') opener.click();
    this.#field.focus(); // what is being written stays where it was begun
    if (this.#player.matches(':fullscreen')) this.#editor.scrollIntoView({ block: 'nearest' }); // with its buttons
  }

  /** Stops the film, or what it waits for: a description that is being said. Tells whether it would have gone on. */
  #still() {
    const wouldGoOn = this.#isTaken('interrupt') || this.#player.store?.playing === true;
    if (wouldGoOn) this.#player.store?.pause();
    return wouldGoOn;
  }

  /** Whether a description sees to it (describe.js). @param {'interrupt' | 'resume'} what */
  #isTaken(what) {
    return this.#player.store?.dispatchEvent(new CustomEvent('change', { detail: what, cancelable: true })) === false;
  }

  /** Keeps what stands in the field. */
  #save() {
    const [note, text] = [this.#edited, this.#field.value.trim()];
    if (!note || text === note.text) return;
    this.#edited = { ...note, text };
    this.#keep(note, text, 'note-saved');
  }

  #close() {
    const hadFocus = this.#editor.contains(document.activeElement);
    const row = this.#panel.contains(this.#opener) ? this.#row(this.#edited?.uid) : null;
    this.#edited = null;
    this.#editor.hidden = true;
    if (this.#hasPaused && !this.#isTaken('resume')) void this.#player.store?.play();
    this.#hasPaused = false;
    if (hadFocus) this.#goBack(row?.querySelector('button') ?? this.#opener);
  }

  /** The keys of the player work on from where the writing was begun, or from the note. @param {Element | null} place */
  #goBack(place) {
    const isThere = place !== null && this.#player.contains(place) && place.getClientRects().length > 0;
    /** @type {HTMLElement} */ (isThere ? place : this.#player).focus({ preventScroll: true });
  }

  /** @param {Note} note @param {string} text @param {string} told */
  #keep(note, text, told) {
    const now = this.#notes.get(note.uid);
    // what came from another device since the writing began is not what was changed
    const base = now?.text === note.text ? now.base : note.base;
    const kept = { ...note, ...now, text, base, waits: this.#owner !== '' };
    this.#notes.set(note.uid, kept);
    this.#shelf.put({ ...kept, sent: this.#shelf.get(note.uid)?.sent });
    PracticeTools.keep('notes', true);
    this.#draw();
    this.#tell(told, { time: clock(placeOf(note) / 1000) });
    void this.#send();
  }

  /** @param {Note} note */
  #delete(note) {
    if (this.#edited?.uid === note.uid) this.#close();
    this.#notes.delete(note.uid);
    if (this.#owner) this.#shelf.put({ ...note, sent: this.#shelf.get(note.uid)?.sent, gone: true });
    else this.#shelf.drop(note.uid);
    this.#draw();
    this.#tell('deleted', { time: clock(placeOf(note) / 1000) });
    this.#deleted = note;
    const undo = part(this.#panel, 'undo');
    undo?.removeAttribute('hidden');
    undo?.focus();
    void this.#send();
  }

  /** @param {Note} note  one that was deleted: on the server too, unless that still waits to be sent */
  #restore(note) {
    this.#keep({ ...note, base: this.#shelf.get(note.uid)?.gone ? note.base : '' }, note.text, 'restored');
    this.#row(note.uid)?.querySelector('a')?.focus();
  }

  #load() {
    this.#loaded ??= this.#fetch();
    return this.#loaded;
  }

  async #fetch() {
    this.#overlay();
    if (!this.#owner) return;
    await this.#send();
    try {
      const answer = await ask(this.#url, 'GET');
      if (answer.status !== 200) throw new Error(`${answer.status}`);
      for (const note of (await answer.json()).notes) this.#meet(note);
      this.#overlay();
      PracticeTools.keep('notes', this.#notes.size > 0 || this.#strays.length > 0);
    } catch {
      this.#loaded = null; // asked again the next time
      this.#state('kept');
    }
  }

  /** Shows what is kept here over what the server has. */
  #overlay() {
    for (const kept of this.#shelf.all.filter(({ slug }) => slug === this.#slug)) {
      const standing = kept.film === this.#film ? 'shown' : 'unsure';
      if (kept.gone) this.#notes.delete(kept.uid);
      else this.#notes.set(kept.uid, { standing, ...this.#notes.get(kept.uid), ...kept, waits: this.#owner !== '' });
    }
    this.#draw();
  }

  /** @param {any} note  of the server, see edu/web/notes.py */
  #meet({ at_ms: at, place_ms: place, revision: base, is_other_version: isOther, ...note }) {
    this.#notes.set(note.uid, { ...note, slug: this.#slug, at, place, base, isOther });
  }

  async #send() {
    if (!this.#owner || this.#isSending) return;
    clearTimeout(this.#timer);
    this.#isSending = true;
    const outcome = await send(this.#shelf, (method, note) => this.#put(method, note), (...met) => this.#met(...met));
    this.#isSending = false;
    this.#overlay();
    this.#state(outcome);
    this.#failures = outcome === 'kept' ? this.#failures + 1 : 0;
    const wait = outcome === 'kept' ? Math.min(LONGEST_WAIT_MS, 1000 * 2 ** this.#failures) : 0;
    const isMore = outcome === 'saved' && this.#shelf.all.length > 0; // written while those before were sent
    if (wait || isMore) this.#timer = setTimeout(() => void this.#send(), wait);
  }

  /** @param {'PUT' | 'DELETE'} method @param {Note} note */
  async #put(method, { slug, uid, at, film, text, base }) {
    const url = `${this.#url.replace(`/${this.#slug}/`, `/${slug}/`)}/${uid}`;
    if (method === 'DELETE') return ask(base ? `${url}?base=${encodeURIComponent(base)}` : url, method);
    const answer = await ask(url, method, { at_ms: at, film, text, base });
    if (answer.status >= 400) this.#refusal = (await answer.clone().json().catch(() => null))?.detail ?? '';
    return answer;
  }

  /** @type {import('./note-shelf.js').Met} */
  #met(uid, saved, isBack) {
    for (const note of this.#notes.has(uid) && saved ? [saved.note, saved.other ?? saved.note] : []) this.#meet(note);
    if (saved?.other) this.#tell('both');
    if (!isBack) return;
    this.#tell('back');
    this.#loaded = null;
    void this.#load();
  }

  /** Those that were written without an account, or in a lesson kept on the device, and are nowhere else yet. */
  get #strays() {
    return this.#owner ? this.#unowned.all.filter(({ left }) => !left) : [];
  }

  /** What was written before signing in may come into the account, once. @param {boolean} [isWanted] */
  #offer(isWanted) {
    const found = this.#strays;
    part(this.#panel, 'offer')?.toggleAttribute('hidden', found.length === 0 || isWanted !== undefined);
    const line = part(this.#panel, 'found');
    if (line) line.textContent = words(this.#panel, 'found', { number: found.length });
    if (isWanted === undefined) {
      // it is said where it can be seen: the drawer may be shut
      if (found.length > 0 && this.#panel.getClientRects().length === 0) this.#player.notice(words(this.#panel, 'strays', { number: found.length }), true);
      return;
    }
    for (const note of found) {
      if (isWanted) this.#shelf.put(note);
      if (isWanted && !this.#shelf.memory) this.#unowned.drop(note.uid);
      else this.#unowned.put({ ...note, left: true });
    }
    if (!isWanted) return;
    this.#overlay();
    this.#tell('taken');
    void this.#send();
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    const note = this.#notes.get(target.closest('li')?.dataset.uid ?? '');
    const act = target.closest('[data-note]')?.getAttribute('data-note');
    if (act === 'save') this.#finish();
    if (act === 'cancel') this.#close();
    if (act === 'undo' && this.#deleted) this.#restore(this.#deleted);
    if (act === 'take' || act === 'leave') this.#offer(act === 'take');
    if (!note) return;
    if (act === 'edit') void this.#begin(note);
    if (act === 'copy') void copyAddress(addressOf(note), (name, values) => this.#tell(name, values));
    if (act === 'delete') this.#delete(note);
    if (!target.closest('a[href]') || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#player.store?.seek(placeOf(note) / 1000);
    void this.#player.store?.play();
  }

  #finish() {
    this.#save();
    this.#close();
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.target !== this.#field) return;
    const isSaved = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if (!isSaved && (event.key !== 'Escape' || this.#field.value.trim() !== this.#edited?.text)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#finish();
  }

  #draw() {
    const notes = inOrder(this.#notes.values());
    drawRows(this.#panel, notes);
    drawMarks(this.#player, notes, this.#player.store?.duration ?? 0);
    if (this.#shelf.memory) this.#state('not-lasting');
  }

  /** @param {string} [uid] @returns {HTMLElement | null} */
  #row(uid) {
    return this.#panel.querySelector(`li[data-uid="${CSS.escape(uid ?? '')}"]`);
  }

  /** In the panel for whoever is there, else over the picture. @param {string} name @param {Record<string, string>} [values] */
  #tell(name, values) {
    const line = part(this.#panel, 'told');
    const sentence = words(this.#panel, name, values);
    this.#deleted = null;
    part(this.#panel, 'undo')?.setAttribute('hidden', '');
    if (line && this.#panel.getClientRects().length > 0) line.textContent = sentence;
    else this.#player.notice(sentence);
  }

  /** @param {string} name */
  #state(name) {
    const line = part(this.#panel, 'state');
    if (line) line.textContent = words(this.#panel, name, { sentence: this.#refusal });
  }
}

/** @param {string} url @param {string} method @param {object} [body] */
function ask(url, method, body) {
  const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute('content') ?? '';
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json', 'X-CSRFToken': token };
  return fetch(url, { method, headers, body: body && JSON.stringify(body), keepalive: method !== 'GET', signal: AbortSignal.timeout(PATIENCE_MS) });
}

/** A UUID of version 4 (RFC 9562, section 5.4); a connection that is not secure has no crypto.randomUUID. */
function newName() {
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0).toString(16).slice(-1));
}
