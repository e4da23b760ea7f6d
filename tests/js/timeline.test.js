// The time line: views and rulers, what an edge is drawn to, what a drag does, rows and overlaps, waveforms, keys, chapters' rows.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { arranged, inView, plainWords } from '../../edu/static/js/timeline/timeline-boxes.js';
import { cueAt, dragged, LEAST, newSpan } from '../../edu/static/js/timeline/timeline-drag.js';
import { wishOf } from '../../edu/static/js/timeline/timeline-keys.js';
import { Mover } from '../../edu/static/js/timeline/timeline-mover.js';
import { Waveform } from '../../edu/static/js/timeline/timeline-peaks.js';
import {
  CLOSEST, endOf, following, held, moved, showing, ticks, timeText, toMs, toX, whole, zoomed,
} from '../../edu/static/js/timeline/timeline-scale.js';
import { marksFor, nearest, snap, snapBox } from '../../edu/static/js/timeline/timeline-snap.js';

const cue = (key, start, end) => ({ key, start, end });
const THREE = [cue('a', 0, 1000), cue('b', 2000, 3000), cue('c', 4000, 5000)];
const STEPS = [cue('a', 0, 1000), cue('b', 1000, 3000), cue('c', 3000, 5000)];
const FREE = { duration: 10_000, isTouching: false };
const SHARED = { duration: 10_000, isTouching: true };

test('a moment stays where it is when one goes closer or wider', () => {
  const view = held({ start: 20_000, width: 800, scale: 0.05, duration: 90_000 });
  for (const factor of [1.5, 1 / 1.5, 10]) {
    const next = zoomed(view, factor, 25_000);
    assert.ok(Math.abs(toX(next, 25_000) - toX(view, 25_000)) < 1, String(factor));
  }
});

test('a view never leaves the film, is never wider than it and never closer than two milliseconds a pixel', () => {
  const film = whole(900, 90_000);
  assert.deepEqual([film.start, endOf(film)], [0, 90_000]);
  assert.deepEqual(zoomed(film, 0.2, 0), film);
  const close = zoomed(film, 1e9, 90_000);
  assert.equal(close.scale, CLOSEST);
  assert.equal(endOf(close), 90_000);
  assert.equal(moved(close, 1e9).start, close.start);
  assert.equal(moved(close, -1e9).start, 0);
  assert.deepEqual([toMs(film, -50), toMs(film, 450), toMs(film, 5000)], [0, 45_000, 90_000]);
});

test('a film shorter than the screen can show is still held', () => {
  const tiny = whole(1200, 100);
  assert.equal(tiny.scale, 12);
  assert.equal(zoomed(tiny, 2, 50).scale, 12);
});

test('what is to be seen comes into view with its beginning, and what is seen moves nothing', () => {
  const view = held({ start: 10_000, width: 1000, scale: 0.1, duration: 90_000 });
  assert.equal(showing(view, 12_000, 13_000), view);
  assert.ok(showing(view, 5000, 6000).start < 5000);
  const later = showing(view, 30_000, 32_000);
  assert.ok(later.start < 30_000 && endOf(later) > 32_000);
  assert.ok(showing(view, 30_000, 60_000).start <= 30_000);
});

test('the view follows the playhead smoothly, or page by page where no motion is wanted', () => {
  const view = held({ start: 10_000, width: 1000, scale: 0.1, duration: 90_000 });
  assert.equal(following(view, 15_000, false), view);
  assert.equal(Math.round(following(view, 18_000, false).start), 11_000);
  assert.equal(following(view, 19_900, true), view);
  assert.equal(Math.round(following(view, 20_100, true).start), 19_100);
  assert.ok(following(view, 2000, true).start <= 2000);
});

test('labels of the ruler stand far enough apart at any zoom, and never too many', () => {
  for (let scale = 1000 / 7_200_000; scale <= CLOSEST; scale *= 1.7) {
    const view = held({ start: 3_600_000, width: 1000, scale, duration: 7_200_000 });
    const found = ticks(view);
    const labelled = found.filter(({ label }) => label);
    assert.ok(found.length < 150, `${scale}: ${found.length}`);
    for (let n = 1; n < labelled.length; n += 1) assert.ok((labelled[n].time - labelled[n - 1].time) * view.scale >= 60, String(scale));
  }
});

test('times are written as they are read', () => {
  assert.deepEqual([0, 5000, 72_400, 72_405, 3_725_000].map((ms) => timeText(ms)), ['0:00', '0:05', '1:12.4', '1:12.405', '1:02:05']);
  assert.equal(timeText(5000, true), '0:05.0');
});

