// Keeping a lesson, or an open rating, on this device. The page itself is put down last: what has no page is not whole.

import { filmFiles, filmFor, films, imports, namedFiles, sheetOf } from './collect.js';
import { makeKept } from './kept-page.js';
import { AWAY, Full, LESSON, PART, RECORD, RUN, SHELL, keptLesson, mediaKey, note, partKey, remove } from './shelf.js';

/** Ratings that nobody goes on with must not pile up. */
const MOST_RUNS = 5;

/** @typedef {import('./shelf.js').Kept} Kept */
/** @typedef {import('./collect.js').Film} Film */
/** @typedef {{ quiz: string, mark: string }} Words  sentences of the kept page, see makeKept */
/** @typedef {{ signal: AbortSignal, tell: (loaded: number, all: number) => void }} Ways  bytes */

/**
 * Keeps a lesson; what is here of it already is not fetched again.
 * @param {string} path
 * @param {number | null} height  of its film, in pixels; 0 = the only one there is; null = the lesson has no film
 * @param {Words} words
 * @param {Ways} ways
 * @returns {Promise<Kept>}  rejects with Full, with what the signal says, or with what the network said
 */
export async function keepLesson(path, height, words, ways) {
  const before = await keptLesson(path);
  try {
    return await load(path, height, words, before, ways);
  } catch (error) {
    const isFull = error instanceof Full || (error instanceof DOMException && error.name === 'QuotaExceededError');
    if (!isFull) throw error;
    if (!before?.isWhole) await remove(path);
    throw error instanceof Full ? error : new Full('the device is full', { cause: error });
  }
}

/** @param {string} path @param {number | null} height @param {Words} words @param {Kept | null} before @param {Ways} ways */
async function load(path, height, words, before, { signal, tell }) {
  const { answer, page, isPrivate } = await fetchPage(path, height !== null, signal);
  const film = height === null ? null : filmFor(films(page), height);
  const bytes = film ? await sizeOf(film.url, signal) : 0;
  await makeRoom(before ? 0 : bytes);
  await begin();
  await navigator.storage?.persist?.();
  await keepShell(signal);
  const title = page.querySelector('h1')?.textContent?.trim() ?? path;
  const record = { path, title, height: film?.height ?? null, bytes: 0, keptAt: new Date().toISOString(), isWhole: false, isPrivate };
  const cache = await caches.open(LESSON + path);
  if (!before?.isWhole) await note(cache, record);
  makeKept(page, { film: film?.url ?? '', ...words });
  const taken = new Taking(cache, signal, (loaded) => tell(loaded, taken.small + bytes));
  await taken.interface(namedFiles(page, location.href));
  await taken.beside(filmFiles(page, location.href));
  if (film) await taken.film(film.url, bytes);
  const text = `<!doctype html>\n${page.documentElement.outerHTML}`;
  await cache.put(path, new Response(text, { headers: kept(answer.headers) }));
  const done = { ...record, bytes: taken.loaded + text.length, isWhole: true };
  await note(cache, done);
  await taken.dropOthers([path, RECORD]);
  return done;
}

/** The headers of a page that are true of its kept form, too: above all its security policy. @param {Headers} all */
function kept(all) {
  const headers = new Headers(all);
  for (const name of ['Content-Encoding', 'Content-Length', 'Vary']) headers.delete(name);
  return headers;
}

/** Keeps the page of an open rating as it is now: its token lets it be saved when there is a network again. @param {string} path */
export async function keepRun(path) {
  const signal = AbortSignal.timeout(20_000);
  await Promise.all([begin(), keepShell(signal)]);
  const answer = await fetch(path, { signal });
  const text = await answer.clone().text();
  const page = new DOMParser().parseFromString(text, 'text/html');
  if (!answer.ok || !page.querySelector('edu-checklist')) return;
  const cache = await caches.open(RUN + path);
  const taken = new Taking(cache, signal, () => undefined);
  await taken.interface(namedFiles(page, location.href));
  await cache.put(path, answer);
  await taken.dropOthers([path]);
  const runs = (await caches.keys()).filter((name) => name.startsWith(RUN)); // the oldest first
  await Promise.all(runs.slice(0, -MOST_RUNS).map((name) => caches.delete(name)));
}

/**
 * A lesson's page as everybody sees it, if that is as much as this reader sees; else as this reader does. Where it is
 * closed the site sends on to another page, which is not it.
 * @param {string} path
 * @param {boolean} hasFilm
 * @param {AbortSignal} signal
 */
