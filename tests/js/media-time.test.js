// Clocks, deep links and the steps of a film.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { chapterAt, clock, length, neighbour, parseClock, parseFragment, spoken, writeTime } from '../../edu/static/js/player/media-time.js';

const STEPS = [
  { id: 'V1-c01', title: 'Stand', start: 0, end: 8 },
  { id: 'V1-c02', title: 'Landmarks', start: 8, end: 20 },
  { id: 'V1-c05', title: 'Slide', start: 22, end: 30 },
];

for (const [seconds, shown] of [[0, '0:00'], [72.9, '1:12'], [3725, '1:02:05'], [-3, '0:00'], [NaN, '0:00'], [Infinity, '0:00']]) {
  test(`${seconds} seconds are shown as ${shown}`, () => {
    assert.equal(clock(seconds), shown);
  });
}

for (const [seconds, shown] of [[94.499, '1:34'], [94.5, '1:35'], [59.5, '1:00'], [0.4, '0:00'], [3599.7, '1:00:00'], [NaN, '0:00']]) {
  test(`a film of ${seconds} seconds is ${shown} long, here as in the lists`, () => {
    assert.equal(length(seconds), shown);
  });
}

test('a time between two milliseconds is written as the nearer, over the second too', () => {
  assert.deepEqual([1999.6, 59_999.7, 3_599_999.5, 1000.4].map(writeTime), ['0:02.0', '1:00.0', '1:00:00.0', '0:01.0']);
});

test('a length is spoken in words of the language', () => {
  assert.equal(spoken(72, 'en'), '1 minute, 12 seconds');
  assert.equal(spoken(3600, 'en'), '1 hour, 0 minutes, 0 seconds');
  assert.equal(spoken(5, 'es'), '5 segundos');
});

for (const [text, seconds] of [['12.3', 12.3], ['1:02.5', 62.5], ['1:02:03', 3723], ['1m23s', 83], ['2h', 7200], ['83s', 83], ['s', null], ['', null], ['-1', null], ['1e3', null], ['a', null]]) {
  test(`the time '${text}' is read as ${seconds}`, () => {
    assert.equal(parseClock(text), seconds);
  });
}

const LINKS = [
  ['#t=12.3', { start: 12.3, end: null }],
  ['#t=12,20', { start: 12, end: 20 }],
  ['?t=1m23s', { start: 83, end: null }],
  ['?words=de&t=83,90', { start: 83, end: 90 }],
  ['#t=npt:1:02,1:10', { start: 62, end: 70 }],
  ['#t=,20', { start: 0, end: 20 }],
  ['#id=x&t=4', { start: 4, end: null }],
  ['#V1-c05', { step: 'V1-c05' }],
  ['#V12-c105', { step: 'V12-c105' }],
  ['#t=', null],
  ['#t=20,12', null],
  ['#t=soon', null],
  ['#references', null],
  ['#%E0%A4%A', null],
  ['', null],
];
for (const [hash, wanted] of LINKS) {
  test(`the link '${hash}' asks for ${JSON.stringify(wanted)}`, () => {
    assert.deepEqual(parseFragment(hash), wanted);
  });
}

test('the step that is on is found, and none in a gap or after the last', () => {
  assert.equal(chapterAt(STEPS, 8)?.id, 'V1-c02');
  assert.equal(chapterAt(STEPS, 7.999)?.id, 'V1-c01');
  assert.equal(chapterAt(STEPS, 21), null);
  assert.equal(chapterAt(STEPS, 30), null);
});

test('next leads to the head of the following step and ends at the last', () => {
  assert.equal(neighbour(STEPS, 3, 1)?.id, 'V1-c02');
  assert.equal(neighbour(STEPS, 8, 1)?.id, 'V1-c05');
  assert.equal(neighbour(STEPS, 25, 1), null);
});

test('previous leads to the head of this step first, and to the one before when we are at the head', () => {
  assert.equal(neighbour(STEPS, 15, -1)?.id, 'V1-c02');
  assert.equal(neighbour(STEPS, 9, -1)?.id, 'V1-c01');
  assert.equal(neighbour(STEPS, 1, -1)?.id, 'V1-c01');
  assert.equal(neighbour([], 1, -1), null);
});
