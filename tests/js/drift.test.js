// Two media in step: what a drift is answered with, and a leader and a follower on times that the test tells.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FAR, InStep, NUDGE, correction } from '../../edu/static/js/practice/drift.js';

/** A medium whose time passes when the test says so. */
class Medium extends EventTarget {
  #time = 0;
  #rate = 1;
  paused = true;
  seeking = false;
  seeks = [];
  /** Its clock goes so much faster than others. */ skew = 1;

  constructor(duration = 100) {
    super();
    this.duration = duration;
  }

  get ended() { return this.#time >= this.duration; }
  get currentTime() { return this.#time; }
  set currentTime(seconds) {
    this.#time = seconds;
    this.seeks.push(seconds);
    this.seeking = true;
    this.tell('seeking');
  }

  get playbackRate() { return this.#rate; }
  set playbackRate(rate) {
    this.#rate = rate;
    this.tell('ratechange');
  }

  tell(name) { this.dispatchEvent(new Event(name)); }
  async play() { this.paused = false; this.tell('play'); }
  pause() { this.paused = true; this.tell('pause'); }
  arrive() { this.seeking = false; this.tell('seeked'); }
  pass(seconds) { if (!this.paused && !this.seeking) this.#time = Math.min(this.duration, this.#time + seconds * this.#rate * this.skew); }
}

function pair({ offset = 0, duration = 100 } = {}) {
  const [leader, follower] = [new Medium(), new Medium(duration)];
  let clock = 0;
  let look = () => {};
  const repeat = (work) => { look = work; return () => { look = () => {}; }; };
  const both = new InStep(leader, follower, { offset, repeat, now: () => clock });
  const pass = (seconds, every = 0.1) => {
    const drifts = [];
    for (let n = 0; n < Math.round(seconds / every); n++) {
      leader.pass(every);
      follower.pass(every);
      clock += every * 1000;
      look();
      drifts.push(Math.abs(both.drift));
    }
    return drifts;
  };
  const arrive = () => { if (follower.seeking) follower.arrive(); };
  arrive();
  return { leader, follower, both, pass, arrive };
}

for (const [ahead, rate, isNudged, wanted] of [
  [0, 1, false, 1], [0.011, 1, false, 1], [-0.011, 1, false, 1], [0.013, 1, false, 0.96], [-0.013, 1, false, 1.04],
  [0.011, 1, true, 0.96], [0.003, 1, true, 1], [0.05, 1, false, 0.92], [-0.2, 1, true, 1.08], [-0.2, 0.25, false, 0.27],
  [0.02, 0.5, false, 0.48],
]) {
  test(`${ahead} s off at ${rate}×${isNudged ? ', nudged already,' : ''} is answered with a speed of ${wanted}`, () => {
    const answer = correction(ahead, rate, isNudged);
    assert.equal(Math.round(answer.rate * 1000) / 1000, wanted);
    assert.deepEqual([answer.isNudged, answer.isFar], [wanted !== rate, false]);
    assert.ok(Math.abs(answer.rate - rate) <= NUDGE * rate + 1e-9);
  });
}

test('only what is further off than a quarter of a second is set anew', () => {
  assert.deepEqual([FAR + 0.001, -FAR - 0.001, FAR, -FAR].map((ahead) => correction(ahead, 1, false).isFar), [true, true, false, false]);
});

test('the follower plays when the leader plays, at its speed, and stands where the leader stands', async () => {
  const { leader, follower, both, pass, arrive } = pair({ offset: 2 });
  leader.playbackRate = 0.5;
  await leader.play();
  arrive();
  pass(3);
  assert.deepEqual([follower.paused, follower.playbackRate], [false, 0.5]);
  assert.ok(Math.abs(follower.currentTime - 3.5) < 0.012);
  leader.pause();
  assert.equal(follower.paused, true);
  assert.ok(Math.abs(both.drift) <= 0.001);
});

test('a clock that goes one percent fast is held within a frame, without one jump', async () => {
  const { leader, follower, pass, arrive } = pair();
  follower.skew = 1.01;
  await leader.play();
  arrive();
  const before = follower.seeks.length;
  assert.ok(Math.max(...pass(30)) <= 0.014);
  assert.equal(follower.seeks.length, before);
});

test('a drift of 200 ms is within a frame after two seconds, gone after three, and nothing swings after it', async () => {
  const { leader, follower, both, pass, arrive } = pair();
  await leader.play();
  arrive();
  pass(1);
  leader.pass(0.2);
  pass(2.1);
  assert.ok(Math.max(...pass(0.9)) <= 0.04);
  assert.ok(Math.max(...pass(5)) <= 0.004);
  assert.equal(follower.playbackRate, 1);
  assert.equal(both.isOutside, false);
});

test('a follower that stalled is set anew, ahead by what a seek takes', async () => {
  const { leader, follower, both, pass, arrive } = pair();
  await leader.play();
  arrive();
  pass(1);
  leader.pass(0.6);
  both.step();
  assert.equal(follower.seeking, true);
  pass(0.1);
  arrive();
  assert.ok(Math.abs(both.drift) <= 0.06);
});

test('who seeks the leader seeks both, playing or not', async () => {
  const { leader, follower, arrive } = pair({ offset: -1 });
  leader.currentTime = 20;
  assert.equal(follower.currentTime, 19);
  leader.arrive();
  arrive();
  await leader.play();
  leader.currentTime = 5;
  assert.deepEqual([follower.currentTime, follower.paused], [4, false]);
});

test('a leader that waits for its bytes is waited for', async () => {
  const { leader, follower, pass, arrive } = pair();
  await leader.play();
  arrive();
  pass(1);
  leader.tell('waiting');
  assert.equal(follower.paused, true);
  leader.tell('playing');
  assert.equal(follower.paused, false);
});

test('before its own beginning and after its end the follower stands still', async () => {
  const { leader, follower, both, pass, arrive } = pair({ offset: -2, duration: 3 });
  await leader.play();
  arrive();
  pass(1);
  assert.deepEqual([both.isOutside, follower.paused, follower.currentTime], [true, true, 0]);
  pass(2);
  assert.deepEqual([both.isOutside, follower.paused], [false, false]);
  pass(3);
  assert.deepEqual([both.isOutside, follower.paused], [true, true]);
});

test('another offset moves the follower at once', () => {
  const { leader, follower, both, arrive } = pair();
  leader.currentTime = 10;
  leader.arrive();
  arrive();
  both.offset = 1.5;
  assert.equal(follower.currentTime, 11.5);
});

test('let go, the follower stands still and hears nothing more', async () => {
  const { leader, follower, both, arrive } = pair();
  await leader.play();
  arrive();
  both.stop();
  const { length } = follower.seeks;
  leader.currentTime = 30;
  assert.deepEqual([follower.paused, follower.seeks.length], [true, length]);
});
