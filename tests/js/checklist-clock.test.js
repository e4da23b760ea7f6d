// The clock of a station goes on when the page is closed, and a recording beside it has a clock of its own.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { StationClock } from '../../edu/static/js/stations/checklist-clock.js';

class Shelf {
  kept = new Map();
  getItem = (key) => this.kept.get(key) ?? null;
  setItem = (key, value) => void this.kept.set(key, value);
  removeItem = (key) => void this.kept.delete(key);
}

/** A clock on a shelf, with a hand to move the time. */
function at(shelf = new Shelf(), before = 0) {
  const time = { now: 1_000_000 };
  return { time, shelf, open: () => new StationClock(shelf, '/run', before, () => time.now) };
}

test('it stands until it is started, pauses, and goes on where it was', () => {
  const { time, open } = at();
  const clock = open();
  time.now += 5000;
  assert.deepEqual([clock.elapsed, clock.isRunning, clock.hasBegun], [0, false, false]);

  clock.start();
  time.now += 61_000;
  clock.pause();
  time.now += 9000;
  assert.equal(clock.elapsed, 61_000);
  clock.start();
  clock.start();
  time.now += 1000;
  assert.equal(clock.elapsed, 62_000);
});

test('a page that is closed and opened again finds it running', () => {
  const { time, open } = at();
  open().start();
  time.now += 30_000;

  const again = open();

  assert.deepEqual([again.elapsed, again.isRunning], [30_000, true]);
  again.forget();
  assert.equal(open().elapsed, 0);
});

test('another device goes on from what the server knows', () => {
  assert.equal(at(new Shelf(), 90_000).open().elapsed, 90_000);
});

test('a recording has its own time, from now or from where it stands', () => {
  const { time, open } = at();
  const clock = open();
  assert.equal(clock.recording, null);

  clock.setRecording(0);
  time.now += 4000;
  assert.equal(clock.recording, 4000);
  clock.setRecording(65_000);
  time.now += 1000;
  assert.equal(open().recording, 66_000);
  clock.stopRecording();
  assert.equal(clock.recording, null);
});

test('a clock of the machine that is set back gives no negative time', () => {
  const { time, open } = at();
  const clock = open();
  clock.start();
  time.now -= 500_000;
  assert.equal(clock.elapsed, 0);
});

test('what the shelf holds may be nonsense, and the shelf may be forbidden', () => {
  const shelf = new Shelf();
  for (const nonsense of ['{', '[]', '{"before":"x"}', '5']) {
    shelf.setItem('edu.station:/run', nonsense);
    assert.equal(at(shelf).open().elapsed, 0);
  }
  const forbidden = { getItem: () => null, setItem: () => { throw new Error('full'); }, removeItem: () => undefined };
  const clock = new StationClock(forbidden, '/run', 0, () => 5);
  clock.start();
  assert.equal(clock.isRunning, true);
});
