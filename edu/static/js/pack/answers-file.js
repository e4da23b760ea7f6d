// The answers of one quiz in a pack: kept in this browser while they are given, and as the file that goes back to the site.

/** @typedef {{ response: unknown, certainty: number | null }} Said */

/**
 * @typedef {object} Kept
 * @property {string} uid       made when the quiz was begun, by which the site knows these answers again; '' before that
 * @property {string} begun     ISO 8601, by the clock of this device
 * @property {string} finished  '' until the answers were taken along: from then on they stay as they are
 * @property {Record<string, Said>} answers  by question
 * @property {string[]} checked questions that were marked here
 */

/** @returns {Kept} */
export function nothing() {
  return { uid: '', begun: '', finished: '', answers: {}, checked: [] };
}

/** Random numbers as a UUID of version 4. @param {Uint8Array} bytes  16 of them */
export function uidOf(bytes) {
  const marked = bytes.map((byte, at) => (at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte));
  const hex = [...marked].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Storage that may be full or forbidden: then the answers live as long as the page. */
export class AnswerStore {
  #storage;
  #name;

  /** @param {Pick<Storage, 'getItem' | 'setItem'> | null} storage @param {string} name */
  constructor(storage, name) {
    this.#storage = storage;
    this.#name = name;
  }

  /** @returns {Kept} */
  load() {
    try {
      const found = JSON.parse(this.#storage?.getItem(this.#name) ?? 'null');
      const isKept = found !== null && typeof found === 'object' && typeof found.uid === 'string'
        && typeof found.begun === 'string' && typeof found.finished === 'string' && Array.isArray(found.checked)
        && found.answers !== null && typeof found.answers === 'object';
      return isKept ? found : nothing();
    } catch {
      return nothing();
    }
  }

  /** Whether it will be there the next time, too. @param {Kept} kept */
  save(kept) {
    try {
      this.#storage?.setItem(this.#name, JSON.stringify(kept));
      return this.#storage !== null;
    } catch {
      return false;
    }
  }
}

/**
 * The file, as edu/services/packing/returned.py reads it.
 * @param {string} pack
 * @param {number} quiz  its place in the pack
 * @param {Kept} kept
 */
export function fileOf(pack, quiz, { uid, begun, finished, answers }) {
  const given = Object.entries(answers)
    .filter(([, { response }]) => response !== null && response !== undefined && !(Array.isArray(response) && response.length === 0))
    .map(([item, { response, certainty }]) => (certainty === null ? { item, response } : { item, response, certainty }));
  return JSON.stringify({ format: 'edu-pack-answers', version: 1, pack, quiz, uid, begun, finished, answers: given }, null, 1);
}

/** 'answers-the-sequence-2026-03-02.json' @param {string} lesson @param {string} finished */
export function nameOf(lesson, finished) {
  return `answers-${lesson.replace(/[^\w-]+/g, '-')}-${finished.slice(0, 10)}.json`;
}
