// Recordings of one's own, kept in this browser alone (IndexedDB), each with the film that it is laid beside.

/**
 * @typedef {object} Recording
 * @property {string} id
 * @property {string} slug   of the film
 * @property {string} [owner]  whose account it was made with; '' or missing: without one
 * @property {string} name
 * @property {number} made   milliseconds since 1970
 * @property {number} length seconds; 0: not known
 * @property {number} own    seconds: shows there what the film shows at `film`
 * @property {number} film
 * @property {Blob} blob
 */

const NAME = 'edu-compare';
const STORE = 'recordings';

/**
 * Those beside one film that somebody may see here, the newest first: the own, and what was made without an account.
 * @param {readonly Recording[]} recordings @param {string} slug @param {string} owner
 */
export function seenBy(recordings, slug, owner) {
  return recordings.filter((one) => one.slug === slug && (!one.owner || one.owner === owner)).sort((a, b) => b.made - a.made);
}

/** There is no room on the device. */
export class Full extends Error {}

export class Shelf {
  /** @type {Promise<IDBDatabase> | null} */ #opened = null;

  /** @param {string} slug @param {string} owner @returns {Promise<Recording[]>} see seenBy */
  async all(slug, owner) {
    return seenBy(/** @type {Recording[]} */ (await this.#ask('readonly', (store) => store.getAll())), slug, owner);
  }

  /** Keeps a recording, in place of the one with its id. Full where there is no room. @param {Recording} recording */
  async keep(recording) {
    try {
      await this.#ask('readwrite', (store) => store.put(recording));
    } catch (error) {
      if (error instanceof DOMException && error.name === 'QuotaExceededError') throw new Full();
      throw error;
    }
    // what a person recorded is not to be cleared away when the browser wants room
    void navigator.storage?.persist?.().catch(() => false);
  }

  /** @param {string} id */
  async remove(id) {
    await this.#ask('readwrite', (store) => store.delete(id));
  }

  /** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} ask @returns {Promise<unknown>} */
  async #ask(mode, ask) {
    this.#opened ??= open();
    const database = await this.#opened.catch((error) => {
      this.#opened = null;
      throw error;
    });
    return new Promise((resolve, reject) => {
      const work = database.transaction(STORE, mode);
      const asked = ask(work.objectStore(STORE));
      work.addEventListener('complete', () => resolve(asked.result));
      work.addEventListener('abort', () => reject(work.error ?? asked.error));
      work.addEventListener('error', () => reject(work.error ?? asked.error));
    });
  }
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    if (!('indexedDB' in globalThis)) throw new Error('this browser keeps nothing');
    const asked = indexedDB.open(NAME, 1);
    asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore(STORE, { keyPath: 'id' }));
    asked.addEventListener('success', () => resolve(asked.result));
    asked.addEventListener('error', () => reject(asked.error));
    asked.addEventListener('blocked', () => reject(new Error('another window holds it')));
  });
}
