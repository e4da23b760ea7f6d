// The store drives a media element: seeks, speeds, steps, and ranges that end where they should.

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import { PlayerStore } from '../../edu/static/js/player/player-store.js';

/** What the store needs of HTMLMediaElement, with a clock that the test turns. */
class Media extends EventTarget {
  currentTime = 0;
  duration = 94;
  paused = true;
  ended = false;
  seeking = false;
  playbackRate = 1;
  defaultPlaybackRate = 1;
  volume = 1;
  muted = false;
  textTracks = [];
  refuses = false;

  async play() {
    if (this.refuses) throw new Error('NotAllowedError');
    this.paused = false;
    this.dispatchEvent(new Event('play'));
  }

  pause() {
    this.paused = true;
    this.dispatchEvent(new Event('pause'));
  }

  reach(time) {
    this.currentTime = time;
    this.dispatchEvent(new Event('timeupdate'));
  }
}

const STEPS = [
  { id: 'V1-c01', title: 'Stand', start: 0, end: 8 },
  { id: 'V1-c02', title: 'Landmarks', start: 8, end: 20 },
];
let media, store, ranges;

beforeEach(() => {
  mock.timers.reset();
  media = new Media();
  store = new PlayerStore(media, STEPS, 90);
  ranges = [];
  store.addEventListener('range', (event) => ranges.push(event.detail));
});

test('a seek stays within the film', () => {
  store.seek(-4);
  assert.equal(store.time, 0);

  store.seek(1000);
  assert.equal(store.time, 94);
});

test('louder after silence is as loud as before it, and quieter stays silent', () => {
  store.setVolume(0.8);
  store.setMuted(true);

  store.turn(-0.05);
  assert.equal(store.muted, true);
  store.turn(0.05);

  assert.equal(store.muted, false);
  assert.equal(store.volume, 0.8);
  store.turn(-0.05);
  assert.equal(store.volume, 0.75);
});

test('the length of the server counts until the media knows its own', () => {
  media.duration = NaN;
  assert.equal(store.duration, 90);
});

test('a step forward goes to the head of the next step', () => {
  store.seek(3);
  assert.equal(store.step(1)?.id, 'V1-c02');
  assert.equal(store.time, 8);
});

test('speeds go up and down by the offered ones and stop at both ends', () => {
  store.stepRate(1);
  assert.equal(store.rate, 1.25);
  store.setRate(0.25);
  store.stepRate(-1);
  assert.equal(store.rate, 0.25);
  store.setRate(2);
  store.stepRate(1);
  assert.equal(store.rate, 2);
});

test('taking the sound back from zero makes it heard', () => {
  store.setVolume(0);
  assert.ok(store.muted);
  store.setMuted(false);
  assert.equal(store.volume, 0.5);
  assert.ok(!store.muted);
});

test('a volume outside 0 to 1 is held at the nearer end', () => {
  store.setVolume(1.4);
  assert.equal(store.volume, 1);
  store.setVolume(-1);
  assert.equal(store.volume, 0);
});

test('a range plays from its start and pauses on its last picture', async () => {
  await store.playRange(8, 20);
  assert.equal(store.time, 8);

  media.reach(19.0);
  assert.ok(store.playing);
  media.reach(20.05);

  assert.ok(!store.playing);
  assert.equal(store.time, 19.999);
  assert.deepEqual(ranges, [{ start: 8, end: 20, why: 'end' }]);
});

test('near its end a range is watched by a timer, not by the slow timeupdate', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  await store.playRange(8, 20);
  media.reach(19.8);

  media.currentTime = 19.997;
  mock.timers.tick(196);

  assert.ok(!store.playing);
  assert.equal(ranges.length, 1);
});

test('at half speed the timer waits twice as long', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  store.setRate(0.5);
  await store.playRange(8, 20);
  media.reach(19.9);

  mock.timers.tick(190);
  assert.ok(store.playing);
  media.currentTime = 19.998;
  mock.timers.tick(10);

  assert.ok(!store.playing);
});

test('who seeks elsewhere is not stopped at the end of the range', async () => {
  await store.playRange(8, 20);
  store.seek(18);
  media.reach(25);

  assert.ok(store.playing);
  assert.deepEqual(ranges, [{ start: 8, end: 20, why: 'left' }]);
});

test('a pause within a range keeps the range', async () => {
  await store.playRange(8, 20);
  store.pause();
  await store.play();
  media.reach(20.1);

  assert.ok(!store.playing);
});

test('an armed range does not play by itself', () => {
  store.setRange(8, 20);
  assert.ok(!store.playing);
  assert.deepEqual(store.range, { start: 8, end: 20 });
});

test('a range past the end of the film ends with the film', () => {
  store.setRange(90, 400);
  assert.equal(store.range?.end, 94);
});

test('a refused play is told and nothing throws', async () => {
  media.refuses = true;
  assert.equal(await store.play(), false);
});

test('who plays right after a jump waits for its end: an HLS film of Chromium would stay in it', async () => {
  media.seeking = true;
  const played = store.playRange(8, 20);
  await Promise.resolve();
  await Promise.resolve();
  assert.ok(media.paused);

  media.seeking = false;
  media.dispatchEvent(new Event('seeked'));

  assert.equal(await played, true);
  assert.ok(store.playing);
});

test('a pause while a jump is waited for is not undone by its end', async () => {
  media.seeking = true;
  const played = store.playRange(8, 20);
  await Promise.resolve();
  store.pause();
  media.dispatchEvent(new Event('seeked'));

  assert.equal(await played, false);
  assert.ok(media.paused);
});

test('a browser that ends a jump only once it plays is not waited for for ever', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  media.seeking = true;
  const played = store.playRange(8, 20);
  await Promise.resolve();
  await Promise.resolve();
  mock.timers.tick(2000);

  assert.equal(await played, true);
});

test('work that the source needs is done once, before the first play', async () => {
  let done = 0;
  store.beforePlay(async () => { done += 1; });
  await store.play();
  store.pause();
  await store.play();
  assert.equal(done, 1);
});
