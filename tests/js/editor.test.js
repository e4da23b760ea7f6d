// The editor's marks: put where the caret is, taken away again, joined to what stands there; lists that go on.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { blockOf, changed, entered, lineOf, placeOf } from '../../edu/static/js/studio/editor-text.js';

const WORDS = { strong: 'strong', emphasis: 'emphasis', heading: 'Heading', item: 'item', link: 'words', box: 'Heed this.' };
/** The text with | around what is selected, after a button. */
function press(act, value, text) {
  const start = text.indexOf('|');
  const end = text.lastIndexOf('|') > start ? text.lastIndexOf('|') - 1 : start;
  const plain = text.replaceAll('|', '');
  const change = changed(act, value, plain, start, end, WORDS);
  return shown(plain, change);
}
function shown(plain, { from, to, put, start, end }) {
  const made = plain.slice(0, from) + put + plain.slice(to);
  return made.slice(0, start) + '|' + (end > start ? made.slice(start, end) + '|' : '') + made.slice(end);
}

for (const [act, value, before, after] of [
  ['grade', 'C', 'It is so|.', 'It is so [C]|.'],
  ['grade', '?', '|', '[?]|'],
  ['step', 'V1-c05', 'See |', 'See [[V1-c05]]|'],
  ['cite', 'curtis1993', 'They say| so', 'They say [@curtis1993]| so'],
  ['cite', 'b2000', 'They say [@a1999]| so', 'They say [@a1999; @b2000]| so'],
  ['strong', '', 'a |word| here', 'a **|word|** here'],
  ['strong', '', 'a **|word|** here', 'a |word| here'],
  ['emphasis', '', 'a **|word|** here', 'a ***|word|*** here'],
  ['emphasis', '', 'a |', 'a *|emphasis|*'],
  ['heading', '', 'one\nt|wo', 'one\n## two|'],
  ['heading', '', '## t|wo', 'two|'],
  ['heading', '', '|', '## |Heading|'],
  ['list', '', '|one\ntwo|', '- one\n- two|'],
  ['list', '', '|- one\n- two|', 'one\ntwo|'],
  ['numbers', '', '|- one\n- two|', '1. one\n2. two|'],
  ['link', '', 'go |there| now', 'go [there](|https://|) now'],
  ['box', 'caution', 'Before.|', 'Before.\n\n::: caution\n|Heed this.|\n:::'],
  ['box', 'open', 'Before.\n\nIs |it| so?\n\nAfter.', 'Before.\n\n::: open\n|Is it so?|\n:::\n\nAfter.'],
]) {
  test(`${act} ${value}: ${JSON.stringify(before)}`, () => assert.equal(press(act, value, before), after));
}

test('what is no button does nothing', () => assert.equal(changed('x', '', 'a', 0, 0, WORDS), null));

for (const [before, after] of [
  ['- one|', '- one\n- |'],
  ['  9. nine|', '  9. nine\n  10. |'],
  ['- one\n- |', '- one\n|'],
  ['plain|', null],
  ['|- one', null],
]) {
  test(`Enter: ${JSON.stringify(before)}`, () => {
    const [plain, at] = [before.replace('|', ''), before.indexOf('|')];
    const change = entered(plain, at);
    assert.equal(change && shown(plain, change), after);
  });
}

test('lines are counted from 1, and each is found where it stands', () => {
  const text = 'one\n\nthree\n';
  assert.deepEqual([0, 3, 4, 5, 11].map((at) => lineOf(text, at)), [1, 1, 2, 3, 4]);
  assert.deepEqual([1, 2, 3, 4, 99].map((line) => placeOf(text, line)), [[0, 3], [4, 4], [5, 10], [11, 11], [11, 11]]);
});

test('a line belongs to the last block that begins before it', () => {
  assert.deepEqual([1, 2, 3, 8, 9].map((line) => blockOf([2, 3, 9], line)), [-1, 0, 1, 1, 2]);
});
