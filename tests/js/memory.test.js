// What the browser keeps: answers that are not yet saved, preferences, places in films; and the speed of an upload.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { AnswerQueue } from '../../edu/static/js/quiz/answer-queue.js';
import { choices, keepPlace, placeIn, remember } from '../../edu/static/js/player/preferences.js';
import { TransferRate } from '../../edu/static/js/upload/transfer-rate.js';

class Shelf {
  kept = new Map();
  getItem(key) { return this.kept.get(key) ?? null; }
  setItem(key, value) { this.kept.set(key, value); }
  removeItem(key) { this.kept.delete(key); }
}

beforeEach(() => { globalThis.localStorage = new Shelf(); });

test('an answer gets the revision after the one that the server holds', () => {
  const queue = new AnswerQueue(localStorage, '/attempts/1/answers');
  queue.meet('Q001', 4);
  queue.put('Q001', 'A');
  assert.deepEqual(queue.waiting, [{ item: 'Q001', rev: 5, response: 'A' }]);
});

test('a later answer to the same item replaces the one that waits', () => {
  const queue = new AnswerQueue(localStorage, '/a');
  queue.put('Q001', 'A');
  queue.put('Q001', 'B');
  assert.deepEqual(queue.waiting, [{ item: 'Q001', rev: 2, response: 'B' }]);
});

test('the acknowledgement of an older revision does not drop the newer answer', () => {
  const queue = new AnswerQueue(localStorage, '/a');
  queue.put('Q001', 'A');
  queue.put('Q001', 'B');
  queue.acknowledge([{ item: 'Q001', rev: 1 }]);
  assert.equal(queue.waiting.length, 1);
  queue.acknowledge([{ item: 'Q001', rev: 2 }]);
  assert.equal(queue.waiting.length, 0);
});

test('an answer that was not acknowledged is there again after a reload', () => {
  new AnswerQueue(localStorage, '/a').put('Q001', ['A', 'C']);

  const again = new AnswerQueue(localStorage, '/a');

  assert.deepEqual(again.meet('Q001', 0), { item: 'Q001', rev: 1, response: ['A', 'C'] });
});

test('a kept answer that is not newer than the server’s is dropped', () => {
  new AnswerQueue(localStorage, '/a').put('Q001', 'A');

  const again = new AnswerQueue(localStorage, '/a');

  assert.equal(again.meet('Q001', 1), null);
  assert.equal(localStorage.getItem('edu.answers:/a'), null);
});

test('answers to questions that are closed by now are dropped', () => {
  const queue = new AnswerQueue(localStorage, '/a');
  queue.put('Q001', 'A');
  queue.put('Q002', 'B');

  queue.keepOnly(['Q002']);

  assert.deepEqual(new AnswerQueue(localStorage, '/a').waiting.map(({ item }) => item), ['Q002']);
});

test('another attempt does not see them', () => {
  new AnswerQueue(localStorage, '/a').put('Q001', 'A');
  assert.deepEqual(new AnswerQueue(localStorage, '/b').waiting, []);
});

test('rubbish in the storage is nothing', () => {
  for (const rubbish of ['{', '7', 'null', '[{"item":3}]']) {
    localStorage.setItem('edu.answers:/a', rubbish);
    localStorage.setItem('edu.player', rubbish);
    assert.deepEqual(new AnswerQueue(localStorage, '/a').waiting, []);
    assert.deepEqual(choices(), {});
  }
});

test('a storage that throws costs nothing but the memory', () => {
  const broken = () => { throw new Error('QuotaExceededError'); };
  globalThis.localStorage = { getItem: broken, setItem: broken, removeItem: broken };
  const queue = new AnswerQueue(localStorage, '/a');
  queue.put('Q001', 'A');
  remember({ rate: 2 });
  assert.equal(queue.waiting.length, 1);
  assert.deepEqual(choices(), {});
});

test('choices are remembered one by one', () => {
  remember({ rate: 0.5 });
  remember({ captions: '' });
  assert.deepEqual(choices(), { rate: 0.5, captions: '' });
});

test('a film is taken up where it was left, but not within five seconds of either end', () => {
  for (const [left, found] of [[42.34, 42.3], [3, 0], [91, 0]]) {
    keepPlace('find', left, 1);
    assert.equal(placeIn('find', 94), found);
  }
  assert.equal(placeIn('never-seen', 94), 0);
});

test('only the two hundred latest places are kept', () => {
  for (let number = 0; number < 210; number += 1) keepPlace(`film-${number}`, 30, number);
  assert.equal(placeIn('film-0', 94), 0);
  assert.equal(placeIn('film-209', 94), 30);
});

test('the speed of an upload is that of its last seconds', () => {
  const rate = new TransferRate();
  for (let second = 0; second <= 20; second += 1) rate.add(second < 10 ? second * 1000 : 9000 + (second - 9) * 5000, second * 1000);
  assert.equal(rate.speed, 5000);
  assert.equal(rate.left(64_000 + 10_000), 2);
});

test('the time left is unknown before two samples and after a pause', () => {
  const rate = new TransferRate();
  rate.add(10, 0);
  assert.equal(rate.left(100), null);
  rate.add(20, 1000);
  rate.reset();
  assert.equal(rate.left(100), null);
});
