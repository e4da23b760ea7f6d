// Keys of the caption editor: none takes a letter from somebody who writes; what the editor weighs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { keyAction } from '../../edu/static/js/caption-keys.js';

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

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** All that the editor imports when it is loaded. */
function imported() {
  const found = new Set();
  const visit = (name) => {
    for (const [, other] of read(`edu/static/js/${name}`).matchAll(/^import [^;]*?from '\.\/([\w-]+\.js)';/gm)) {
      if (!found.has(other)) visit(found.add(other) && other);
    }
  };
  visit('edu-caption-editor.js');
  return [...found];
}

test('the caption editor weighs at most 38 kB gz beside the player and the time line, its sheets 4 kB', () => {
  const weigh = (paths) => paths.reduce((sum, path) => sum + gzipSync(read(`edu/static/${path}`), { level: 9 }).length, 0);

  const bytes = weigh(['edu-caption-editor.js', ...imported()].map((name) => `js/${name}`));
  assert.ok(bytes <= 38_000, `${bytes} bytes`);
  assert.ok(weigh(['css/captions-editor.css', 'css/captions-list.css']) <= 4000);
});

test('the page fetches ahead exactly the modules that the editor imports', () => {
  const list = /caption_modules = \(([^)]*)\)/.exec(read('templates/components/scripts.html'))[1];
  const named = [...list.matchAll(/'([\w-]+\.js)'/g)].map(([, name]) => name);

  assert.deepEqual(named.sort(), imported().sort());
});
