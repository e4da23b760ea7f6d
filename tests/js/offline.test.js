// Lessons on the device: how the worker answers, and what it takes away.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { JS, closure, read, sum } from './modules.js';
import { isClosed } from '../../edu/static/js/offline/closed.js';
import * as shelf from '../../edu/static/js/offline/shelf.js';

const HOME = 'https://site.test';
globalThis.location = { href: `${HOME}/courses/c/l`, origin: HOME };
const WORKER = read(`${JS}offline/worker.js`);

/** CacheStorage as browsers have it, as far as it is used here. */
class Shelves {
  all = new Map();
  keys = async () => [...this.all.keys()];
  has = async (name) => this.all.has(name);
  delete = async (name) => this.all.delete(name);
  async open(name) {
    if (!this.all.has(name)) this.all.set(name, new Map());
    const kept = this.all.get(name);
    const full = (key) => new URL(key, HOME).href;
    return {
      match: async (key) => kept.get(full(key))?.clone(),
      put: async (key, answer) => void kept.set(full(key), answer),
      keys: async () => [...kept.keys()].map((url) => ({ url })),
      delete: async (key) => kept.delete(full(key)),
    };
  }
  async match(key) {
    for (const name of this.all.keys()) {
      const found = await (await this.open(name)).match(key);
      if (found) return found;
    }
    return undefined;
  }
}

/** The worker in a world of its own. `network` answers an address, or throws; time passes at once when `isSlow`. */
function started(network, { isSlow = false } = {}) {
  const caches = new Shelves();
  const heard = {};
  const gone = [];
  const self = {
    addEventListener: (name, listener) => void (heard[name] = listener),
    skipWaiting: () => gone.push('waits no longer'),
    clients: { claim: async () => void gone.push('claimed') },
    registration: { unregister: async () => void gone.push('unregistered') },
  };
  const asked = [];
  const fetch = async (request, options = {}) => {
    const one = typeof request === 'string' ? { url: new URL(request, HOME).href, ...options } : request;
    asked.push(one.url);
    return network(one);
  };
  const wait = (act) => (isSlow ? queueMicrotask(() => setTimeout(act, 0)) : undefined);
  vm.runInNewContext(WORKER, { self, caches, fetch, location, URL, Response, setTimeout: wait, Promise, Number, Math, String });
  const happen = async (name, request) => {
    const until = [];
    let answer;
    heard[name]({ request, waitUntil: (one) => until.push(one), respondWith: (one) => (answer = one) });
    const given = answer === undefined ? undefined : await answer;
    await Promise.all(until);
    return given;
  };
  const ask = (path, { mode = 'cors', method = 'GET', range = '', destination = '' } = {}) =>
    happen('fetch', { url: new URL(path, HOME).href, mode, method, destination, headers: new Headers(range ? { Range: range } : {}) });
  return { caches, asked, gone, happen, ask };
}

const broken = () => {
  throw new TypeError('no network');
};

async function keep(caches, path, { isPrivate = false, text = 'kept', height = null } = {}) {
  const cache = await caches.open(shelf.LESSON + path);
  await cache.put(path, new Response(text));
  await shelf.note(cache, { path, isPrivate, isWhole: true, height });
  return cache;
}

test('what was not kept goes to the network as if there were no worker', async () => {
  const { ask, asked } = started((request) => new Response(`live ${request.url}`));

  assert.equal(await (await ask('/account/', { mode: 'navigate' })).text(), `live ${HOME}/account/`);
  assert.equal(await ask('/attempts/1/answers', { method: 'PUT' }), undefined);
  assert.equal(await ask('/videos/v/watching'), undefined);
  assert.equal(await ask('https://elsewhere.test/x.js'), undefined);
  assert.deepEqual(asked, [`${HOME}/account/`]);
});

test('the worker puts nothing into a cache, whatever is visited', async () => {
  const { ask, caches } = started(() => new Response('live'));
  for (const path of ['/courses/c/l', '/account/', '/studio', '/attempts/1']) await ask(path, { mode: 'navigate' });
  for (const path of ['/static/b/css/site.css', '/media/p1.x/v/poster.jpg']) await ask(path);

  assert.deepEqual(await caches.keys(), []);
});

test('a kept page is shown only where the network fails, or is broken on its way', async () => {
  const cases = [
    [() => new Response('live'), 'live'],
    [() => new Response('odd', { status: 500 }), 'odd'],
    [broken, 'kept'],
    [() => new Response('bad gateway', { status: 502 }), 'kept'],
  ];
  for (const [network, text] of cases) {
    const { ask, caches } = started(network);
    await keep(caches, '/courses/c/l');
    assert.equal(await (await ask('/courses/c/l?t=4', { mode: 'navigate' })).text(), text);
  }
});

