// Where kept pages lie in the browser: their caches, the names in them, and what is noted of each. worker.js reads the same names.

export const LESSON = 'edu-lesson:';
export const RUN = 'edu-run:';
export const SHELL = 'edu-shell:1';
export const AWAY = '/offline';
export const RECORD = '/offline/record';
export const PART = 2 ** 21; // bytes

/**
 * What is noted of a kept lesson.
 * @typedef {object} Kept
 * @property {string} path
 * @property {string} title
 * @property {number | null} height  of its film in pixels; 0 = there is one size; null = no film
 * @property {number} bytes      all of it, once it is here
 * @property {string} keptAt     ISO 8601
 * @property {boolean} isWhole   false while a part of it is missing
 * @property {boolean} isPrivate  not for everybody: it goes when its reader signs out
 */

/** There is no room for it, and nothing of it was left. */
export class Full extends Error {}

/** @typedef {'insecure' | 'old' | ''} Lack */

/** Why nothing can be kept here; '' = it can. @param {{ isSecureContext: boolean, caches?: unknown, navigator: object }} browser @returns {Lack} */
export function lack(browser) {
  if (!browser.isSecureContext) return 'insecure';
  return browser.caches && 'serviceWorker' in browser.navigator ? '' : 'old';
}

/** @param {number} [bytes] */
export function megabytes(bytes = 0) {
  const digits = { maximumFractionDigits: 1, minimumFractionDigits: 1 };
  return new Intl.NumberFormat(document.documentElement.lang || 'en', digits).format(bytes / 1_000_000);
}

/** @param {Date} date */
export function day(date) {
  return new Intl.DateTimeFormat(document.documentElement.lang || 'en', { dateStyle: 'long' }).format(date);
}

/** The lasting name of a film's file: the token in its address is another on each visit. @param {string} address */
export function mediaKey(address) {
  return new URL(address, location.href).pathname.replace(/^\/media\/\D?(\d+)[^/]*\//, '/media/$1/');
}

/** @param {string} address @param {number} number */
export function partKey(address, number) {
  return `${mediaKey(address)}?part=${number}`;
}

/** @param {Cache} cache @returns {Promise<Kept | null>} */
export async function recordIn(cache) {
  return (await cache.match(RECORD))?.json() ?? null;
}

/** @param {Cache} cache @param {Kept} record */
export function note(cache, record) {
  return cache.put(RECORD, new Response(JSON.stringify(record), { headers: { 'Content-Type': 'application/json' } }));
}

/** What is noted of a lesson, if anything of it is here. @param {string} path */
export async function keptLesson(path) {
  const name = LESSON + path;
  return (await caches.has(name)) ? recordIn(await caches.open(name)) : null;
}

/** All lessons of which something is here. */
export async function keptLessons() {
  const names = (await caches.keys()).filter((name) => name.startsWith(LESSON));
  const records = await Promise.all(names.map(async (name) => recordIn(await caches.open(name))));
  return records.filter((record) => record !== null);
}

/** Takes a lesson away; with the last thing that was kept, the worker goes as well. @param {string} path */
export async function remove(path) {
  await caches.delete(LESSON + path);
  await leaveIfEmpty();
}

export async function leaveIfEmpty() {
  const names = await caches.keys();
  if (names.some((name) => name.startsWith(LESSON) || name.startsWith(RUN))) return;
  await caches.delete(SHELL);
  await (await navigator.serviceWorker.getRegistration('/'))?.unregister();
}
