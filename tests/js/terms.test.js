// Where the card of a word stands.

import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.HTMLElement ??= class {};
globalThis.customElements ??= { define() {} };
const { spot } = await import('../../edu/static/js/glossary/edu-terms.js');

const ROOM = { width: 320, height: 600 };
const CARD = { width: 200, height: 100 };
const word = (left, top) => ({ left, right: left + 60, top, bottom: top + 20 });

const PLACES = [
  ['under its word', word(40, 100), false, { left: 40, top: 128 }],
  ['inside the window at its end', word(250, 100), false, { left: 112, top: 128 }],
  ['inside the window at its beginning', word(2, 100), false, { left: 8, top: 128 }],
  ['above where there is no room below', word(40, 560), false, { left: 40, top: 452 }],
  ['in line with the end of a word that is written from the right', word(240, 100), true, { left: 100, top: 128 }],
];
for (const [where, at, isRtl, place] of PLACES) {
  test(`a card stands ${where}`, () => assert.deepEqual(spot(at, CARD, ROOM, isRtl), place));
}

test('a card that fits nowhere stands below, for one can scroll there', () => {
  assert.equal(spot(word(40, 40), { width: 200, height: 580 }, ROOM, false).top, 68);
});