test('a page that takes longer than four seconds is answered from the device', async () => {
  let late;
  const { ask, caches } = started(() => new Promise((resolve) => (late = resolve)), { isSlow: true });
  await keep(caches, '/courses/c/l');

  const answer = ask('/courses/c/l', { mode: 'navigate' });
  setTimeout(() => late(new Response('too late')), 20);

  assert.equal(await (await answer).text(), 'kept');
  assert.match(WORKER, /PATIENCE_MS = 4000/);
});

test('without a network the friendly page stands in for what is not kept', async () => {
  const { ask, caches } = started(broken);
  await (await caches.open(shelf.SHELL)).put(shelf.AWAY, new Response('friendly'));

  const other = await ask('/courses', { mode: 'navigate' });
  const itself = await ask('/offline', { mode: 'navigate' });

  assert.deepEqual([other.status, await other.text(), itself.status], [503, 'friendly', 200]);
});

test('a film is answered in ranges, each as far as its part goes, under whatever token it is asked for', async () => {
  const { ask, caches } = started(broken);
  const cache = await keep(caches, '/courses/c/l');
  const whole = shelf.PART + 10;
  const bytes = Uint8Array.from({ length: whole }, (_, index) => index % 251);
  const address = `${HOME}/media/s7.1234.abc/v1/film.mp4`;
  const headers = { 'Content-Type': 'video/mp4', 'X-Whole': String(whole) };
  await cache.put(shelf.partKey(address, 0), new Response(bytes.slice(0, shelf.PART), { headers }));
  await cache.put(shelf.partKey(address, 1), new Response(bytes.slice(shelf.PART), { headers }));
  const cases = [
    ['bytes=0-', 0, shelf.PART],
    ['bytes=5-9', 5, 10],
    [`bytes=${shelf.PART - 3}-${shelf.PART + 3}`, shelf.PART - 3, shelf.PART],
    [`bytes=${shelf.PART}-`, shelf.PART, whole],
    [`bytes=${shelf.PART + 2}-${shelf.PART + 4}`, shelf.PART + 2, shelf.PART + 5],
  ];
  for (const [range, from, to] of cases) {
    const answer = await ask('/media/p7.other/v1/film.mp4', { range });
    assert.deepEqual(
      [answer.status, answer.headers.get('Content-Range'), answer.headers.get('Content-Type'), answer.headers.get('Content-Length')],
      [206, `bytes ${from}-${to - 1}/${whole}`, 'video/mp4', String(to - from)], range);
    assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), bytes.slice(from, to), range);
  }
  assert.equal((await ask('/media/p7.other/v1/film.mp4', { range: `bytes=${whole}-` })).status, 416);
  await assert.rejects(ask('/media/p8.other/v1/film.mp4', { range: 'bytes=0-' }), /no network/, 'another film');
});

test('signing out and withdrawing leave only what is for everybody', async () => {
  for (const path of ['/account/sign-out', '/professionals/withdraw', '/account/erase', '/account/sessions/end']) {
    const { ask, caches } = started(() => new Response(''));
    await keep(caches, '/courses/c/open');
    await keep(caches, '/courses/c/needle', { isPrivate: true });
    await caches.open(`${shelf.RUN}/checklists/runs/1`);
    await caches.open(shelf.SHELL);

    assert.equal(await ask(path, { mode: 'navigate', method: 'POST' }), undefined, 'the form is sent as ever');

    assert.deepEqual(await caches.keys(), [`${shelf.LESSON}/courses/c/open`, shelf.SHELL], path);
  }
});

test('with the last thing kept the worker goes, too', async () => {
  const { ask, caches, gone } = started(() => new Response(''));
  await keep(caches, '/courses/c/needle', { isPrivate: true });
  await caches.open(shelf.SHELL);

  await ask('/account/sign-out', { mode: 'navigate', method: 'POST' });

  assert.deepEqual([await caches.keys(), gone], [[], ['unregistered']]);
});

test('a lesson that is closed or gone on the site is taken from the device', async () => {
  for (const status of [401, 403, 404, 410]) {
    const { ask, caches } = started(() => new Response('closed', { status }));
    await keep(caches, '/courses/c/l', { isPrivate: true });

    const answer = await ask('/courses/c/l', { mode: 'navigate' });

    assert.deepEqual([answer.status, await caches.keys()], [status, []]);
  }
});

/** A site where `closed` are, as ours: people are sent to the gate, programs are told. What a browser sees of a way is no status. */
function guarded(closed) {
  return ({ url, mode, headers, redirect }) => {
    if (!closed.has(new URL(url).pathname)) return new Response('<div class="lesson-film">');
    const isTold = new Headers(headers).get('Accept') === 'application/json';
    if (isTold) return new Response('{}', { status: 403 });
    if (mode !== 'navigate' && redirect !== 'manual') return new Response('<h1>For health professionals</h1>');
    return { type: 'opaqueredirect', status: 0, ok: false };
  };
}

