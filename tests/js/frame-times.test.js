// Pictures of a film by their true times: which is seen when, and where to seek to see just that one.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FrameTimes, framesOf, rateOf } from '../../edu/static/js/practice/frame-times.js';
import Frames, { clock } from '../../edu/static/js/practice/frames.js';

const STEADY = { version: 1, timescale: 12_800, start: 0, count: 250, rate: [25, 1] };
const UNEVEN = { version: 1, timescale: 1000, start: 40, count: 5, durations: [[2, 30], [1, 200], [2, 50]] };

test('each picture of a steady film is seen from its own start until the next', () => {
  const times = FrameTimes.of(STEADY);
  for (let n = 0; n < 250; n++) {
    assert.equal(times.at(times.start(n)), n);
    assert.equal(times.at(times.middle(n)), n);
    assert.equal(times.at(times.start(n + 1) - 0.001), n);
  }
});

test('a time that a player rounds down still is of the picture that it shows', () => {
  const times = FrameTimes.of({ ...STEADY, timescale: 90_000, rate: [30_000, 1001], count: 3000 });
  for (const n of [1, 2, 1001, 2999]) assert.equal(times.at(Math.floor(times.start(n) * 1e5) / 1e5), n);
});

test('the pictures of an uneven film keep their own lengths', () => {
  const times = FrameTimes.of(UNEVEN);
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((n) => Math.round(times.start(n) * 1000)), [40, 70, 100, 300, 350, 400]);
  assert.deepEqual([0, 0.099, 0.1, 0.299, 0.3, 9].map((at) => times.at(at)), [0, 1, 2, 2, 3, 4]);
  assert.equal(times.middle(2), 0.2);
});

test('the picture that begins next to a time may be the one after it; the end of the film counts as one more', () => {
  const times = FrameTimes.of(STEADY);
  assert.deepEqual([0, 0.019, 0.021, 0.04, 9.99, 12, -1].map((at) => times.nearest(at)), [0, 0, 1, 1, 250, 250, 0]);
});

test('the last picture before the end of a step is half a picture before it, also where the end is rounded to milliseconds', () => {
  const [steady, film] = [FrameTimes.of(STEADY), FrameTimes.of({ ...STEADY, timescale: 90_000, rate: [30_000, 1001], count: 3000 })];
  assert.equal(steady.lastBefore(9).toFixed(3), '8.980');
  assert.equal(steady.lastBefore(10).toFixed(3), '9.980');
  assert.equal(steady.lastBefore(0), steady.middle(0));
  for (const n of [1, 271, 2999]) {
    const ends = [-0.0005, 0, 0.0005].map((off) => film.at(film.lastBefore(film.start(n) + off)));
    assert.deepEqual(ends, [n - 1, n - 1, n - 1]);
  }
  assert.equal(FrameTimes.of(UNEVEN).lastBefore(0.3), 0.2);
});

/** A film that stands still, in a browser that shows all of its pictures later by `out` seconds. */
function standing(out, at) {
  const shownAt = (time) => Math.floor((time - out) / 0.04 + 1e-6) * 0.04 + out;
  const seen = [];
  const video = {
    seeking: false,
    requestVideoFrameCallback(told) { this.told = told; },
  };
  const store = {
    time: at,
    playing: false,
    pause() {},
    seek(time) {
      this.time = time;
      queueMicrotask(() => {
        seen.push(Math.round(shownAt(time) * 1000));
        video.told(0, { mediaTime: shownAt(time), presentationTime: 0 });
      });
    },
  };
  return { seen, player: { dataset: { frameRate: '25' }, video, store: Object.assign(new EventTarget(), store, { duration: 10 }), getAttribute: () => '', notice() {} } };
}

for (const out of [0, -0.005, 0.0213, 0.0347, 0.0747]) {
  for (const at of [5, 5.015, 5.025, 5.039]) {
    test(`each step is one picture in a film whose pictures come ${out} s late, stopped at ${at}`, async () => {
      const { seen, player } = standing(out, at);
      const frames = new Frames(player, null);
      for (const by of [1, 1, 1, -1, -1]) {
        await frames.act('frame', by);
        await Promise.resolve();
      }
      const [before, ...after] = seen; // the first is the one that was on already
      assert.deepEqual(after.map((time) => Math.round((time - before) / 40)), [1, 2, 3, 2, 1]);
    });
  }
}

test('steps asked for faster than pictures come add up', async () => {
  const { seen, player } = standing(0, 5);
  const frames = new Frames(player, null);
  await Promise.all([1, 1, 1, -1].map((by) => frames.act('frame', by)));
  await Promise.resolve();
  assert.equal(seen.at(-1), 5080);
});

test('before it moves, a step tells that the film is to stand still: a description that it waits for sets it going else', async () => {
  const { seen, player } = standing(0, 5);
  const told = [];
  player.store.addEventListener('change', ({ detail }) => told.push(`${detail} ${seen.length}`));
  await new Frames(player, null).act('frame', 1);
  assert.deepEqual(told, ['still 0']);
});

test('nobody steps over the first picture or the last', () => {
  const times = FrameTimes.of(UNEVEN);
  assert.equal(times.middle(-3), times.middle(0));
  assert.equal(times.middle(99), times.middle(4));
});

for (const document of [{ ...STEADY, version: 2 }, { ...STEADY, count: 0 }, { ...UNEVEN, count: 6 }, { ...UNEVEN, durations: [] }]) {
  test(`a list that does not add up is refused: ${JSON.stringify(document)}`, () => {
    assert.throws(() => FrameTimes.of(document), TypeError);
  });
}

test('without a list the rate stands in, and it is said that it does', async (t) => {
  t.mock.method(globalThis, 'fetch', async () => new Response('', { status: 404 }));
  const times = await framesOf({ dataset: { frames: '/frames.json', frameRate: '50' }, store: { duration: 2 } });
  assert.deepEqual([times.count, times.isExact, times.at(0.5)], [100, false, 25]);
  t.mock.method(globalThis, 'fetch', async () => Response.json(UNEVEN));
  assert.equal((await framesOf({ dataset: { frames: '/frames.json' } })).isExact, true);
});

test('a rate is a number or a fraction; what is none counts as 25', () => {
  assert.deepEqual(['25', '30000/1001', '0/0', '', 'x'].map(rateOf), [25, 30_000 / 1001, 25, 25, 25]);
});

test('a time is told to the millisecond', () => {
  assert.deepEqual([clock(0), clock(72.4), clock(3599.9996)], ['0:00.000', '1:12.400', '60:00.000']);
});
