// What runs inside a lesson pack: marking as the site marks, the file of answers, and what stands in for the network.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read } from './modules.js';
import { AnswerStore, fileOf, nameOf, nothing, uidOf } from '../../edu/static/js/pack/answers-file.js';
import { grade, quantityOf } from '../../edu/static/js/pack/grade.js';

globalThis.document = { getElementById: () => null };
const { fetchFrom, place } = await import('../../edu/static/js/pack/inline.js');

const { units, questions } = JSON.parse(read('tests/data/pack-grades.json'));

test('open keys are marked as the grader of the site marks them', () => {
  let count = 0;
  for (const { key, answers } of questions) {
    for (const [response, certainty, fraction, certaintyMark] of answers) {
      const given = grade(key, response, certainty, units);
      const what = JSON.stringify({ key, response, certainty, fraction, given });
      count += 1;
      if (fraction === null) assert.equal(given, null, what);
      else assert.ok(given !== null && Math.abs(given.fraction - fraction) < 1e-9, what);
      assert.equal(given?.certaintyMark ?? null, certaintyMark, what);
    }
  }
  assert.ok(count > 400);
});

test('what is said is about the options that were chosen', () => {
  assert.deepEqual(grade({ kind: 'single', right: '2' }, '3', null, {}).about, ['3']);
  assert.deepEqual(grade({ kind: 'truefalse', right: true }, { answer: false }, null, {}).about, ['false']);
});

test('a number is a number whatever its unit', () => {
  assert.equal(quantityOf('12 somethings', '', {}), null);
  assert.equal(quantityOf('twelve', '', {}), undefined);
});

test('a uid is a UUID of version 4', () => {
  assert.equal(uidOf(new Uint8Array(16).fill(255)), 'ffffffff-ffff-4fff-bfff-ffffffffffff');
  assert.match(uidOf(new Uint8Array(16)), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('the file holds what was answered and nothing that was taken back', () => {
  const kept = {
    ...nothing(), uid: 'u', begun: 'b', finished: 'f',
    answers: {
      s1: { response: '2', certainty: null }, s2: { response: null, certainty: 3 }, s3: { response: [], certainty: null },
      s4: { response: { answer: true, certainty: 2 }, certainty: null }, s5: { response: ['1'], certainty: 1 },
    },
  };

  const file = JSON.parse(fileOf('pack', 1, kept));

  assert.deepEqual(file, {
    format: 'edu-pack-answers', version: 1, pack: 'pack', quiz: 1, uid: 'u', begun: 'b', finished: 'f',
    answers: [{ item: 's1', response: '2' }, { item: 's4', response: { answer: true, certainty: 2 } }, { item: 's5', response: ['1'], certainty: 1 }],
  });
});

test('its name is fit for every disk', () => {
  assert.equal(nameOf('the sequence/é', '2026-03-02T09:00:00.000Z'), 'answers-the-sequence--2026-03-02.json');
});

function memory() {
  const kept = new Map();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
}

test('answers are there the next time, each quiz for itself', () => {
  const storage = memory();
  const kept = { ...nothing(), uid: 'u', answers: { s1: { response: '1', certainty: null } } };

  assert.equal(new AnswerStore(storage, 'a').save(kept), true);

  assert.deepEqual(new AnswerStore(storage, 'a').load(), kept);
  assert.deepEqual(new AnswerStore(storage, 'b').load(), nothing());
});

test('a browser that keeps nothing says so, and the page goes on', () => {
  const full = { getItem: () => { throw new Error('forbidden'); }, setItem: () => { throw new Error('full'); } };

  for (const storage of [null, full]) {
    const store = new AnswerStore(storage, 'a');
    assert.deepEqual(store.load(), nothing());
    assert.equal(store.save(nothing()), false);
  }
});

for (const broken of ['no JSON', '[]', 'null', '{"uid": 1}', '{"uid": "", "begun": "", "finished": "", "checked": [], "answers": null}']) {
  test(`what is no record of answers is none: ${broken}`, () => {
    assert.deepEqual(new AnswerStore({ getItem: () => broken, setItem: () => undefined }, 'a').load(), nothing());
  });
}

test('what lies in the page is fetched as from the site', async () => {
  const fetched = fetchFrom({ 'film/frames.json': '{"version": 1}' }, 'file:///home/a/pack/index.html');

  const answer = await fetched('film/frames.json');

  assert.deepEqual([answer.ok, answer.url, await answer.json()], [true, 'file:///home/a/pack/film/frames.json', { version: 1 }]);
  await assert.rejects(fetched('/videos/find/watched'), TypeError);
  await assert.rejects(fetched('https://example.org/'), TypeError);
});

test('a cue stands where its file says', () => {
  const cue = { snapToLines: true };

  place(cue, 'line:10%,start position:20% size:60% align:left vertical:rl nonsense');

  assert.deepEqual(cue, { snapToLines: false, line: 10, position: 20, size: 60, align: 'left', vertical: 'rl' });
});