test('the nearest mark holds an edge, of two equally near the first kind', () => {
  const marks = [{ kind: 'neighbour', times: [1000, 2000] }, { kind: 'cut', times: [1040, 1900] }];
  assert.deepEqual(snap(1030, marks, 50), { kind: 'cut', time: 1040 });
  assert.deepEqual(snap(1020, marks, 50), { kind: 'neighbour', time: 1000 });
  assert.equal(snap(1500, marks, 50), null);
  assert.deepEqual([[], [5], [1, 9]].map((times) => nearest(times, 6)), [null, 5, 9]);
});

test('a box is held by its start or its end, whichever is nearer', () => {
  const marks = [{ kind: 'cut', times: [1000, 3010] }];
  assert.deepEqual(snapBox(1020, 2000, marks, 50), { start: 1010, mark: { kind: 'cut', time: 3010 } });
  assert.deepEqual(snapBox(995, 500, marks, 50), { start: 1000, mark: { kind: 'cut', time: 1000 } });
  assert.deepEqual(snapBox(700, 500, marks, 50), { start: 700, mark: null });
});

test('marks are the edges of the others, cuts, speech and the playhead', () => {
  const marks = marksFor(THREE, 'b', { cuts: [700], speech: [[100, 900]], time: 42 });
  assert.deepEqual(marks.map(({ kind, times }) => [kind, ...times]), [
    ['neighbour', 0, 1000, 4000, 5000], ['cut', 700], ['speech', 100, 900], ['playhead', 42],
  ]);
});

test('a cue keeps a length and stays in the film, and may overlap its neighbours', () => {
  assert.deepEqual(dragged(THREE, 1, 'start', 2999, FREE), [cue('b', 3000 - LEAST, 3000)]);
  assert.deepEqual(dragged(THREE, 1, 'end', 4500, FREE), [cue('b', 2000, 4500)]);
  assert.deepEqual(dragged(THREE, 1, 'end', 99_000, FREE), [cue('b', 2000, 10_000)]);
  assert.deepEqual(dragged(THREE, 1, 'body', -500, FREE), [cue('b', 0, 1000)]);
  assert.deepEqual(dragged(THREE, 1, 'body', 99_000, FREE), [cue('b', 9000, 10_000)]);
  assert.deepEqual(dragged(THREE, 7, 'body', 0, FREE), []);
});

test('chapters that touch share an edge, and none is pushed out', () => {
  assert.deepEqual(dragged(STEPS, 1, 'start', 700, SHARED), [cue('b', 700, 3000), cue('a', 0, 700)]);
  assert.deepEqual(dragged(STEPS, 1, 'end', 4000, SHARED), [cue('b', 1000, 4000), cue('c', 4000, 5000)]);
  assert.deepEqual(dragged(STEPS, 1, 'start', -99, SHARED), [cue('b', LEAST, 3000), cue('a', 0, LEAST)]);
  assert.deepEqual(dragged(STEPS, 1, 'end', 9999, SHARED), [cue('b', 1000, 5000 - LEAST), cue('c', 5000 - LEAST, 5000)]);
  assert.deepEqual(dragged(STEPS, 1, 'body', 1500, SHARED), [cue('b', 1500, 3500), cue('a', 0, 1500), cue('c', 3500, 5000)]);
});

test('a chapter before a gap moves its own edge only, up to its neighbour', () => {
  assert.deepEqual(dragged(THREE, 1, 'start', 500, SHARED), [cue('b', 1000, 3000)]);
  assert.deepEqual(dragged(THREE, 1, 'end', 4500, SHARED), [cue('b', 2000, 4000)]);
});

test('a drag tells what holds it, is free with Alt, and keys go on from where they came to', () => {
  const mover = new Mover(THREE, 'b', 'end', { cuts: [3600], speech: [], time: 0, ...FREE });
  mover.by(580, 50);
  assert.deepEqual([mover.changed[0].end, mover.mark], [3600, { kind: 'cut', time: 3600 }]);
  mover.by(580, 0);
  assert.deepEqual([mover.changed[0].end, mover.mark], [3580, null]);
  mover.by(0, 0);
  assert.equal(mover.isChange, false);

  const keys = new Mover(THREE, 'a', 'start', { cuts: [], speech: [], time: 0, ...FREE });
  keys.more(-1000);
  keys.more(100);
  assert.equal(keys.changed[0].start, 100, 'a key against the border of the film is not saved up');
});

