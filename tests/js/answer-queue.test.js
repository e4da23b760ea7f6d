// The revision that a form carries along: that of the latest answer, here or on the server.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { AnswerQueue } from '../../edu/static/js/quiz/answer-queue.js';

const shelf = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };

test('the newest revision is the server’s until something is answered here', () => {
  const queue = new AnswerQueue(shelf, '/a');
  queue.meet('s1', 4);
  assert.equal(queue.newest('s1'), 4);
  queue.put('s1', '2');
  assert.equal(queue.newest('s1'), 5);
  assert.equal(queue.newest('s2'), 0);
});

test('an answer that was given later elsewhere makes ours give way, unless ours is later still', () => {
  const queue = new AnswerQueue(shelf, '/a');
  queue.meet('s1', 1);
  queue.put('s1', '2');

  assert.equal(queue.meet('s1', 2), null);
  assert.deepEqual(queue.waiting, []);
  queue.put('s1', '3');
  queue.put('s1', '1');
  assert.deepEqual(queue.meet('s1', 3), { item: 's1', rev: 4, response: '1' });
});

test('how sure one is goes along with an answer, and only where it was said', () => {
  const queue = new AnswerQueue(shelf, '/a');
  queue.put('s1', '2', 3);
  queue.put('s2', ['1']);

  assert.deepEqual(queue.waiting, [{ item: 's1', rev: 1, response: '2', certainty: 3 }, { item: 's2', rev: 1, response: ['1'] }]);
});

test('an answer that cannot be read no longer waits, and the next one is later still', () => {
  const queue = new AnswerQueue(shelf, '/a');
  queue.put('s1', 'about six');
  queue.drop('s1');
  assert.deepEqual(queue.waiting, []);
  queue.put('s1', '6');
  assert.equal(queue.newest('s1'), 2);
});
