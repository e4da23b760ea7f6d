// Words of captions: typing and cue text, splitting and joining, finding, phrases to type along, lines beside.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { beside } from '../../edu/static/js/captions/caption-beside.js';
import { count, matches, pattern, pieces, replaced } from '../../edu/static/js/captions/caption-find.js';
import { gapAt, inTwoLines, join, momentOf, partText, split } from '../../edu/static/js/captions/caption-split.js';
import { parted, plain, reading, toCueText, toTyped, voiced } from '../../edu/static/js/captions/caption-text.js';
import { phrase } from '../../edu/static/js/captions/caption-type.js';

const cue = (start, end, text, more = {}) => ({ start, end, text, identifier: '', settings: '', ...more });

const TYPED = [
  ['R & D', 'R &amp; D'], ['p < 0.05', 'p &lt; 0.05'], ['a --> b', 'a --&gt; b'], ['<i>so</i>', '<i>so</i>'],
  ['<br>', '&lt;br>'], ['1 > 0', '1 > 0'], ['&nbsp;', '&nbsp;'], ['one\n\n\ntwo \n', 'one\ntwo'], ['<00:01.000>now', '<00:01.000>now'],
];
for (const [typed, text] of TYPED) {
  test(`${JSON.stringify(typed)} is kept as ${JSON.stringify(text)}`, () => assert.equal(toCueText(typed), text));
}

test('what is shown for typing is read back as the same text, whatever it holds', () => {
  for (const text of ['R &amp; D', '5 &lt; 6', '&lt;i&gt;', '&amp;lt;', 'a &gt; b', '<b>x</b> &amp; y', 'a&nbsp;b', '&', '<c.term>nodule</c>']) {
    assert.equal(plain(toCueText(toTyped(text))), plain(text), text);
  }
  assert.equal(toTyped('R &amp; D &lt; 3'), 'R & D < 3');
  assert.equal(toTyped('&lt;i&gt;'), '&lt;i&gt;'); // decoded, it would be a tag
});

test('one speaker is told from the words; two in a cue stay as they are written', () => {
  assert.deepEqual(parted('<v Anna>Feel it.'), { speaker: 'Anna', words: 'Feel it.' });
  assert.deepEqual(parted('<v Dr Ivy Li>Feel it.</v>'), { speaker: 'Dr Ivy Li', words: 'Feel it.' });
  assert.deepEqual(parted('<v A>x\n<v B>y'), { speaker: '', words: '<v A>x\n<v B>y' });
  assert.equal(voiced(' An<n>a ', 'x'), '<v An n a>x');
  assert.equal(voiced('', 'x'), 'x');
});

test('letters are counted as they are read: without tags, a line break as one', () => {
  assert.deepEqual(reading('<v Anna>R &amp; D\n<i>née</i>'), { letters: 9, lines: 2, longest: 5 });
  assert.deepEqual(reading(''), { letters: 0, lines: 0, longest: 0 });
});

test('a moment is where that share of the speech was said, silence left out', () => {
  const speech = [[0, 1000], [3000, 4000], [9000, 9900]];

  assert.equal(momentOf(cue(0, 4000), 0.5, speech), 1000);
  assert.equal(momentOf(cue(0, 4000), 0.75, speech), 3500);
  assert.equal(momentOf(cue(0, 4000), 0.25, []), 1000);
  assert.equal(momentOf(cue(0, 4000), 0, []), 200);
  assert.equal(momentOf(cue(0, 4000), 1, []), 3800);
});

test('a split closes the tags that are open and opens them again', () => {
  assert.deepEqual(partText('a <b><i>one two</i></b>', 12), ['a <b><i>one</i></b>', '<b><i>two</i></b>']);
  assert.deepEqual(partText('<i>one</i> two', 1), ['<i></i>', '<i>one</i> two']); // inside a tag: after it
});

