// Which view of the picture is seen when.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { viewAt } from '../../edu/static/js/practice/mirror.js';

const STEPS = [
  { start: 0, end: 10, isMirrored: false },
  { start: 10, end: 20, isMirrored: true },
  { start: 21, end: 30, isMirrored: true },
  { start: 32, end: 40, isMirrored: false },
];

test('until somebody chooses, each step is seen as its teacher says, from its first picture to its last', () => {
  const seen = [0, 9.99, 10, 19.99, 25, 29.99, 32, 39].map((time) => viewAt('', STEPS, time));
  assert.deepEqual(seen, ['filmed', 'filmed', 'mirrored', 'mirrored', 'mirrored', 'mirrored', 'filmed', 'filmed']);
});

test('between two mirrored steps the picture stays; after the last, where the credits are read, it never is', () => {
  assert.deepEqual([20.5, 31, 45].map((time) => viewAt(undefined, STEPS, time)), ['mirrored', 'filmed', 'filmed']);
  assert.equal(viewAt('', [STEPS[1]], 99), 'filmed');
  assert.equal(viewAt('', [STEPS[1]], 1), 'filmed');
});

test('what the viewer chose holds for every step; what nobody offers is no choice', () => {
  for (const view of ['filmed', 'mirrored', 'operator']) {
    assert.deepEqual([5, 15, 31, 99].map((time) => viewAt(view, STEPS, time)), [view, view, view, view]);
  }
  assert.equal(viewAt('sideways', STEPS, 15), 'mirrored');
  assert.equal(viewAt(undefined, [], 3), 'filmed');
});
