// Which player a card of a video of another site may load, and that it loads none before its button is pressed.

import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.HTMLElement ??= class {};
globalThis.customElements ??= { define() {} };
const { allowed } = await import('../../edu/static/js/external/edu-external.js');

const PLAYER = 'https://www.youtube-nocookie.com/embed/abcdefghijk';
const CASES = [
  [PLAYER, PLAYER],
  ['https://www.youtube-nocookie.com/watch?v=x', ''],
  ['https://www.youtube.com/embed/abcdefghijk', ''],
  ['https://www.youtube-nocookie.com.example.org/embed/x', ''],
  ['javascript:alert(1)', ''],
  ['', ''],
  [undefined, ''],
];
for (const [written, address] of CASES) {
  test(`the frame gets ${address || 'nothing'} for ${written}`, () => assert.equal(allowed(written), address));
}