export async function fetchPage(path, hasFilm, signal) {
  for (const credentials of /** @type {const} */ (['omit', 'same-origin'])) {
    const answer = await fetch(path, { credentials, signal, headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const isLesson = answer.ok && !answer.redirected && page.querySelector('edu-keep') !== null;
    if (isLesson && (!hasFilm || films(page).length > 0)) return { answer, page, isPrivate: credentials !== 'omit' };
  }
  throw new Error(`${path} cannot be read`);
}

/** How many bytes a file has, before anything of it is loaded. @param {string} url @param {AbortSignal} [signal] */
export async function sizeOf(url, signal) {
  const answer = await fetch(url, { method: 'HEAD', signal });
  const bytes = Number(answer.headers.get('Content-Length'));
  if (!answer.ok || bytes <= 0) throw new Error(`${url} does not say how large it is: ${answer.status}`);
  return bytes;
}

async function begin() {
  const known = await navigator.serviceWorker.getRegistration('/');
  if (!known?.active) await navigator.serviceWorker.register('/sw.js', { scope: '/' });
  await navigator.serviceWorker.ready;
}

/** The page that stands in for others. @param {AbortSignal} signal */
async function keepShell(signal) {
  const cache = await caches.open(SHELL);
  const answer = await fetch(AWAY, { credentials: 'omit', signal });
  if (!answer.ok) throw new Error(`${AWAY} answered ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.clone().text(), 'text/html');
  const taken = new Taking(cache, signal, () => undefined);
  await taken.interface(namedFiles(page, location.href));
  await cache.put(AWAY, answer);
  await taken.dropOthers([AWAY]);
}

/** @param {number} bytes */
async function makeRoom(bytes) {
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota - usage < bytes) throw new Full('the device is full');
}

/** Puts files into a cache, and knows which belong there. */
class Taking {
  #cache;
  #signal;
  #tell;
  /** @type {Set<string>} */ #wanted = new Set();
  loaded = 0;
  small = 0;

  /** @param {Cache} cache @param {AbortSignal} signal @param {(loaded: number) => void} tell */
  constructor(cache, signal, tell) {
    this.#cache = cache;
    this.#signal = signal;
    this.#tell = tell;
  }

  /** Files of the interface, and the modules that they name in turn. @param {string[]} addresses */
  async interface(addresses) {
    let next = addresses;
    while (next.length > 0) {
      const fresh = next.filter((address) => !this.#wanted.has(new URL(address).href));
      const found = await Promise.all([...new Set(fresh)].map((address) => this.#take(address, address)));
      next = found.flatMap(({ text, address }) => (address.endsWith('.js') ? imports(text, address) : []));
    }
  }

  /** @param {string[]} addresses */
  async beside(addresses) {
    for (const address of addresses) {
      const { text } = await this.#take(address, mediaKey(address));
      const sheet = address.endsWith('.vtt') ? sheetOf(text, address) : null;
      if (sheet) await this.#take(sheet, mediaKey(sheet));
    }
  }

  /** @param {string} address @param {number} bytes */
  async film(address, bytes) {
    for (let start = 0; start < bytes; start += PART) {
      const key = partKey(address, start / PART);
      const end = Math.min(start + PART, bytes);
      this.#want(key);
      if (!(await this.#cache.match(key))) await this.#part(address, key, start, end, bytes);
      this.#count(end - start);
    }
  }

  /** @param {string} address @param {string} key @param {number} start @param {number} end @param {number} whole */
  async #part(address, key, start, end, whole) {
    const answer = await fetch(address, { headers: { Range: `bytes=${start}-${end - 1}` }, signal: this.#signal });
    const part = answer.status === 206 ? await answer.blob() : null;
    if (part?.size !== end - start) throw new Error(`a part of the film is missing: ${answer.status}`);
    const headers = { 'Content-Type': answer.headers.get('Content-Type') ?? 'video/mp4', 'X-Whole': String(whole) };
    await this.#cache.put(key, new Response(part, { headers }));
  }

  /** @param {string} address @param {string} key */
  async #take(address, key) {
    this.#want(key);
    const known = await this.#cache.match(key, { ignoreVary: true });
    const answer = known ?? (await fetch(address, { signal: this.#signal }));
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    const blob = await answer.clone().blob();
    if (!known) await this.#cache.put(key, answer);
    this.small += blob.size;
    this.#count(blob.size);
    return { address, text: /\.(js|vtt)$/.test(address) ? await blob.text() : '' };
  }

  /** @param {number} bytes */
  #count(bytes) {
    this.loaded += bytes;
    this.#tell(this.loaded);
    this.#signal.throwIfAborted();
  }

  /** @param {string} key */
  #want(key) {
    this.#wanted.add(new URL(key, location.href).href);
  }

  /** What an older page needed. @param {string[]} beside  names that stay as well */
  async dropOthers(beside) {
    for (const key of beside) this.#want(key);
    for (const { url } of await this.#cache.keys()) if (!this.#wanted.has(url)) await this.#cache.delete(url);
  }
}
