// When a film stops for a question: played over, not jumped over; once; never when the viewer does not want it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Crossing, due, wait } from '../../edu/static/js/quiz/film-crossing.js';

const stops = [{ at: 18.25, done: false }, { at: 56.25, done: false }, { at: 56.25, done: false }];
const at = (found) => found.map((stop) => stop.at);

/** What is due after each of these events. */
function played(...events) {
  const crossing = new Crossing();
  return events.map(([what, time]) => at(due(stops, crossing.heard(what, time), true)));
}

test('a question is due when the film plays over its time', () => {
  assert.deepEqual(played(['play', 18], ['timeupdate', 18.1], ['timeupdate', 18.35], ['timeupdate', 18.6]), [[], [], [18.25], []]);
});

test('two at the same time are due together, in their order', () => {
  assert.deepEqual(played(['play', 56], ['timeupdate', 56.3]), [[], [56.25, 56.25]]);
});

test('a jump over a time is none, however short, and nor is what the film says while it jumps', () => {
  assert.deepEqual(played(['play', 18], ['seeking', 18.5], ['timeupdate', 18.5], ['seeked', 18.5], ['timeupdate', 18.7]), [[], [], [], [], []]);
  assert.deepEqual(played(['play', 90], ['seeking', 10], ['seeked', 10], ['timeupdate', 10.2]), [[], [], [], []]);
});

test('who jumps to the very time or to a step that begins just before it is not asked, who comes to it from before is', () => {
  assert.deepEqual(played(['seeking', 18.25], ['seeked', 18.25], ['play', 18.25], ['timeupdate', 18.5]), [[], [], [], []]);
  assert.deepEqual(played(['seeking', 18], ['seeked', 18], ['timeupdate', 18.2], ['timeupdate', 18.4], ['timeupdate', 18.7]), [[], [], [], [], []]);
  assert.deepEqual(played(['seeking', 17.5], ['seeked', 17.5], ['timeupdate', 17.8], ['timeupdate', 18.25]), [[], [], [], [18.25]]);
});

test('the first event after the page was opened is no stretch that was played', () => {
  assert.deepEqual(played(['timeupdate', 60]), [[]]);
});

test('the end of the film is played over as well', () => {
  const crossing = new Crossing();
  crossing.heard('timeupdate', 93.8);
  assert.deepEqual(at(due([{ at: 94, done: false }], crossing.heard('ended', 94), true)), [94]);
});

test('what has an answer or was skipped is not asked again, and nothing is while that is switched off', () => {
  const stretch = { from: 18, to: 60 };
  assert.deepEqual(at(due(stops.map((stop) => ({ ...stop, done: true })), stretch, true)), []);
  assert.deepEqual(at(due(stops, stretch, false)), []);
});

test('a step that was asked for alone ends without the question behind it', () => {
  assert.deepEqual(at(due(stops, { from: 18, to: 18.25 }, true, 18.25)), []);
  assert.deepEqual(at(due(stops, { from: 18, to: 18.25 }, true, 30)), [18.25]);
});

test('near a time a timer stops the film, at the speed at which it runs', () => {
  assert.equal(wait(stops, 10, 1), null);
  assert.ok(Math.abs(wait(stops, 18.05, 1) - 200) < 1e-6);
  assert.ok(Math.abs(wait(stops, 18.05, 2) - 100) < 1e-6);
  assert.equal(wait(stops, 60, 1), null);
  assert.equal(wait([{ at: 18.25, done: true }], 18.2, 1), null);
});
