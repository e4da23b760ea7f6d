// The time of a picture, as the page's language writes it.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { clock } from '../../edu/static/js/practice/frames.js';

afterEach(() => {
  // @ts-ignore
  delete globalThis.document;
});

const TIMES = [[0, '0:00.000'], [72.4, '1:12.400'], [59.9996, '1:00.000'], [3600.04, '60:00.040']];

for (const [seconds, words] of TIMES) {
  test(`${seconds} s is ${words}, in Spanish with a comma`, () => {
    assert.equal(clock(Number(seconds)), words);
    globalThis.document = /** @type {any} */ ({ documentElement: { lang: 'es' } });
    assert.equal(clock(Number(seconds)), String(words).replace('.', ','));
  });
}
