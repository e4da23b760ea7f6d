// Measuring on the board: centimetres from the midline and from the crest line.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { between, fromCrest, scaleOf, stepped, tenth, toCm, toPixels } from '../../edu/static/js/board/measure.js';
import { read } from './modules.js';

const drawn = read('edu/content/back-mice/board/board.svg');
const given = (name) => drawn.match(new RegExp(`data-${name}="([^"]+)"`))[1];
const scale = scaleOf({ scale: given('scale'), origin: given('origin'), crest: given('crest') });

test('the drawn nodule lies six centimetres from the midline, on the crest line', () => {
  assert.deepEqual(toCm(scale, { x: 772, y: 404 }), { x: 6, y: 3 });
  assert.deepEqual(toPixels(scale, { x: -6, y: 3 }), { x: 508, y: 404 });
  assert.deepEqual(fromCrest(scale, { x: 6, y: 3 }), { cm: 0, where: 'on' });
});

test('both sides are measured alike, and above is towards the head', () => {
  for (const x of [6, -6]) {
    assert.equal(fromCrest(scale, { x, y: 6 }).where, 'above');
    assert.equal(fromCrest(scale, { x, y: 0 }).where, 'below');
  }
  assert.deepEqual(fromCrest(scale, { x: 0, y: 0 }), { cm: 4, where: 'away' });
});

test('two points are as far apart as a tape measure says, and there is no minus zero', () => {
  assert.equal(between({ x: 0, y: 0 }, { x: 3, y: 4 }), 5);
  assert.ok(Object.is(tenth(-0.01), 0));
});

test('arrows go by a tenth, with Shift by a whole centimetre, and other keys nowhere', () => {
  assert.deepEqual(stepped({ x: 0.1, y: 0 }, 'ArrowLeft', false), { x: 0, y: 0 });
  assert.deepEqual(stepped({ x: 0, y: 0 }, 'ArrowUp', true), { x: 0, y: 1 });
  assert.equal(stepped({ x: 0, y: 0 }, 'Enter', false), null);
});
