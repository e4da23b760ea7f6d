// Layers over a film: read from a track, placed in time and picture, told in words; and where the sign window may stand.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { areOver, labelsOf, noteBox, widthOf } from '../../edu/static/js/practice/layer-names.js';
import { HEIGHT, boxOf, layersOf, pathOf, pointsAt, seenAt, told, whereOf } from '../../edu/static/js/practice/layer-shapes.js';
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

/** How a picture so many CSS pixels wide is written on; letters are those of layers.js. */
function writing(layers, pixels, fields = {}) {
  const shown = (pixels * 9) / 16;
  const letter = (HEIGHT / shown) * Math.min(14, Math.max(10, shown * 0.032));
  const number = ({ layer }) => String(layers.find(({ name }) => name === layer).number);
  const name = (cue) => `${number(cue)} ${cue.label}${cue.side ? ` (${cue.side})` : ''}`;
  return { ratio: 16 / 9, letter, hasNames: true, note: 'Schematic', number, name, ...fields };
}

test('at no moment of the bundled films does a name cover another, or is one cut off, on a phone, a tablet or a desk', () => {
  for (const film of ['find', 'infiltrate']) {
    const { layers, cues } = layersOf(bundled(film));
    const times = new Set(cues.flatMap(({ start, end }) => [start, (start + end) / 2]));
    for (const [pixels, fewest] of [[288, 0.4], [328, 0.5], [712, 1], [880, 1], [1216, 1]]) {
      for (const time of times) {
        const [seen, how] = [seenAt(cues, time, NONE), writing(layers, pixels)];
        const labels = labelsOf(seen, time, how);
        const where = `${film} at ${time} s, ${pixels} px`;
        const boxes = [...labels.map(({ box }) => box), noteBox(how)];
        const [shapes, named] = [new Set(seen.map(({ layer, side }) => layer + side)), new Set(labels.filter(({ text }) => /[a-z]/i.test(text)).map(({ cue: { layer } }) => layer))];

        boxes.forEach((box, n) => assert.ok(!boxes.slice(n + 1).some((other) => areOver(box, other)), where));
        assert.ok(boxes.every(({ x, y, width, height }) => x >= 0 && y >= 0 && x + width <= how.ratio * HEIGHT && y + height <= HEIGHT), where);
        assert.equal(labels.length, shapes.size, `${where}: each layer has its number on each side`);
        assert.ok(named.size >= fewest * new Set(seen.map(({ layer }) => layer)).size, `${where}: only ${[...named]} are named`);
      }
    }
  }
});

test('under captions stands neither a number nor a name, nor the note that it is a drawing', () => {
  for (const film of ['find', 'infiltrate']) {
    const { layers, cues } = layersOf(bundled(film));
    for (const [pixels, low] of [[288, 680], [328, 690], [880, 780]]) {
      for (const time of new Set(cues.map(({ start }) => start))) {
        const [seen, how] = [seenAt(cues, time, NONE), writing(layers, pixels, { low })];
        const labels = labelsOf(seen, time, how);
        const boxes = [...labels.map(({ box }) => box), noteBox(how)];

        assert.ok(boxes.every(({ y, height }) => y >= 0 && y + height <= low + 1e-9), `${film} at ${time} s, ${pixels} px`);
        boxes.forEach((box, n) => assert.ok(!boxes.slice(n + 1).some((other) => areOver(box, other))));
        assert.equal(labels.length, new Set(seen.map(({ layer, side }) => layer + side)).size);
      }
    }
  }
});

test('what lies on both sides is named on one of them, what lies on one is named there', () => {
  const { layers, cues } = layersOf([cue({}), cue({ side: 'left', points: [[0.2, 0.2], [0.3, 0.4]] }), cue({ layer: 'fat', label: 'Fat', points: [[0.7, 0.8], [0.8, 0.9]] })]);
  const texts = (fields) => labelsOf(cues, 1, writing(layers, 880, fields)).map(({ text }) => text);

  assert.deepEqual(texts({}), ['1 Iliac crest (right)', '1', '2 Fat (right)']);
  assert.deepEqual(texts({ hasNames: false }), ['1', '1', '2']);
  assert.deepEqual(texts({ name: () => 'x'.repeat(300) }), ['1', '1', '2']);
});

test('letters of East Asia are taken to be wider', () => {
  assert.deepEqual(['ab', '腸骨', '한글', 'Ärm'].map((text) => Math.round(widthOf(text) * 10)), [12, 22, 22, 18]);
});

test('the window of the sign film stays on the stage, whatever is remembered', () => {
  const share = { width: 0.3, height: 0.4 };

  assert.deepEqual(within({ x: 2, y: -1, width: 9 }, share), { x: 0.7, y: 0, width: 0.7 });
  assert.deepEqual(within({ x: 0.2, y: 0.9, width: 0.3 }, share), { x: 0.2, y: 0.6, width: 0.3 });
  for (const broken of [undefined, {}, { x: 'a', y: 0, width: 0.2 }]) assert.equal(within(broken, share).width, 0.3);
});
