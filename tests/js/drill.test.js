// The stretch of a drill: from picture to picture, never too short, moved by keys and by handles.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Ends } from '../../edu/static/js/practice/drill-strip.js';
import { FrameTimes } from '../../edu/static/js/practice/frame-times.js';

const round = (seconds) => Math.round(seconds * 1000) / 1000;
const ends = (start, end, times = FrameTimes.regular(25, 94)) => {
  const made = new Ends(times);
  if (start !== undefined) made.set(start, end);
  return made;
};
const both = ({ start, end }) => [round(start), round(end)];

test('at first the whole film is the stretch', () => {
  assert.deepEqual(both(ends()), [0, 94]);
});

test('a stretch begins and ends with the pictures that are next to the times asked for', () => {
  assert.deepEqual(both(ends(36.01, 46.03)), [36, 46.04]);
  assert.deepEqual(both(ends(-5, 400)), [0, 94]);
});

for (const [start, end] of [[10, 10], [10, 9], [10, 10.1], [93.99, 94], [94, 0], [400, 500]]) {
  test(`a stretch from ${start} to ${end} is made long enough, within the film`, () => {
    const made = ends(start, end);
    assert.ok(made.end - made.start >= 0.2 - 1e-6, both(made).join());
    assert.ok(made.start >= 0 && made.end <= 94);
  });
}

test('the last picture of a stretch is the one before its end, however long that is', () => {
  const { start, end, last, room } = ends(36, 46).plan();
  assert.deepEqual([start, end, last, room].map(round), [36, 46, 45.96, 0.02]);
  const uneven = FrameTimes.of({ version: 1, timescale: 1000, start: 0, count: 5, durations: [[2, 30], [1, 200], [2, 50]] });
  const plan = ends(0, 0.26, uneven).plan();
  assert.deepEqual([plan.last, plan.room, plan.end].map(round), [0.06, 0.015, 0.26]);
});

test('an arrow moves an end by one picture, a page by a second, Home and End to the ends of the film', () => {
  const made = ends(36, 46);
  const moved = (key) => made.moved(key, 36);
  assert.deepEqual(['ArrowLeft', 'ArrowDown', 'ArrowRight', 'ArrowUp'].map((key) => round(moved(key))), [35.96, 35.96, 36.04, 36.04]);
  assert.deepEqual(['PageDown', 'PageUp', 'Home', 'End'].map(moved), [35, 37, -Infinity, Infinity]);
  assert.deepEqual(['Tab', 'a', 'Enter'].map(moved), [null, null, null]);
  for (let [n, time] = [0, 36]; n < 250; n++) {
    made.set(time = made.moved('ArrowRight', time), 60);
    assert.equal(round(made.start), round(36 + (n + 1) * 0.04));
  }
});

test('an end that is moved over an end of the film stays on it', () => {
  assert.deepEqual(both(ends(-Infinity, Infinity)), [0, 94]);
});

test('the film shows the first picture of the stretch at one end and its last at the other', () => {
  const made = ends(36, 46);
  assert.deepEqual([round(made.seen('from')), round(made.seen('to'))], [36.001, 45.98]);
});

test('the picture that is on at a time has a beginning and an end', () => {
  const { start, end } = ends().around(36.239);
  assert.deepEqual([round(start), round(end)], [36.2, 36.24]);
});

test('a film of one picture is a stretch, too', () => {
  const made = ends(0, 0, FrameTimes.regular(25, 0.04));
  assert.deepEqual(both(made), [0, 0.04]);
});
