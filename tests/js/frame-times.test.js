// Pictures of a film by their true times: which is seen when, and where to seek to see just that one.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FrameTimes, framesOf, rateOf } from '../../edu/static/js/practice/frame-times.js';
import { clock } from '../../edu/static/js/practice/frames.js';

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
