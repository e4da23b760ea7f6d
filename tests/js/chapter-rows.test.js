// The rows of the form of chapters: what they say on the time line, and how little is changed in them.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isBlank, kept, read, write } from '../../edu/static/js/timeline/chapter-rows.js';

const LENGTH = 80_000;
const FILM = 90_000;

/** A row as the form has it: fields by name. */
function row(n, start, title = 'A step', end = '', more = {}) {
  const fields = { start: { value: start }, title: { value: title }, end: { value: end }, id: { value: '' }, remove: { checked: false }, ...more };
  return { dataset: { n: String(n) }, fields, querySelector: (selector) => fields[/name\^="(\w+)-"/.exec(selector)[1]] ?? null };
}

const spans = (rows) => read(rows, LENGTH, FILM).map(({ key, start, end }) => [key, start, end]);

test('a chapter ends where the next begins, the last with what is taught, a written end before that', () => {
  assert.deepEqual(spans([row(0, '0:20'), row(1, '0:00', 'One', '0:12.5')]), [['1', 0, 12_500], ['0', 20_000, LENGTH]]);
  assert.deepEqual(spans([row(0, '1:21')]), [['0', 81_000, FILM]]);
  assert.deepEqual(spans([row(0, '0:00', 'One', '0:50'), row(1, '0:20')])[0], ['0', 0, 20_000]);
});

test('rows that go, are empty, or cannot be read are none', () => {
  const gone = row(1, '0:10', 'Gone', '', { remove: { checked: true } });
  assert.deepEqual(spans([row(0, ''), gone, row(2, 'soon'), row(3, '2:00')]), []);
  assert.ok(isBlank(row(0, ' ', '')) && !isBlank(row(0, '', 'Title')));
});

test('times are written where they are other, and an end only before a gap', () => {
  const rows = [row(0, '00:00', 'One', '0:10'), row(1, '0:20')];
  write(rows, [{ key: '0', start: 0, end: 15_250, text: '' }, { key: '1', start: 15_250, end: 70_000, text: '' }], LENGTH);

  assert.deepEqual(kept(rows).map(({ start, end }) => [start, end]), [['00:00', ''], ['0:15.25', '1:10']]);
});

test('what was written is read back', () => {
  const rows = [row(0, '0:00'), row(1, '0:20'), row(2, '0:50')];
  const wanted = [['0', 100, 33_000], ['1', 33_000, 40_001], ['2', 50_000, LENGTH]];

  write(rows, wanted.map(([key, start, end]) => ({ key, start, end, text: '' })), LENGTH);

  assert.deepEqual(spans(rows), wanted);
});
