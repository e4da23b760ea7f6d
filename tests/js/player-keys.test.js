// Keys that were given to other acts, and keys that were switched off.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { KEYS, keyAction } from '../../edu/static/js/player/player-keys.js';
import { meanings, rebound } from '../../edu/static/js/practice/keys.js';
import { read } from './modules.js';

const press = (key) => ({ key, ctrlKey: false, altKey: false, metaKey: false });
const does = (key, { keys = {}, signs }) => keyAction(press(key), 'none', { map: meanings(keys), signs })?.action ?? null;

test('an act answers to its new key and no longer to the usual one', () => {
  const { own } = rebound({}, 'm', 'Z');

  assert.deepEqual(own, { m: 'z' });
  assert.deepEqual([does('z', { keys: own }), does('Z', { keys: own }), does('m', { keys: own })], ['mute', 'mute', null]);
});

test('a key that another act has is refused and it is told whose it is', () => {
  assert.deepEqual(rebound({}, 'm', 'f'), { refused: 'taken', by: 'f' });
  assert.deepEqual(rebound({ f: 'z' }, 'm', 'z'), { refused: 'taken', by: 'f' });
});

test('a key that was given up is free for another act', () => {
  const { own } = rebound({ f: 'z' }, 'm', 'f');

  assert.deepEqual([does('f', { keys: own }), does('z', { keys: own }), does('m', { keys: own })], ['mute', 'fullscreen', null]);
  assert.deepEqual(rebound(own, 'f', 'f'), { refused: 'taken', by: 'm' });
});

test('back to the usual key nothing is kept', () => {
  assert.deepEqual(rebound({ m: 'z', c: 'w' }, 'm', 'm'), { own: { c: 'w' } });
});

test('a key may be moved twice, and pressing the one that it has changes nothing', () => {
  assert.deepEqual(rebound({ m: 'z' }, 'm', 'w'), { own: { m: 'w' } });
  assert.deepEqual(rebound({ m: 'z' }, 'm', 'z'), { own: { m: 'z' } });
});

for (const key of ['Enter', 'Escape', 'Tab', 'F5', '7', 'Backspace']) {
  test(`${key} stays what it is`, () => {
    assert.deepEqual(rebound({}, 'm', key), { refused: 'kept', by: '' });
  });
}

test('arrows, the keys of a foot pedal and letters of other scripts can be chosen', () => {
  for (const key of ['PageDown', 'ф', 'ß', ';']) assert.deepEqual(rebound({}, 'm', key), { own: { m: key } });
  assert.equal(does('PageDown', { keys: { m: 'PageDown' } }), 'mute');
});

test('with letters, digits and signs off only the other keys are left', () => {
  const found = ['m', '7', '?', ',', ' ', 'ArrowLeft', 'End', 'x'].map((key) => does(key, { signs: false }));
  assert.deepEqual(found, [null, null, null, null, 'play', 'skip', 'tenth', null]);
  assert.equal(does('PageUp', { signs: false, keys: { m: 'PageUp' } }), 'mute');
});

test('whatever the memory of the browser holds, a key does one of our acts or nothing', () => {
  for (const map of [null, 'nonsense', 7, { q: 'nonsense' }, { q: 3 }, []]) {
    assert.deepEqual(keyAction(press('k'), 'none', { map }), { action: 'play' });
    assert.equal(keyAction(press('q'), 'none', { map }), null);
  }
});

test('the list of keys names every key that there is, and no other', () => {
  const [, list] = /macro _help[^%]*%\}([\s\S]*?)endmacro/.exec(read('templates/components/player.html'));
  const rows = [...list.matchAll(/\(\(([^_]*?(?:_\('space'\))?),?\), _\('/g)].map(([, keys]) => keys);
  const named = { '←': 'ArrowLeft', '→': 'ArrowRight', '↑': 'ArrowUp', '↓': 'ArrowDown', space: ' ' };
  const listed = rows.flatMap((keys) => [...keys.matchAll(/'([^']+)'/g)].map(([, key]) => named[key] ?? key));
  assert.deepEqual(listed.filter((key) => key !== '0–9').sort(), Object.keys(KEYS).sort());
});
