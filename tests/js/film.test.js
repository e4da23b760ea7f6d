// Cutting a film: lines of times, the way between film and recording, what each tool does, rectangles and their keys.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { between, held, nudged, shifted } from '../../edu/static/js/film/cover-box.js';
import { read, readTime, write } from '../../edu/static/js/film/film-lines.js';
import { begin, cut, end, isKept, keep, nextKept, toFilm, toRecording } from '../../edu/static/js/film/film-pieces.js';
import { writeTime } from '../../edu/static/js/player/media-time.js';
import { sum } from './modules.js';

const piece = (start, stop, source = '') => ({ start, end: stop, source });
const times = (pieces) => pieces.map(({ start, end: stop }) => [start, stop]);
const TWO = [piece(0, 10_000), piece(20_000, 30_000)];

const TIMES = [[0, '0:00.0'], [5000, '0:05.0'], [80_520, '1:20.52'], [3_723_004, '1:02:03.004'], [59_990, '0:59.99']];
for (const [ms, text] of TIMES) {
  test(`${ms} ms is typed ${text} and read back`, () => {
    assert.equal(writeTime(ms), text);
    assert.equal(readTime(text), ms);
  });
}

test('seconds alone and a comma are times too, and nonsense is none', () => {
  assert.deepEqual(['80.5', '1:20,5', '75:00'].map(readTime), [80_500, 80_500, 4_500_000]);
  for (const text of ['', '1:75', '1:2', 'x', '1:60:00', '-1', '0:05.']) assert.ok(Number.isNaN(readTime(text)), text);
});

test('the lines of each field are read and written as the server does', () => {
  const fields = {
    pieces: '0:05.0 - 1:20.5\n0:00.0 - 0:04.0 from first-steps',
    covers: '0:10.0 - 0:20.0 at 30% 40% size 20% 15.5%',
    mutes: '0:31.2 - 0:33.0',
  };
  for (const [field, text] of Object.entries(fields)) assert.equal(write(field, read(field, text).entries), text);
});

test('the first line that cannot be read is named, empty ones are passed over', () => {
  assert.equal(read('pieces', '\n0:01 - 0:02\n0:05 to\n0:0').fault, 3);
  assert.equal(read('mutes', '0:03 - 0:02').fault, 1);
  assert.equal(read('covers', '\n\n').fault, 0);
});

test('a book that is pasted into a field is not read to its end', () => {
  const { entries, fault } = read('pieces', '0:01 - 0:02\n'.repeat(3000));
  assert.deepEqual([entries.length, fault], [200, 201]);
  assert.equal(read('pieces', '0:01 - 0:02\n'.repeat(200)).fault, 0);
  assert.equal(read('mutes', 'a'.repeat(100_000)).fault, 1);
});

test('a moment of the film is one of the recording, past cuts and joined recordings', () => {
  const stage = [[5000, 10_000, 1], [0, 2000, 0], [20_000, 30_000, 1]];

  assert.deepEqual([0, 4999, 5000, 6999, 7000, 17_000, 99_000].map((ms) => toRecording(stage, ms)),
    [5000, 9999, null, null, 20_000, 30_000, 30_000]);
  assert.deepEqual([0, 5000, 20_000, 12_000].map((ms) => toFilm(stage, ms)), [null, 0, 7000, null]);
});

test('what is cut out is skipped to the next piece', () => {
  assert.ok(isKept(TWO, 0) && isKept(TWO, 9999) && !isKept(TWO, 10_000));
  assert.equal(nextKept(TWO, 10_000), 20_000);
  assert.equal(nextKept(TWO, 30_000), null);
});

test('cutting out splits a piece, takes whole ones, leaves joined ones and never everything', () => {
  assert.deepEqual(times(cut(TWO, 2000, 4000).pieces), [[0, 2000], [4000, 10_000], [20_000, 30_000]]);
  assert.deepEqual(times(cut(TWO, 5000, 40_000).pieces), [[0, 5000]]);
  assert.deepEqual(cut([piece(0, 1000, 'other')], 0, 5000).pieces, [piece(0, 1000, 'other')]);
  assert.equal(cut(TWO, 0, 30_000), null);
});

