// The loop of a drill on pictures whose times are given: it turns on the last one, never before it and never after.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Loop } from '../../edu/static/js/practice/loop.js';

const FRAME = 0.04;
const PLAN = { start: 36, end: 37, last: 36.96, room: 0.02, goal: 0, rest: 0 };
/** What a browser takes for a jump, ms. */
const SEEK = 50;

/**
 * Plays a film of 25 pictures per second at 1 kHz of the wall and obeys the loop. A picture is on from its own time to the
 * next one's; while a jump is under way the last one stays.
 * @returns the last picture of each round (its number counted from the end: 0 is the one before B), and how long it was on
 */
function play(plan, { rate = 1, rounds = 5, late = () => 0, isDropped = () => false, shift = 0, clockOnly = false } = {}) {
  const loop = new Loop(plan);
  const ends = [];
  const [first, count] = [Math.round((plan.start + shift) / FRAME), Math.round((plan.end - plan.start) / FRAME)];
  let [time, shown, since, landing, look, tick, wakes] = [plan.start + 0.001, -1, 0, NaN, NaN, 0, NaN];
  let [told, toldAt] = [null, NaN];
  const obey = (order, now) => {
    look = order.kind === 'look' ? now + Math.ceil(order.ms) : NaN;
    if (order.kind === 'rest') wakes = now + order.ms;
    if (order.kind === 'nothing' || order.kind === 'look') return;
    ends.push({ before: first + count - 1 - shown, on: now - since, at: now });
    landing = now + SEEK;
    time = plan.start + 0.001;
  };
  for (let now = 0; ends.length < rounds && now < 400_000; now++) {
    if (now === landing) {
      landing = NaN;
      loop.landed(now);
    }
    if (now === wakes) assert.ok(loop.wake(now));
    if (landing >= now || loop.isResting) continue;
    time += rate / 1000;
    const picture = Math.floor((time - shift) / FRAME + 1e-6) + Math.round(shift / FRAME);
    if (picture !== shown && !isDropped(picture, now)) {
      [shown, since] = [picture, now];
      told = { time: picture * FRAME + (shift % FRAME), exact: true, late: Math.round(late(picture)) };
      toldAt = now + told.late;
    }
    const common = { now, rate };
    if (!clockOnly && told && now >= toldAt) {
      const seen = told;
      told = null;
      obey(loop.seen({ ...common, ...seen }), now);
    }
    tick = (tick + 1) % 250;
    if (tick === 0 && clockOnly) obey(loop.seen({ ...common, time, exact: false, late: 0 }), now);
    if (now === look) obey(loop.seen({ ...common, time, exact: false, late: 0 }), now);
  }
  return { loop, ends };
}

for (const rate of [0.25, 0.5, 0.75, 1]) {
  test(`at ${rate}× each of twenty rounds ends on the last picture, once that was on nearly as long as the others`, () => {
    const { ends } = play(PLAN, { rate, rounds: 20 });
    assert.equal(ends.length, 20);
    for (const { before, on } of ends) {
      assert.equal(before, 0);
      const wanted = (FRAME * 1000) / rate - 40;
      assert.ok(on >= wanted - 5 && on <= Math.max(2, wanted + 1), `${on} ms`);
    }
  });

  test(`at ${rate}× pictures that are told late change nothing`, () => {
    const { ends } = play(PLAN, { rate, rounds: 10, late: (picture) => [0, 16, 33][picture % 3] });
    assert.deepEqual(new Set(ends.map(({ before }) => before)), new Set([0]));
  });

  test(`at ${rate}× without the times of pictures a timer ends each round within the last one`, () => {
    const { ends } = play(PLAN, { rate, rounds: 10, clockOnly: true });
    assert.equal(ends.length, 10);
    for (const { before } of ends) assert.equal(before, 0);
  });
}

test('where the last picture is left out the round ends when that would have ended, not with the next', () => {
  const last = Math.round(PLAN.end / FRAME) - 1;
  const { ends } = play(PLAN, { rounds: 10, isDropped: (picture) => picture === last });
  assert.equal(ends.length, 10);
  for (const { before, on } of ends) {
    assert.equal(before, 1);
    assert.ok(on > 40 && on <= 80, `${on} ms`);
  }
});

test('where every other picture is left out no round ends early by more than one picture, and none late', () => {
  for (const parity of [0, 1]) {
    const { ends } = play(PLAN, { rounds: 10, isDropped: (picture) => picture % 2 === parity });
    for (const { before } of ends) assert.ok(before === 0 || before === 1, `${before}`);
  }
});

