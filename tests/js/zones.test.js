// Zones over a picture: drawn, moved and resized within it, read from fields and written to them; rows that are added.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { renumbered } from '../../edu/static/js/studio/question-rows.js';
import { between, boxOf, closed, corners, cornersText, ending, middle, moved, numberOf, read, resized, step, within, write } from '../../edu/static/js/studio/zone-shapes.js';

const SIZE = { width: 1280, height: 720 };
const at = (x, y) => ({ x, y });
const box = ({ shape, left, top, width, height }) => [shape, left, top, width, height];
const zone = (shape, left, top, width, height, points = []) => ({ shape, left, top, width, height, points });
const TRIANGLE = zone('polygon', 0, 0, 0, 0, [at(100, 100), at(200, 100), at(150, 180)]);

test('a zone is drawn between two points, whichever comes first', () => {
  assert.deepEqual(box(between('rect', at(300, 200), at(100, 50), SIZE)), ['rect', 100, 50, 200, 150]);
  assert.deepEqual(box(between('ellipse', at(100, 50), at(300, 200), SIZE)), ['ellipse', 100, 50, 200, 150]);
});

test('a circle is round and stays in the picture', () => {
  assert.deepEqual(box(between('circle', at(100, 50), at(300, 60), SIZE)), ['circle', 100, 50, 200, 200]);
  assert.deepEqual(box(between('circle', at(1200, 700), at(1280, 710), SIZE)), ['circle', 1200, 700, 20, 20]);
  assert.deepEqual(box(between('circle', at(50, 300), at(-90, 290), SIZE)), ['circle', 0, 250, 50, 50]);
});

test('a zone is moved as far as the picture goes', () => {
  assert.deepEqual(box(moved(zone('rect', 10, 10, 50, 50), at(-30, 5), SIZE)), ['rect', 0, 15, 50, 50]);
  assert.deepEqual(box(moved(zone('rect', 1200, 10, 50, 50), at(99, 0), SIZE)), ['rect', 1230, 10, 50, 50]);
  assert.equal(cornersText(moved(TRIANGLE, at(-500, 10), SIZE).points), '0,110 100,110 50,190');
});

test('a zone is resized by its lower right corner, a circle keeps round, corners keep their places', () => {
  assert.deepEqual(box(resized(zone('rect', 10, 10, 50, 50), at(5, -99), SIZE)), ['rect', 10, 10, 55, 4]);
  assert.deepEqual(box(resized(zone('circle', 10, 10, 50, 50), at(1, -10), SIZE)), ['circle', 10, 10, 40, 40]);
  assert.equal(cornersText(resized(TRIANGLE, at(100, 80), SIZE).points), '100,100 300,100 200,260');
});

test('arrow keys go one pixel, with Shift ten, other keys nowhere', () => {
  assert.deepEqual([step('ArrowLeft', false), step('ArrowDown', true), step('a', false)], [at(-1, 0), at(0, 10), null]);
});

test('a zone that a key makes lies in the middle, of whatever shape', () => {
  for (const shape of ['circle', 'rect', 'ellipse', 'polygon']) {
    const { left, top, width, height } = boxOf(middle(shape, SIZE));
    assert.deepEqual([left, top, width, height], [580, 300, 120, 120], shape);
  }
});

for (const shape of [zone('rect', 10, 20.5, 30, 40), zone('circle', 1, 2, 30, 30), zone('ellipse', 1, 2, 3, 4), TRIANGLE]) {
  test(`a ${shape.shape} is the same after its fields are written and read`, () => {
    const fields = write(shape);
    assert.deepEqual(read((name) => fields[name] ?? ''), shape);
  });
}

test('fields that are not complete describe no zone, a comma is a point', () => {
  const said = (fields) => (name) => fields[name] ?? '';
  assert.equal(read(said({ shape: 'rect', left: '1', top: '2', width: '3' })), null);
  assert.equal(read(said({ shape: 'circle', left: '1', top: '2', width: '0' })), null);
  assert.equal(read(said({ shape: 'polygon', points: 'x' })), null);
  assert.deepEqual(box(read(said({ left: '1,5', top: '2', width: '3' }))), ['circle', 1.5, 2, 3, 3]);
  assert.ok(Number.isNaN(numberOf(' ')));
});

test('corners are read with any blanks between them and kept to a tenth of a pixel', () => {
  assert.equal(cornersText(corners(' 10 , 20;30.25,40\n5,6')), '10,20 30.3,40 5,6');
  assert.deepEqual(within(at(-5, 900.04), SIZE), at(0, 720));
});

test('Enter ends a polygon with the corners clicked, wherever the focus is; a tool without corners is pressed', () => {
  const drawing = { tool: 'polygon', corners: 3, isOnButton: true };
  assert.equal(ending('Enter', drawing), 'finish');
  assert.equal(ending('Enter', { ...drawing, isOnButton: false }), 'finish');
  assert.equal(ending('Enter', { ...drawing, corners: 0 }), null);
  assert.equal(ending('Enter', { tool: '', corners: 0, isOnButton: false }), null);
  assert.equal(ending('Escape', drawing), 'give up');
  assert.equal(ending('ArrowLeft', drawing), null);
});

test('a polygon has the corners that were clicked, each once, and at least three', () => {
  assert.deepEqual(closed([at(1, 1), at(90, 1), at(50, 70), at(50, 70.5)]), [at(1, 1), at(90, 1), at(50, 70)]);
  assert.equal(closed([at(1, 1), at(90, 1), at(90, 1)]), null);
});

const NAMES = [
  ['zones-0-left', 'zones-1-left'],
  ['field-zones-0-left', 'field-zones-1-left'],
  ['row-zones-0', 'row-zones-1'],
  ['field-zones-0-left-hint field-zones-0-left-error', 'field-zones-1-left-hint field-zones-1-left-error'],
  ['remove:zones:0', 'remove:zones:1'],
  ['add:zones', 'add:zones'],
  ['ozones-0-left', 'ozones-0-left'],
];
for (const [before, after] of NAMES) {
  test(`${before} of the next row is ${after}`, () => assert.equal(renumbered(before, 'zones', 0, 1), after));
}