test('a lesson from which people are sent to the gate is taken from the device, one that only moved is not', async () => {
  const path = '/courses/c/needle';
  const moved = () => ({ type: 'opaqueredirect', status: 0, ok: false });
  for (const [network, count] of [[guarded(new Set([path])), 0], [moved, 1]]) {
    const { ask, caches } = started(network);
    await keep(caches, path);

    assert.equal((await ask(path, { mode: 'navigate' })).type, 'opaqueredirect');

    assert.equal((await caches.keys()).length, count);
  }
});

test('after a session ended by itself, the next page with a network takes what was its reader’s', async () => {
  const closed = new Set(['/courses/c/needle', '/checklists/runs/1']);
  const { ask, caches, asked } = started(guarded(closed));
  await keep(caches, '/courses/c/open');
  await keep(caches, '/courses/c/needle', { isPrivate: true });
  await keep(caches, '/courses/c/mine', { isPrivate: true, height: 360 });
  await caches.open(`${shelf.RUN}/checklists/runs/1`);

  await ask('/courses', { mode: 'navigate' });

  assert.deepEqual(await caches.keys(), ['/courses/c/open', '/courses/c/mine'].map((path) => shelf.LESSON + path));
  assert.ok(!asked.includes(`${HOME}/courses/c/open`), 'what is for everybody is not asked for');
});

test('an open lesson that shows its film to nobody but professionals goes with its film', async () => {
  for (const [height, count] of [[360, 0], [null, 1]]) {
    const { ask, caches } = started(() => new Response('<h1>The text, which is open</h1>'));
    await keep(caches, '/courses/c/l', { isPrivate: true, height });

    await ask('/courses', { mode: 'navigate' });

    assert.equal((await caches.keys()).length, count);
  }
});

test('without a network, or where the site is broken, nothing that was kept goes', async () => {
  for (const network of [broken, () => new Response('', { status: 503 }), () => new Response('', { status: 500 })]) {
    const { ask, caches } = started(network);
    await keep(caches, '/courses/c/needle', { isPrivate: true, height: 360 });

    for (const path of ['/courses/c/needle', '/offline']) await ask(path, { mode: 'navigate' });

    assert.ok(await caches.has(`${shelf.LESSON}/courses/c/needle`));
  }
});

test('the list of what is kept asks as the worker does', async () => {
  const network = guarded(new Set(['/closed']));
  globalThis.fetch = async (path, options) => network({ url: new URL(path, HOME).href, ...options });
  const cases = [['/closed', null, true], ['/closed', 360, true], ['/open', 360, false], ['/open', null, false]];
  for (const [path, height, isIt] of cases) assert.equal(await isClosed({ path, height }), isIt, `${path} ${height}`);

  globalThis.fetch = async () => new Response('<h1>The text, which is open</h1>');
  assert.equal(await isClosed({ path: '/open', height: 360 }), true);
  globalThis.fetch = async () => broken();
  assert.equal(await isClosed({ path: '/closed', height: null }), false);
});

test('an open rating stays and a finished one goes', async () => {
  for (const [text, count] of [['<edu-checklist data-x>', 1], ['<h1>Result</h1>', 0]]) {
    const { ask, caches } = started(() => new Response(text));
    const path = '/checklists/runs/1b9d-4';
    await (await caches.open(shelf.RUN + path)).put(path, new Response('kept'));

    assert.equal(await (await ask(path, { mode: 'navigate' })).text(), text);

    assert.equal((await caches.keys()).length, count);
  }
});

test('a new worker takes over at once and drops the caches of old ones, but nothing that was kept', async () => {
  const { caches, happen, gone } = started(broken);
  for (const name of ['edu-shell:0', shelf.SHELL, 'edu-lesson:/a', 'edu-run:/b', 'not-ours']) await caches.open(name);

  await happen('install');
  await happen('activate');

  assert.deepEqual(await caches.keys(), [shelf.SHELL, 'edu-lesson:/a', 'edu-run:/b', 'not-ours']);
  assert.deepEqual(gone, ['waits no longer', 'claimed']);
});

test('where nothing can be kept, it is known why', () => {
  assert.equal(shelf.lack({ isSecureContext: false, navigator: {} }), 'insecure');
  assert.equal(shelf.lack({ isSecureContext: true, caches: {}, navigator: {} }), 'old');
  assert.equal(shelf.lack({ isSecureContext: true, caches: {}, navigator: { serviceWorker: {} } }), '');
});

test('the worker weighs at most 4 kB gz, and what a lesson loads for it 5 kB', () => {
  assert.ok(gzipSync(WORKER, { level: 9 }).length <= 4000);
  assert.ok(sum(closure(['offline/edu-keep.js', 'offline/keep-room.js'])) <= 5000);
});

test('a lesson loads one small script at first, the rest when it is wanted', () => {
  assert.deepEqual(closure(['offline/edu-keep.js']), ['offline/edu-keep.js']);
  assert.ok(sum(['offline/edu-keep.js']) <= 800);
});