test('a film that a browser shifts by a part of a picture turns on the picture whose end is nearest', () => {
  for (const shift of [-0.005, 0.005, 0.015]) {
    const { ends } = play(PLAN, { rate: 0.5, rounds: 5, shift });
    for (const { before } of ends) assert.equal(before, 0, `shift ${shift}`);
  }
});

test('a picture from before a jump, told after it, makes no second one', () => {
  const loop = new Loop(PLAN);
  const seen = (time, now) => loop.seen({ time, now, exact: true, late: 10, rate: 1 }).kind;
  assert.equal(seen(36.1, 0), 'nothing');
  assert.equal(seen(36.96, 560), 'jump');
  assert.equal(seen(37, 580), 'nothing');
  loop.landed(600);
  assert.equal(seen(36.96, 650), 'nothing');
  assert.equal(seen(36.04, 660), 'nothing');
  assert.equal(seen(36.96, 1600), 'jump');
  assert.equal(loop.round, 3);
});

test('who jumps to near the end, in a round, is turned there all the same', () => {
  const loop = new Loop(PLAN);
  loop.landed(0);
  assert.equal(loop.seen({ time: 36.92, now: 120, exact: true, late: 0, rate: 1 }).kind, 'look');
  assert.equal(loop.seen({ time: 36.96, now: 160, exact: true, late: 10, rate: 1 }).kind, 'jump');
});

test('between two rounds one rests for as long as was asked for, and the round counts from its beginning', () => {
  const { loop, ends } = play({ ...PLAN, rest: 2000 }, { rounds: 3 });
  assert.equal(loop.round, 3);
  for (const [n, { at }] of ends.entries()) {
    if (n > 0) assert.ok(Math.abs(at - ends[n - 1].at - 2000 - 960) <= 5, `${at - ends[n - 1].at} ms`);
  }
});

test('a rest counts down, and who plays does not wait for its end', () => {
  const loop = new Loop({ ...PLAN, rest: 5000 });
  loop.seen({ time: 36.1, now: 0, exact: true, late: 0, rate: 1 });
  assert.deepEqual(loop.seen({ time: 36.96, now: 900, exact: true, late: 10, rate: 1 }), { kind: 'rest', ms: 5000 });
  assert.deepEqual([loop.isResting, loop.restLeft(900), loop.restLeft(2400), loop.restLeft(9000)], [true, 5000, 3500, 0]);
  assert.equal(loop.wake(2500), true);
  assert.equal(loop.wake(2501), false);
  assert.deepEqual([loop.isResting, loop.round], [false, 2]);
});

test('with a goal the last round is the last', () => {
  const loop = new Loop({ ...PLAN, goal: 2 });
  const round = (now) => {
    loop.seen({ time: 36.1, now, exact: true, late: 0, rate: 1 });
    return loop.seen({ time: 36.96, now: now + 900, exact: true, late: 10, rate: 1 }).kind;
  };
  assert.deepEqual([round(0), round(1000), round(2000)], ['jump', 'done', 'nothing']);
  assert.equal(loop.round, 2);
});

test('a stretch that ends with the film turns when the film has ended, too', () => {
  const loop = new Loop(PLAN);
  assert.equal(loop.reached(0).kind, 'nothing');
  loop.seen({ time: 36.1, now: 0, exact: false, late: 0, rate: 1 });
  assert.equal(loop.reached(900).kind, 'jump');
});

test('a film that stands still before the end is waited for', () => {
  const loop = new Loop(PLAN);
  loop.seen({ time: 36.1, now: 0, exact: true, late: 0, rate: 1 });
  assert.equal(loop.seen({ time: 36.84, now: 740, exact: true, late: 0, rate: 1 }).kind, 'look');
  for (let now = 900; now < 9000; now += 100) {
    assert.equal(loop.seen({ time: 36.84, now, exact: false, late: 0, rate: 1 }).kind, 'look');
  }
});

test('of pictures of uneven length the last one is known by its own time', () => {
  const loop = new Loop({ ...PLAN, last: 36.8, room: 0.015 });
  const seen = (time) => loop.seen({ time, now: 0, exact: true, late: 0, rate: 1 });
  seen(36.1);
  assert.deepEqual(seen(36.77), { kind: 'look', ms: (37 - 36.77) * 1000 - 8 });
  assert.ok(Math.abs(seen(36.8).ms - 160) < 0.01);
});
