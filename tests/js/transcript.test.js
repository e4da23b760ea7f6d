// Finding words in a transcript, and the looks that captions can wear.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { LOOKS, wearable } from '../../edu/static/js/player/caption-style.js';
import { fold, marksIn, wantedWords } from '../../edu/static/js/player/folding.js';

const QUESTIONS = [
  ['Needle ANGLE', ['needle', 'angle']],
  ['feel "loss of  resistance', ['feel', 'loss of  resistance']],
  ['“Ünter” é', ['unter', 'e']],
  [' " " ', []],
];
for (const [asked, wanted] of QUESTIONS) {
  test(`the question ${asked} asks for ${JSON.stringify(wanted)}`, () => {
    assert.deepEqual(wantedWords(asked), wanted);
  });
}

const marked = (text, asked) => marksIn(text, wantedWords(asked)).map(([start, end]) => text.slice(start, end));

const MARKS = [
  ['The Needle and needles', 'needle', ['Needle', 'needle']],
  ['Die Nädel, na\u0308del', 'nadel', ['Nädel', 'na\u0308del']],
  ['ﬁnd 🩺 the ﬁx', 'fix', ['ﬁx']],
  ['loss of resistance', '"of res" loss', ['loss', 'of res']],
  ['anan', 'anan an', ['anan']],
  ['(a+b)*', '(a+b)*', ['(a+b)*']],
  ['nothing', 'xyz', []],
];
for (const [text, asked, found] of MARKS) {
  test(`in '${text}' the question ${asked} marks ${JSON.stringify(found)}`, () => {
    assert.deepEqual(marked(text, asked), found);
  });
}

test('a folded text knows where each of its letters came from', () => {
  assert.deepEqual(fold('aﬁ🩺'), { text: 'afi🩺', places: [0, 1, 1, 2, 2, 4] });
});

test('only looks that the style sheet knows are worn', () => {
  const sheet = readFileSync(new URL('../../edu/static/css/caption-look.css', import.meta.url), 'utf8')
    + readFileSync(new URL('../../edu/static/css/words.css', import.meta.url), 'utf8');
  for (const [name, values] of Object.entries(LOOKS)) {
    for (const value of values) {
      assert.ok(sheet.includes(`[data-look-${name}="${value}"]`), `${name}=${value}`);
      assert.equal(wearable({ [name]: value })[name], value);
    }
  }
  for (const rubbish of [null, 7, 'x', [], { size: 'huge', font: 3, other: 'a' }]) assert.deepEqual(wearable(rubbish), {});
});

test('the panel offers just these looks', () => {
  const page = readFileSync(new URL('../../templates/components/player.html', import.meta.url), 'utf8');
  const list = /\{% set looks = \(([\s\S]*?)\) %\}/.exec(page)[1];
  for (const [name, values] of Object.entries(LOOKS)) {
    const options = list.slice(list.indexOf(`('${name}'`)).split(')))')[0];
    const offered = [...options.matchAll(/\('(\w*)', _/g)].map(([, value]) => value).filter((value) => value && value !== name);
    assert.deepEqual(offered.sort(), [...values].sort());
  }
});

test('letters without a ground have an edge', () => {
  assert.deepEqual(wearable({ ground: 'none' }), { ground: 'none', edge: 'outline' });
  assert.deepEqual(wearable({ ground: 'none', edge: 'shadow' }), { ground: 'none', edge: 'shadow' });
});