test('a slip shorter than a fifth of a second leaves no piece of its own', () => {
  assert.deepEqual(times(cut(TWO, 100, 9900).pieces), [[20_000, 30_000]]);
});

test('a piece begins here: the one here is cut, the next one grows back, or a last one is made', () => {
  assert.deepEqual(times(begin(TWO, 3000, 40_000).pieces), [[3000, 10_000], [20_000, 30_000]]);
  assert.deepEqual(times(begin(TWO, 15_000, 40_000).pieces), [[0, 10_000], [15_000, 30_000]]);
  assert.deepEqual(times(begin(TWO, 35_000, 40_000).pieces), [...times(TWO), [35_000, 40_000]]);
  assert.equal(begin(TWO, 9900, 40_000), null);
});

test('a piece ends here: the one here is cut, the one before grows back, or a first one is made', () => {
  assert.deepEqual(times(end(TWO, 3000).pieces), [[0, 3000], [20_000, 30_000]]);
  assert.deepEqual(times(end(TWO, 15_000).pieces), [[0, 15_000], [20_000, 30_000]]);
  assert.deepEqual(times(end([piece(20_000, 30_000)], 5000).pieces), [[0, 5000], [20_000, 30_000]]);
});

test('a part that was cut out comes back whole, at the ends too', () => {
  assert.deepEqual(keep(TWO, 15_000, 40_000), { pieces: [piece(0, 30_000)], span: { start: 10_000, end: 20_000 } });
  assert.deepEqual(times(keep(TWO, 35_000, 40_000).pieces), [[0, 10_000], [20_000, 40_000]]);
  assert.deepEqual(times(keep([piece(5000, 9000)], 1000, 40_000).pieces), [[0, 9000]]);
  assert.equal(keep(TWO, 5000, 40_000), null);
});

test('around a joined recording the piece before it grows', () => {
  const joined = [piece(0, 1000), piece(0, 500, 'other'), piece(3000, 4000)];

  assert.deepEqual(times(keep(joined, 2000, 9000).pieces), [[0, 3000], [0, 500], [3000, 4000]]);
});

const PLACE = { x: 0.3, y: 0.4, width: 0.2, height: 0.1 };

test('arrow keys move a rectangle and with shift resize it; other keys do nothing', () => {
  assert.deepEqual(nudged(PLACE, 'ArrowRight', false), { ...PLACE, x: 0.31 });
  assert.deepEqual(nudged(PLACE, 'ArrowUp', false), { ...PLACE, y: 0.39 });
  assert.deepEqual(nudged(PLACE, 'ArrowRight', true), { ...PLACE, width: 0.21 });
  assert.deepEqual(nudged(PLACE, 'ArrowUp', true), { ...PLACE, height: 0.09 });
  assert.equal(nudged(PLACE, 'Enter', false), null);
});

test('a rectangle stays in the picture and large enough to be seen', () => {
  assert.deepEqual(held({ x: 0.95, y: -1, width: 0.2, height: 0 }), { x: 0.8, y: 0, width: 0.2, height: 0.02 });
  assert.deepEqual(shifted(PLACE, { x: -5, y: 5 }, false), { ...PLACE, x: 0, y: 0.9 });
  assert.deepEqual(shifted(PLACE, { x: -5, y: 5 }, true), { ...PLACE, width: 0.02, height: 0.6 });
});

test('a rectangle is drawn from any corner', () => {
  const wanted = { x: 0.2, y: 0.1, width: 0.3, height: 0.4 };

  assert.deepEqual(between({ x: 0.5, y: 0.1 }, { x: 0.2, y: 0.5 }), wanted);
  assert.deepEqual(between({ x: 0.2, y: 0.5 }, { x: 0.5, y: 0.1 }), wanted);
});

test('the tools of cutting weigh at most 10 kB gz beside the player', () => {
  const bytes = sum(['edu-cutter', 'cover-box', 'film-bar', 'film-lines', 'film-pieces'].map((name) => `film/${name}.js`));

  assert.ok(bytes <= 10_000, `${bytes} bytes`);
});
