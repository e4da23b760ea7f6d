// Layers over a film: read from a track, placed in time and picture, told in words; and where the sign window may stand.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { boxOf, layersOf, pathOf, pointsAt, seenAt, spread, told, whereOf } from '../../edu/static/js/practice/layer-shapes.js';
import { within } from '../../edu/static/js/practice/sign.js';

const CREST = { layer: 'crest', label: 'Iliac crest', side: 'right', kind: 'bone', shape: 'polyline', points: [[0.5, 0.2], [0.75, 0.4]] };
const cue = (fields, startTime = 0, endTime = 2) => ({ startTime, endTime, text: JSON.stringify({ ...CREST, ...fields }) });
const NONE = new Set();

/** The cues of a file of ours: a time and one line of JSON each. */
function bundled(name) {
  const text = readFileSync(new URL(`../../edu/content/back-mice/videos/${name}.metadata.en.vtt`, import.meta.url), 'utf8');
  const seconds = (clock) => clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return [...text.matchAll(/^(\S+) --> (\S+)\n(.+)$/gm)].map(([, from, to, json]) => ({ startTime: seconds(from), endTime: seconds(to), text: json }));
}

test('layers are numbered as they first come, and what is no shape is counted and left out', () => {
  const found = layersOf([cue({ layer: 'b', label: 'B' }, 5, 6), cue({}), cue({ layer: 'b', label: 'B' }, 1, 2), { ...cue({}), text: '{' },
    cue({ points: [[0.5, 1.5], [0, 0]] }), cue({ points: [] }), cue({ to: [[0, 0]] }), cue({ kind: 7 })]);

  assert.deepEqual(found.layers.map(({ name, number }) => [name, number]), [['crest', 1], ['b', 2]]);
  assert.deepEqual([found.cues.length, found.lost], [3, 5]);
});

test('every shape of the bundled films is read', () => {
  for (const [name, many] of [['find', 8], ['infiltrate', 8]]) {
    const { layers, lost } = layersOf(bundled(name));
    assert.deepEqual([layers.length, lost], [many, 0]);
  }
});

test('a shape is seen from its start, no more at its end, and not while its layer is off', () => {
  const { cues } = layersOf([cue({}, 1, 2)]);

  assert.deepEqual([0.999, 1, 1.999, 2].map((time) => seenAt(cues, time, NONE).length), [0, 1, 1, 0]);
  assert.equal(seenAt(cues, 1, new Set(['crest'])).length, 0);
});

test('a moving shape is exactly at its points, half way between, and exactly at its goals', () => {
  const points = [[0.1, 0.2], [0.3, 0.7]];
  const to = [[0.3, 0.6], [0.9, 0.1]];
  const [moving] = layersOf([cue({ points, to }, 1.2, 3.7)]).cues;

  assert.deepEqual(pointsAt(moving, 1.2), points);
  assert.deepEqual(pointsAt(moving, 3.7), to);
  assert.deepEqual([pointsAt(moving, 0), pointsAt(moving, 99)], [points, to]);
  const [[x, y]] = pointsAt(moving, 2.45);
  assert.ok(Math.abs(x - 0.2) < 1e-9 && Math.abs(y - 0.4) < 1e-9);
});

test('paths are in the units of the picture, which is as wide as its ratio says', () => {
  assert.equal(pathOf('polyline', [[0, 0], [0.5, 1]], 2, 1), 'M0 0L1000 1000');
  assert.equal(pathOf('polygon', [[0, 0], [0.5, 1], [1, 0]], 2, 1), 'M0 0L1000 1000L2000 0Z');
  assert.equal(pathOf('ellipse', [[0.25, 0.2], [0.75, 0.4]], 2, 1), 'M500 300a500 100 0 1 0 1000 0a500 100 0 1 0 -1000 0Z');
  assert.equal(pathOf('point', [[0.5, 0.5]], 1, 2), 'M486 500a14 14 0 1 0 28 0a14 14 0 1 0 -28 0Z');
});

test('what is seen is told once, with its sides and its half of the picture', () => {
  const { cues } = layersOf([cue({}), cue({ side: 'left' }), cue({ points: [[0.5, 0.1], [0.6, 0.2]] }),
    { ...cue({ layer: 'sacrum', label: 'Sacrum', points: [[0.4, 0.7], [0.6, 0.9]] }), text: JSON.stringify({ ...CREST, layer: 'sacrum', label: 'Sacrum', side: undefined, points: [[0.4, 0.7], [0.6, 0.9]] }) }]);

  assert.deepEqual(told(cues, 1, false).map(({ label, sides, where }) => [label, sides, where]),
    [['Iliac crest', ['left', 'right'], 'upper'], ['Sacrum', [], 'lower']]);
});

test('in a mirror the right side is told as the left one', () => {
  const { cues } = layersOf([cue({})]);

  assert.deepEqual(told(cues, 1, true).map(({ sides }) => sides), [['left']]);
});

test('a shape about the line between the halves is in the middle', () => {
  assert.deepEqual([[[0, 0.3], [0, 0.7]], [[0, 0.1], [0, 0.7]], [[0, 0.9], [0, 0.3]]].map((points) => whereOf(points)), ['middle', 'upper', 'lower']);
  assert.deepEqual(boxOf([[0.5, 0.25], [0.25, 0.75]]), { x: 0.25, y: 0.25, width: 0.25, height: 0.5 });
});

test('names that would cover each other move below or above, while there is room near their shapes', () => {
  const box = (x, y) => ({ x, y, width: 10, height: 4 });

  assert.deepEqual(spread([box(0, 8), box(5, 9), box(5, 10), box(40, 8)], 30), [box(0, 8), box(5, 13), box(5, 18), box(40, 8)]);
  assert.deepEqual(spread([box(0, 8), box(0, 8), box(0, 8)], 30).map(({ y }) => y), [8, 12, 4]);
  assert.deepEqual(spread([box(0, 0), box(0, 0)], 6), [box(0, 0), null]);
  assert.deepEqual(spread(Array.from({ length: 8 }, () => box(0, 0)), 99).map((room) => room?.y), [0, 4, 8, 12, 16, 20, undefined, undefined]);
});

test('the window of the sign film stays on the stage, whatever is remembered', () => {
  const share = { width: 0.3, height: 0.4 };

  assert.deepEqual(within({ x: 2, y: -1, width: 9 }, share), { x: 0.7, y: 0, width: 0.7 });
  assert.deepEqual(within({ x: 0.2, y: 0.9, width: 0.3 }, share), { x: 0.2, y: 0.6, width: 0.3 });
  for (const broken of [undefined, {}, { x: 'a', y: 0, width: 0.2 }]) assert.equal(within(broken, share).width, 0.3);
});
