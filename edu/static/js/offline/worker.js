// The service worker, at /sw.js: pages that were kept on this device open without a network. A classic script, for
// Firefox knows no others here.
//
// The network comes first for pages. Files of the interface and of films are the same for ever under their names, so
// that for those the device comes first. Nothing is put into a cache here: js/offline/keeping.js does that, when
// somebody asks for it. A lesson has a cache of its own with all that it needs, so that it outlives new builds.

'use strict';
{
  const LESSON = 'edu-lesson:';
  const RUN = 'edu-run:';
  const SHELL = 'edu-shell:1'; // the page that is shown in place of others
  const AWAY = '/offline';
  const RECORD = '/offline/record';
  const PART = 2 ** 21; // bytes; a film is kept in parts of this size
  const PATIENCE_MS = 4000;
  const REST_MS = 60_000; // between two times of asking for all that is not for everybody
  /** After these nobody should find here what is not for everybody. */
  const CLOSING = /^\/(account\/(sign-out|erase|sessions\/end)|professionals\/withdraw)$/;
  const RATING = /^\/checklists\/runs\/[\w-]+$/;
  const FILM = 'class="lesson-film"'; // what only a page holds whose film its reader may see
  const GONE = [401, 403, 404, 410];
  const BROKEN = [502, 503, 504];

  const worker = /** @type {any} */ (self);
  let askedAt = -REST_MS;

  worker.addEventListener('install', () => worker.skipWaiting());
  worker.addEventListener('activate', (/** @type {any} */ event) =>
    event.waitUntil(dropOld().then(() => worker.clients.claim())));
  worker.addEventListener('fetch', (/** @type {any} */ event) => {
    /** @type {Request} */
    const request = event.request;
    const { origin, pathname, href } = new URL(request.url);
    if (origin !== location.origin) return;
    if (request.method === 'POST' && CLOSING.test(pathname)) event.waitUntil(forgetPrivate());
    if (request.method !== 'GET') return;
    if (request.mode === 'navigate') event.respondWith(page(event, pathname));
    else if (pathname.startsWith('/static/')) event.respondWith(nearest(href).then((found) => found ?? fetch(request)));
    else if (pathname.startsWith('/media/')) event.respondWith(media(request, pathname));
    else if (request.destination === 'image') event.respondWith(fetch(request).catch(() => orError(nearest(href))));
  });

  /** @param {string} address */
  function nearest(address) {
    return caches.match(address, { ignoreVary: true });
  }

  /** @param {Promise<Response | undefined>} found */
  async function orError(found) {
    return (await found) ?? Response.error();
  }

  /** The page from the network; the kept one where that fails, or takes too long. @param {any} event @param {string} path */
  async function page(event, path) {
    const live = fetch(event.request);
    live.catch(() => undefined); // it is looked at later
    const shown = await keptPage(path);
    event.waitUntil(live.then((answer) => shown && heed(answer, path)).then(dropClosed).catch(() => undefined));
    if (!shown) return live.catch(() => orError(away(path)));
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    const first = /** @type {Response | null | undefined} */ (await Promise.race([live.catch(() => null), late]));
    return first && !BROKEN.includes(first.status) ? first : shown;
  }

  /** @param {string} path @returns {Promise<Response | undefined>} */
  async function keptPage(path) {
    for (const name of [LESSON + path, RUN + path]) {
      const found = (await caches.has(name)) ? await (await caches.open(name)).match(path, { ignoreVary: true }) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  /** What is closed or gone there goes here, too, and so does a rating that is not open any more. @param {Response} answer @param {string} path */
  async function heed(answer, path) {
    const isGone = GONE.includes(answer.status) || (answer.type === 'opaqueredirect' && (await isClosed(path)));
    const read = answer.ok && RATING.test(path) ? answer.clone().text() : null; // before anybody else reads it
    if (isGone) await caches.delete(LESSON + path);
    if (isGone || (read && !(await read).includes('<edu-checklist'))) await caches.delete(RUN + path);
    if (isGone || read) await leaveIfEmpty();
  }

  /**
   * Whether the site keeps a page from who asks now. People are sent from a closed page to the gate or to the sign-in, which
   * looks like any other page; a program is told (edu/web/errors.py). What cannot be asked is not closed.
   * @param {string} path
   * @param {string} [mark]  what the page holds as long as the film in it may be seen
   */
  async function isClosed(path, mark = '') {
    const headers = { Accept: 'application/json' };
    const answer = await fetch(path, { headers, redirect: 'manual', cache: 'no-store' }).catch(() => null);
    return answer !== null && (GONE.includes(answer.status) || (answer.ok && !(await answer.text()).includes(mark)));
  }

  /** A session may have ended elsewhere, or by itself: wherever the network is used, what is not for everybody is asked for. */
  async function dropClosed() {
    if (Date.now() - askedAt < REST_MS) return;
    askedAt = Date.now();
    let hasGone = false;
    for (const name of await caches.keys()) {
      const record = name.startsWith(LESSON) ? await (await (await caches.open(name)).match(RECORD))?.json() : null;
      const path = record?.isPrivate ? record.path : name.startsWith(RUN) ? name.slice(RUN.length) : '';
      if (path && (await isClosed(path, typeof record?.height === 'number' ? FILM : ''))) hasGone = await caches.delete(name);
    }
    if (hasGone) await leaveIfEmpty(); // not otherwise: somebody may have just begun to keep a lesson
  }

  /** @param {string} path */
  async function away(path) {
    const found = await (await caches.open(SHELL)).match(AWAY, { ignoreVary: true });
    return found && path !== AWAY ? new Response(found.body, { status: 503, headers: found.headers }) : found;
  }

  /**
   * A file of a film. A range is answered as far as the part goes in which it begins, so that no more of a film is ever
   * in memory; browsers ask for the rest (RFC 9110 section 15.3.7 allows to send less).
   * @param {Request} request
   * @param {string} path
   */
  async function media(request, path) {
    // the token in the address is another on each visit, the file behind it is not
    const key = path.replace(/^\/media\/\D?(\d+)[^/]*\//, '/media/$1/');
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '');
    if (!range) return (await nearest(key)) ?? fetch(request);
    const start = Number(range[1]);
    const part = await nearest(`${key}?part=${Math.floor(start / PART)}`);
    if (!part) return fetch(request);
    const whole = Number(part.headers.get('X-Whole'));
    const blob = await part.blob();
    const from = start % PART;
    const to = Math.min(range[2] ? Number(range[2]) - start + from + 1 : blob.size, blob.size);
    if (to <= from) return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${whole}` } });
    const type = part.headers.get('Content-Type') ?? '';
    return new Response(blob.slice(from, to, type), {
      status: 206,
      headers: {
        'Content-Type': type,
        'Content-Length': String(to - from),
        'Content-Range': `bytes ${start}-${start - from + to - 1}/${whole}`,
        'Accept-Ranges': 'bytes',
      },
    });
  }

  async function dropOld() {
    const ours = (await caches.keys()).filter((name) => name.startsWith('edu-'));
    const old = ours.filter((name) => name !== SHELL && !name.startsWith(LESSON) && !name.startsWith(RUN));
    await Promise.all(old.map((name) => caches.delete(name)));
  }

  async function forgetPrivate() {
    for (const name of await caches.keys()) {
      if (name.startsWith(RUN)) await caches.delete(name);
      if (!name.startsWith(LESSON)) continue;
      const record = await (await caches.open(name)).match(RECORD);
      if (!record || (await record.json()).isPrivate) await caches.delete(name);
    }
    await leaveIfEmpty();
  }

  /** Who has nothing here should not have a worker either. */
  async function leaveIfEmpty() {
    const names = await caches.keys();
    if (names.some((name) => name.startsWith(LESSON) || name.startsWith(RUN))) return;
    await caches.delete(SHELL);
    await worker.registration.unregister();
  }
}