test('cues are seen where they are dragged to, in the order of time', () => {
  const mover = new Mover(THREE, 'a', 'body', { cuts: [], speech: [], time: 0, ...FREE });
  mover.by(3200, 0);
  assert.deepEqual(mover.applied(THREE).map(({ key, start }) => [key, start]), [['b', 2000], ['a', 3200], ['c', 4000]]);
});

test('a double click makes two seconds up to the next cue, a drawn one is as drawn', () => {
  assert.deepEqual(newSpan(THREE, 1200, 1200, 10_000), { start: 1200, end: 2000 });
  assert.deepEqual(newSpan(THREE, 6000, 6000, 10_000), { start: 6000, end: 8000 });
  assert.deepEqual(newSpan(THREE, 1800, 1100, 10_000), { start: 1100, end: 1800 });
  assert.equal(newSpan(THREE, 1950, 1950, 10_000), null);
});

test('overlaps lie in a second row and are told', () => {
  const { rows, clashes, reach } = arranged([cue('a', 0, 1000), cue('b', 800, 2000), cue('c', 1500, 1700), cue('d', 2000, 3000)]);
  assert.deepEqual([...rows], [0, 1, 0, 0]);
  assert.deepEqual(clashes, [[800, 1000], [1500, 1700]]);
  assert.deepEqual([...reach], [1000, 2000, 2000, 3000]);
});

test('only what is in view is looked at, a long cue from before included', () => {
  const cues = [cue('long', 0, 90_000), ...Array.from({ length: 2000 }, (_, n) => cue(`n${n}`, n * 1000, n * 1000 + 900))];
  const { reach } = arranged(cues);
  assert.deepEqual(inView(cues, reach, 50_000, 60_000), [0, 61]);
  assert.deepEqual(inView(cues, reach, 1_000_000, 1_010_000), [1001, 1011]);
  assert.deepEqual(inView([], new Float64Array(0), 0, 1000), [0, 0]);
  assert.deepEqual([0, 1500, 2500].map((time) => cueAt(THREE, time)), [0, -1, 1]);
});

test('markup and entities do not show in a box', () => {
  assert.equal(plainWords('<v Anna>Press &amp; <i>hold</i>\nhere &lt;3'), 'Press & hold here <3');
  assert.equal(plainWords('open <b'), 'open');
});

const peaks = (count) => ({
  length: count, sample_rate: 8000, samples_per_pixel: 400,
  data: Array.from({ length: 2 * count }, (_, n) => (n % 2 ? 1 : -1) * (Math.floor(n / 2) === 777 ? 120 : 10)),
});

test('a single loud moment is seen at any zoom', () => {
  const waveform = new Waveform(peaks(36_000));
  for (const scale of [0.5, 0.05, 0.01, 1000 / 1_800_000]) {
    const view = held({ start: 777 * 50 - 400 / scale, width: 1000, scale, duration: 1_800_000 });
    const columns = waveform.columns(view);
    assert.equal(columns.length, 2000);
    assert.ok(columns.includes(120) && columns.includes(-120), String(scale));
  }
  assert.equal(waveform.loudest, 120);
});

test('a whisper is not drawn as a shout, and past the end there is nothing', () => {
  const waveform = new Waveform({ length: 2, sample_rate: 8000, samples_per_pixel: 400, data: [-3, 3, -2, 2] });
  assert.equal(waveform.loudest, 24);
  assert.deepEqual([...waveform.columns(whole(4, 200))], [-3, 3, -2, 2, 0, 0, 0, 0]);
});

test('keys move, choose an edge, go on, zoom; what belongs to the page is left to it', () => {
  const press = (key, more = {}) => wishOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more });
  assert.deepEqual(press('ArrowRight'), { does: 'move', by: 100 });
  assert.deepEqual(press('ArrowLeft', { shiftKey: true }), { does: 'move', by: -10 });
  assert.deepEqual(press('ArrowLeft', { ctrlKey: true }), { does: 'move', by: -1000 });
  assert.deepEqual(press('['), { does: 'edge', edge: 'start' });
  assert.deepEqual(press('0'), { does: 'zoom', factor: 0 });
  for (const [key, more] of [['s', {}], ['Tab', {}], [' ', {}], ['+', { ctrlKey: true }], ['ArrowLeft', { altKey: true }]]) assert.equal(press(key, more), null);
});
