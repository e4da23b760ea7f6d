// What was truly played: from the times at which a film was, by an injected clock, and none of it by seeking.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sum } from './modules.js';

globalThis.HTMLElement = class {
  querySelector() {
    return null;
  }
};
globalThis.customElements = { define: () => undefined, whenDefined: async () => undefined };
const { EduWatching, Played, share, union } = await import('../../edu/static/js/player/edu-watching.js');

/** Plays from `from` to `to` seconds of the film in ticks of a quarter of a second. */
function play(played, from, to, { rate = 1, now = 0 } = {}) {
  for (let at = from; at <= to + 1e-9; at += 0.25 * rate) {
    played.at(at, now, rate);
    now += 250;
  }
  return now - 250;
}

for (const rate of [0.25, 0.5, 1, 1.75, 2]) {
  test(`what is played at ${rate} times its speed is one stretch`, () => {
    const played = new Played();
    play(played, 10, 17, { rate });
    assert.deepEqual(played.spans, [[10_000, 17_000]]);
    assert.equal(played.ms, 7000);
  });
}

test('a jump ahead or back counts for nothing', () => {
  const played = new Played();
  play(played, 0, 2);
  played.at(60, 2250, 1); // the film is elsewhere although nobody said so
  played.at(60.25, 2500, 1);
  played.at(30, 2750, 1);
  assert.deepEqual(played.spans, [[0, 2000], [60_000, 60_250]]);
});

test('a film that goes faster than the clock was not watched', () => {
  const played = new Played();
  for (let tick = 0; tick < 20; tick += 1) played.at(tick * 4, tick * 250, 1);
  assert.deepEqual(played.spans, []);
});

test('late ticks of a busy machine lose nothing', () => {
  const played = new Played();
  played.at(5, 0, 1);
  played.at(9, 4000, 1);
  assert.deepEqual(played.spans, [[5000, 9000]]);
});

test('a seek keeps what was played until then, and begins anew', () => {
  const played = new Played();
  const now = play(played, 0, 3);
  played.leave(now + 200, 1);
  played.at(50, now + 400, 1);
  played.at(50.25, now + 650, 1);
  assert.deepEqual(played.spans, [[0, 3200], [50_000, 50_250]]);
});

test('a seek after standing still for long adds no more than a tick', () => {
  const played = new Played();
  play(played, 0, 1);
  played.leave(60_000, 1);
  assert.deepEqual(played.spans, [[0, 1300]]);
  played.stop();
  played.leave(90_000, 1);
  assert.deepEqual(played.spans, [[0, 1300]]);
});

test('a loop is counted once in the stretches and each time in the sum', () => {
  const played = new Played();
  for (let pass = 0; pass < 3; pass += 1) {
    play(played, 10, 12, { now: pass * 10_000 });
    played.stop();
  }
  assert.deepEqual(played.spans, [[10_000, 12_000]]);
  assert.equal(played.ms, 6000);
});

test('a pause that lasts is not played over', () => {
  const played = new Played();
  play(played, 0, 1);
  played.stop();
  played.at(4, 10_000, 1);
  assert.deepEqual(played.spans, [[0, 1000]]);
});

test('the union is in order and apart, with gaps of less than a tick closed', () => {
  assert.deepEqual(union([[5000, 6000], [0, 1000], [1200, 2000], [1500, 1600]]), [[0, 2000], [5000, 6000]]);
  assert.deepEqual(union([]), []);
});

test('the share of a step is what of it was played', () => {
  assert.equal(share([[0, 1000], [3000, 9000]], 500, 4500), 0.5);
  assert.equal(share([], 0, 1000), 0);
});

/** A page of a film that an account watches: its element, what was sent and not yet answered, what the browser keeps. */
async function watched(t, kept = {}) {
  const video = Object.assign(new EventTarget(), { playbackRate: 1, currentTime: 0, seeking: false, paused: false });
  const document = Object.assign(new EventTarget(), { readyState: 'loading', querySelector: (asked) => (/edu-player/.test(asked) ? { video } : null) });
  const items = new Map([['edu.watched', JSON.stringify(kept)]]);
  const localStorage = { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => items.set(key, value) };
  const calls = [];
  const fetch = (_, { body }) => new Promise((answer, fail) => {
    calls.push({ told: JSON.parse(body), answer: (status, json) => answer({ ok: status === 200, status, json: async () => json }), fail });
  });
  const events = new EventTarget();
  const things = { document, localStorage, fetch, addEventListener: events.addEventListener.bind(events) };
  for (const [name, value] of Object.entries(things)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true });
    t.after(() => (before ? Object.defineProperty(globalThis, name, before) : Reflect.deleteProperty(globalThis, name)));
  }
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const element = Object.assign(new EduWatching(), { dataset: { account: '7', place: 'find.2', slug: 'find' }, getAttribute: () => 'player' });
  element.connectedCallback();
  const settle = () => new Promise(setImmediate);
  await settle();
  return {
    calls,
    settle,
    kept: () => JSON.parse(items.get('edu.watched'))['7 find.2']?.spans ?? [],
    play: (from, to) => {
      for (let at = from; at <= to; at += 0.25, now += 250) {
        video.currentTime = at;
        video.dispatchEvent(new Event(at === from ? 'playing' : 'timeupdate'));
      }
      video.dispatchEvent(new Event('pause'));
    },
    leave: () => events.dispatchEvent(new Event('pagehide')),
  };
}

test('what is played while a telling is on its way is kept, and sent when that has come', async (t) => {
  const page = await watched(t);
  page.play(0, 4); // the first telling says that it begins
  assert.deepEqual([page.calls.length, page.kept()], [1, [[0, 4000]]]);

  page.calls[0].answer(200, { film: 2, spans: [], played_ms: 0 });
  await page.settle();
  page.leave();

  assert.deepEqual(page.calls[1].told.spans, [[0, 4000]]);
});

for (const status of [400, 401, 403, 409, 500]) {
  test(`what an answer of ${status} left is sent again`, async (t) => {
    const page = await watched(t, { '7 find.2': { spans: [[0, 9000]], ms: 9000, sum: 0 } });
    page.leave();
    page.calls[0].answer(status);
    await page.settle();
    assert.deepEqual(page.kept(), [[0, 9000]]);

    page.leave();

    assert.deepEqual(page.calls[1].told.spans, [[0, 9000]]);
  });
}

test('what would be refused for ever is not sent again', async (t) => {
  const page = await watched(t, { '7 find.2': { spans: [[0, 9000]], ms: 9000, sum: 0 } });
  page.leave();
  page.calls[0].answer(404);
  await page.settle();
  page.leave();
  assert.deepEqual([page.calls.length, page.kept()], [1, []]);
});

test('more stretches than are taken at once go with the next telling', async (t) => {
  const spans = Array.from({ length: 203 }, (_, n) => [n * 2000, n * 2000 + 1000]);
  const page = await watched(t, { '7 find.2': { spans, ms: 1, sum: 0 } });
  page.leave();
  page.calls[0].answer(200, { film: 2, spans: spans.slice(0, 200), played_ms: 1 });
  await page.settle();

  page.leave();

  assert.deepEqual(page.calls.map(({ told }) => told.spans.length), [200, 3]);
  assert.deepEqual(page.calls[1].told.spans, spans.slice(200));
});

test('the element weighs at most 4 kB gz', () => {
  const bytes = sum(['player/edu-watching.js']);
  assert.ok(bytes <= 4000, `${bytes} bytes`);
});
