// The map of keys, the choice of a source, the segments of the seek bar, the storyboard, the place of captions.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isAtTop } from '../../edu/static/js/player/player-captions.js';
import { keyAction } from '../../edu/static/js/player/player-keys.js';
import { segments } from '../../edu/static/js/player/player-seek.js';
import { sourceKind } from '../../edu/static/js/player/player-source.js';
import { parseStoryboard, tileAt } from '../../edu/static/js/player/storyboard.js';

const press = (key, held = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, ...held });

const PRESSES = [
  [' ', { action: 'play' }],
  ['K', { action: 'play' }],
  ['ArrowLeft', { action: 'skip', value: -5 }],
  ['l', { action: 'skip', value: 10 }],
  ['<', { action: 'rate', value: -1 }],
  ['7', { action: 'tenth', value: 7 }],
  ['End', { action: 'tenth', value: 10 }],
  ['?', { action: 'help' }],
  ['n', { action: 'next' }],
  ['Tab', null],
  ['z', null],
  ['Enter', null],
];
for (const [key, wanted] of PRESSES) {
  test(`the key '${key}' asks for ${wanted ? wanted.action : 'nothing of ours'}`, () => {
    assert.deepEqual(keyAction(press(key), 'none'), wanted);
  });
}

test('a key held with control, alt or the system key is not ours', () => {
  for (const held of ['ctrlKey', 'altKey', 'metaKey']) assert.equal(keyAction(press('f', { [held]: true }), 'none'), null);
});

test('space on a button presses the button, and letters still work there', () => {
  assert.equal(keyAction(press(' '), 'button'), null);
  assert.deepEqual(keyAction(press('m'), 'button'), { action: 'mute' });
});

test('a list keeps all of its keys and the volume keeps its arrows', () => {
  assert.equal(keyAction(press('c'), 'choice'), null);
  assert.equal(keyAction(press('ArrowLeft'), 'slider'), null);
  assert.deepEqual(keyAction(press('ArrowLeft'), 'seek'), { action: 'skip', value: -5 });
});

const SOURCES = [
  [{ offered: true, native: true, mse: true }, 'native'],
  [{ offered: true, native: false, mse: true }, 'script'],
  [{ offered: true, native: false, mse: false }, 'file'],
  [{ offered: false, native: true, mse: true }, 'file'],
];
for (const [abilities, kind] of SOURCES) {
  test(`with ${JSON.stringify(abilities)} the source is ${kind}`, () => {
    assert.equal(sourceKind(abilities), kind);
  });
}

test('the bar shows the steps and what lies between and after them', () => {
  const steps = [{ id: 'a-c1', title: '', start: 2, end: 8 }, { id: 'a-c2', title: '', start: 8.1, end: 20 }];
  const found = segments(steps, 24).map(({ start, end, chapter }) => [start, end, chapter?.id ?? null]);
  assert.deepEqual(found, [[0, 2, null], [2, 8, 'a-c1'], [8.1, 20, 'a-c2'], [20, 24, null]]);
});

test('a film without steps is one segment', () => {
  assert.deepEqual(segments([], 24), [{ start: 0, end: 24, chapter: null }]);
});

const SHEET = `WEBVTT\r\n\r\nNOTE made by us\r\n\r\n1\r\n00:00.000 --> 00:02.000 line:0\r\nsheet.jpg#xywh=0,0,160,90\r\n
00:02.000 --> 00:04.000
sheet.jpg#xywh=pixel:160,0,160,90

00:04.000 --> 00:06.000
not a picture
`;

test('the tiles of a storyboard are read with their places', () => {
  const tiles = parseStoryboard(SHEET, 'https://example.org/m/storyboard.vtt');
  assert.equal(tiles.length, 2);
  assert.deepEqual(tiles[1], { start: 2, end: 4, url: 'https://example.org/m/sheet.jpg', x: 160, y: 0, width: 160, height: 90 });
});

test('a time after the last tile shows the last tile, and no tiles show none', () => {
  const tiles = parseStoryboard(SHEET, 'https://example.org/m/storyboard.vtt');
  assert.equal(tileAt(tiles, 1)?.x, 0);
  assert.equal(tileAt(tiles, 99)?.x, 160);
  assert.equal(tileAt([], 1), null);
});

const PLACES = [
  [{ line: 'auto', snapToLines: true }, false],
  [{ line: 0, snapToLines: true }, true],
  [{ line: -1, snapToLines: true }, false],
  [{ line: 10, snapToLines: false }, true],
  [{ line: 85, snapToLines: false }, false],
];
for (const [cue, top] of PLACES) {
  test(`captions with line ${cue.line} ${cue.snapToLines ? 'in lines' : 'in percent'} stand at the ${top ? 'top' : 'bottom'}`, () => {
    assert.equal(isAtTop(cue), top);
  });
}
