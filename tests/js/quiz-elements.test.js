// The parts of the question elements that need no page: steps of the cross, enlarging, times left.

import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.HTMLElement = class {};
globalThis.customElements = { define: () => undefined };
const JS = '../../edu/static/js';
const { moved, pointOf } = await import(`${JS}/quiz/edu-hotspot.js`);
const { nextZoom } = await import(`${JS}/quiz/picture-zoom.js`);
const { sentenceAt } = await import(`${JS}/quiz/edu-countdown.js`);
const { Watching } = await import(`${JS}/player/edu-clip.js`);

test('the cross goes by a hundredth, with Shift by a twentieth, and never off the picture', () => {
  assert.deepEqual(moved({ x: 0.5, y: 0.5 }, 'ArrowRight', false), { x: 0.51, y: 0.5 });
  assert.deepEqual(moved({ x: 0.5, y: 0.5 }, 'ArrowUp', true), { x: 0.5, y: 0.45 });
  assert.deepEqual(moved({ x: 0.003, y: 1 }, 'ArrowLeft', false), { x: 0, y: 1 });
  assert.deepEqual(moved({ x: 1, y: 0.99 }, 'ArrowDown', true), { x: 1, y: 1 });
  assert.equal(moved({ x: 0, y: 0 }, 'Enter', false), null);
  assert.deepEqual(pointOf('0.56875,0.65278'), { x: 0.56875, y: 0.65278 });
});

test('the smallest zone of the course, 44 of 1280 pixels, is more than 24 px wide on a phone before the last enlargement', () => {
  let zoom = 1;
  const seen = [zoom];
  while (nextZoom(zoom, 1) > zoom) seen.push(zoom = nextZoom(zoom, 1));
  assert.deepEqual(seen, [1, 1.5, 2, 3, 4, 6]);
  assert.ok((44 / 1280) * 300 * 3 > 24);
  assert.equal(nextZoom(2.4, -1), 2);
  assert.equal(nextZoom(1, -1), 1);
});

test('time left is said at five minutes, at one, and at the end, once each', () => {
  assert.deepEqual([[301, 300], [300, 299], [61, 60], [60, 30], [1, 0], [400, 301]].map(([a, b]) => sentenceAt(a, b)), ['five', '', 'one', '', 'over', '']);
  assert.equal(sentenceAt(320, 40), 'one'); // a page that slept says the latest only
  assert.deepEqual([sentenceAt(1, 0, false), sentenceAt(61, 60, false)], ['over-away', 'one']); // nothing is handed in without a network
});

test('what is jumped over was not watched', () => {
  const watching = new Watching();
  for (const time of [31, 31.25, 31.5, 38, 38.25, 31, 31.25]) watching.at(time);
  assert.equal(watching.ms, 1000);
});
