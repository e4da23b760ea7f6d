// Notes as this browser keeps them: without an account all of them, with one those that wait to be sent.

/**
 * @typedef {object} Note
 * @property {string} uid    made here, so that what is sent twice is kept once
 * @property {string} slug   of the video
 * @property {number} film   number of the film whose time `at` tells
 * @property {number} at     milliseconds
 * @property {string} text   '' for a bookmark
 * @property {string} base   the revision on the server that was changed; '' where none is known
 * @property {string} [sent] a text on its way, whose answer is not there: it goes again before anything later
 * @property {boolean} [gone] it was deleted
 * @property {boolean} [left] its owner does not want it in an account
 * @property {number} [place]  milliseconds of the film that is shown
 * @property {string} [standing]  there: shown, cut or unsure
 * @property {boolean} [isOther]  another version of a note that was changed in two places
 * @property {boolean} [waits]
 */

/** @typedef {(method: 'PUT' | 'DELETE', note: Note) => Promise<{ status: number, json: () => Promise<any> }>} Ask  rejects without network */
/** @typedef {(uid: string, saved: { note: any, other: any } | null, isBack?: boolean) => void} Met  what the server has now; it `isBack`: was changed elsewhere, so not deleted */

/** What would be refused again; what it says of one note may not hold for the next. */
const REFUSALS = [400, 401, 403, 404, 413, 422];
const REFUSED = new Error('refused');

export class NoteShelf {
  #key;
  /** Where the browser keeps nothing. @type {Note[] | null} */ memory = null;

  /** @param {string} owner  '' without an account */
  constructor(owner) {
    this.#key = owner ? `edu.notes:${owner}` : 'edu.notes';
  }

  /** Read each time, for another tab may have written. @returns {Note[]} */
  get all() {
    if (this.memory) return this.memory;
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key) ?? '[]');
      return Array.isArray(kept) ? kept.filter(isNote) : [];
    } catch {
      return [];
    }
  }

  /** @param {string} uid */
  get(uid) {
    return this.all.find((note) => note.uid === uid);
  }

  /** @param {Note} note */
  put(note) {
    this.drop(note.uid, note);
  }

  /** @param {string} uid @param {Note[]} instead */
  drop(uid, ...instead) {
    const notes = [...this.all.filter((note) => note.uid !== uid), ...instead];
    try {
      if (notes.length) localStorage.setItem(this.#key, JSON.stringify(notes));
      else localStorage.removeItem(this.#key);
      this.memory = null;
    } catch {
      this.memory = notes;
    }
  }
}

/** @param {any} note */
function isNote(note) {
  const { uid, slug, text, base, film, at } = note ?? {};
  return [uid, slug, text, base].every((word) => typeof word === 'string') && Number.isInteger(film) && Number.isInteger(at);
}

/**
 * Sends what waits, one after the other. What is changed here meanwhile goes after it.
 * @param {NoteShelf} shelf @param {Ask} ask @param {Met} met
 * @returns {Promise<'saved' | 'kept' | 'refused'>}
 */
export async function send(shelf, ask, met) {
  /** @type {'saved' | 'refused'} */
  let outcome = 'saved';
  for (const { uid } of shelf.all) {
    try {
      for (let next = uid; next;) next = await sendOne(shelf, next, ask, met);
    } catch (error) {
      if (error !== REFUSED) return 'kept';
      outcome = 'refused';
    }
  }
  return outcome;
}

/** Which note is to be sent next for this one; '' when all of it is. @param {NoteShelf} shelf @param {string} uid @param {Ask} ask @param {Met} met */
async function sendOne(shelf, uid, ask, met) {
  const note = shelf.get(uid);
  if (!note) return '';
  if (note.gone) return take(shelf, note, ask, met);
  const text = note.sent ?? note.text;
  shelf.put({ ...note, sent: text });
  const answer = await ask('PUT', { ...note, text });
  const now = shelf.get(uid);
  if (REFUSALS.includes(answer.status)) {
    if (now) shelf.put({ ...now, sent: undefined });
    throw REFUSED;
  }
  if (answer.status !== 200) throw new Error(`${answer.status}`);
  const saved = await answer.json();
  const mine = saved.other ?? saved.note; // what was typed since goes on from what was sent
  shelf.drop(uid);
  met(uid, saved);
  if (!now || (now.text === text && !now.gone)) return '';
  shelf.put({ ...now, uid: mine.uid, base: mine.revision, sent: undefined });
  return mine.uid;
}

/** @param {NoteShelf} shelf @param {Note} note @param {Ask} ask @param {Met} met */
async function take(shelf, note, ask, met) {
  const isKnown = note.base !== '' || note.sent !== undefined;
  const status = isKnown ? (await ask('DELETE', note)).status : 204;
  if (![204, 404, 409].includes(status)) throw REFUSALS.includes(status) ? REFUSED : new Error(`${status}`);
  const now = shelf.get(note.uid);
  shelf.drop(note.uid);
  if (now && !now.gone && status !== 409) { // it was wanted again while it was being deleted
    shelf.put({ ...now, base: '', sent: undefined });
    return note.uid;
  }
  met(note.uid, null, status === 409);
  return '';
}