test('a cue is split at the cursor, at the time of the film where it is inside; speaker and place go on', () => {
  const whole = cue(0, 4000, '<v Anna>Feel the crest. Then go on.', { identifier: 'x', settings: 'line:0' });

  const [first, second] = split(whole, 16);
  assert.deepEqual(first, { ...whole, end: 2308, text: '<v Anna>Feel the crest.' });
  assert.deepEqual(second, { ...whole, start: 2308, text: '<v Anna>Then go on.', identifier: '' });
  assert.equal(split(whole, 16, { time: 1500 })[0].end, 1500);
  assert.equal(split(whole, 16, { time: 9000 })[0].end, 2308);
  assert.deepEqual(split(cue(0, 4000, 'R &amp; D, then'), 6).map(({ text }) => text), ['R &amp; D,', 'then']);
  assert.equal(split(whole, 0), null);
  assert.equal(split(cue(0, 300, 'a b'), 1), null);
});

test('without a cursor it is split between words, at the end of a sentence when one is near', () => {
  assert.equal(gapAt('Feel it. Then go to the crest', 0.4), 8);
  assert.equal(gapAt('one', 0.5), 0);
});

test('joined words of one speaker run on and break where a line would be too long', () => {
  assert.equal(join(cue(0, 1000, 'Feel'), cue(1500, 2000, 'it.')).text, 'Feel it.');
  assert.equal(join(cue(0, 1000, '<v A>x'), cue(900, 950, '<v B>y')).text, '<v A>x\n<v B>y');
  assert.equal(join(cue(0, 1000, '<v A>x'), cue(900, 950, '<v A>y')).end, 1000);
  const long = inTwoLines('Start in the midline. Press each spinous process gently.');
  assert.deepEqual(long.split('\n'), ['Start in the midline.', 'Press each spinous process gently.']);
});

test('finding knows capitals, whole words, line breaks and letters with accents, and leaves tags alone', () => {
  const look = (text, isCase = false, isWord = false) => pattern({ text, isCase, isWord });
  const said = cue(0, 1, '<i>I lumbar</i> Lumbar,\nlumbarly née');

  assert.equal(count(said, look('lumbar')), 3);
  assert.equal(count(said, look('Lumbar', true)), 1);
  assert.equal(count(said, look('lumbar', false, true)), 2);
  assert.equal(count(said, look('n', false, true)), 0);
  assert.equal(count(said, look('lumbar, lumbarly')), 1);
  assert.equal(count(said, look('i', false, true)), 1);
  assert.equal(count(cue(0, 1, '<v Anna>x'), look('anna')), 0);
  assert.equal(look('  '), null);
  assert.deepEqual(matches([['a', said], ['b', cue(0, 1, 'x')]], look('.')), []);
});

test('a replacement is text, not a pattern, and is escaped', () => {
  const sought = pattern({ text: 'and', isCase: false, isWord: true });

  assert.equal(replaced(cue(0, 1, '<v A>R and D and so'), sought, '&').text, '<v A>R &amp; D &amp; so');
  assert.equal(replaced(cue(0, 1, 'R and D and so'), sought, '$&', true).text, 'R $&amp; D and so');
  assert.deepEqual(pieces('an and', sought), ['an ', 'and', '']);
});

test('phrases to type along follow the speech, stop before the next caption and end with the speech', () => {
  const speech = [[500, 1800], [2000, 3000], [8000, 9500]];

  assert.deepEqual(phrase(0, [], speech, 20_000), { start: 380, end: 3120 });
  assert.deepEqual(phrase(0, [cue(0, 1900, 'x')], speech, 20_000), { start: 1900, end: 3120 });
  assert.deepEqual(phrase(3120, [], speech, 20_000), { start: 7880, end: 9620 });
  assert.equal(phrase(9620, [], speech, 20_000), null);
  assert.deepEqual(phrase(0, [cue(2500, 9000, 'x')], [], 20_000), { start: 0, end: 2500 });
  assert.deepEqual(phrase(0, [cue(300, 9000, 'x')], [], 10_000), { start: 9000, end: 10_000 });
  assert.equal(phrase(9700, [], [], 10_000), null);
});

test('the lines of another track stand beside the captions that they share time with', () => {
  const find = beside([cue(0, 1000, 'a'), cue(1000, 5000, '<i>b</i>'), cue(5000, 6000, 'c')]);

  assert.equal(find({ start: 0, end: 1100 }), 'a');
  assert.equal(find({ start: 1000, end: 3000 }), 'b');
  assert.equal(find({ start: 3000, end: 6000 }), 'b\nc');
  assert.equal(find({ start: 7000, end: 8000 }), '');
});
