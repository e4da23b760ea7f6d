// Keys of the caption editor: none takes a letter from somebody who writes; what the editor weighs.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keyAction } from '../../edu/static/js/captions/caption-keys.js';
import { closure, preloaded, sum } from './modules.js';

const press = (key, held = '') => ({
  key, code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '', ctrlKey: held.includes('C'), altKey: held.includes('A'),
  metaKey: held.includes('M'), shiftKey: held.includes('S'),
});
const asks = (key, held, place, isApple = false) => keyAction(press(key, held), place, isApple)?.action ?? null;

test('while somebody writes, no letter, sign or arrow is taken away', () => {
  for (const code of Array.from({ length: 95 }, (_, n) => n + 32)) {
    for (const held of ['', 'S']) for (const place of ['text', 'time', 'other']) assert.equal(asks(String.fromCharCode(code), held, place), null);
  }
  for (const key of ['Enter', 'Backspace', 'Delete', 'ArrowUp', 'ArrowLeft', 'Home', 'Tab']) assert.equal(asks(key, '', 'text'), null);
});

test('with AltGr, or with Option on Apple’s keyboards, letters are written', () => {
  for (const key of 'abcdefghijklmnopqrstuvwxyz,.') {
    assert.equal(asks(key, 'CA', 'text'), null);
    assert.equal(asks(key, 'A', 'text', true), null);
  }
});

test('cutting, copying, pasting, choosing all and deleting words stay the system’s', () => {
  for (const key of ['x', 'c', 'v', 'a', 'Backspace', 'ArrowLeft']) {
    assert.equal(asks(key, 'C', 'text'), null);
    assert.equal(asks(key, 'M', 'text', true), null);
  }
});

const SAME = [
  [' ', 'k', 'play'], ['r', 'r', 'replay'], ['j', 'j', 'skip'], ['i', 'i', 'begin'], ['o', 'o', 'end'], ['s', 'x', 'split'], ['m', 'm', 'merge'],
  ['n', 'n', 'new'], ['Delete', 'Backspace', 'remove'],
];
for (const [plain, held, action] of SAME) {
  test(`${action} is one key in the list, and one with Alt or Apple’s Control while writing`, () => {
    assert.equal(asks(plain, '', 'list'), action);
    assert.equal(asks(held, 'A', 'text'), action);
    assert.equal(asks(held, 'C', 'text', true), action);
  });
}

test('steps through the film are a tenth, one and five seconds', () => {
  const by = (key, held, place) => keyAction(press(key, held), place, false)?.value;

  assert.deepEqual([',', '.', 'j', 'l', 'J', 'L'].map((key) => by(key, '', 'list')), [-100, 100, -1000, 1000, -5000, 5000]);
  assert.deepEqual([[',', 'A'], ['j', 'A'], ['L', 'AS']].map(([key, held]) => by(key, held, 'text')), [-100, -1000, 5000]);
  assert.equal(keyAction({ ...press('ł', 'A'), code: 'KeyL' }, 'text', false)?.value, 1000);
});

test('undo, save, find and the ways between captions hold everywhere', () => {
  assert.deepEqual(['z', 'y', 's', 'f'].map((key) => asks(key, 'C', 'text')), ['undo', 'redo', 'save', 'find']);
  assert.equal(asks('Z', 'CS', 'text'), 'redo');
  assert.deepEqual(['z', 's'].map((key) => asks(key, 'M', 'list', true)), ['undo', 'save']);
  assert.deepEqual([asks('PageDown', '', 'text'), asks('ArrowUp', 'A', 'text'), asks('Escape', '', 'text')], ['next', 'previous', 'leave']);
  assert.deepEqual(['F1', 'F4', 'F8', 'F9'].map((key) => asks(key, '', 'text')), ['help', 'type', 'problem', 'repair']);
});

const EDITOR = 'captions/edu-caption-editor.js';
const imported = closure([EDITOR]).filter((name) => name !== EDITOR);

test('the caption editor weighs at most 39 kB gz beside the player and the time line, its sheets 4 kB', () => {
  const bytes = sum([EDITOR, ...imported]);
  assert.ok(bytes <= 39_000, `${bytes} bytes`);
  assert.ok(sum(['captions-editor.css', 'captions-list.css'], 'edu/static/css/') <= 4000);
});

test('the page fetches ahead exactly the modules that the editor imports', () => {
  assert.deepEqual(preloaded('caption_modules').sort(), imported.sort());
});
