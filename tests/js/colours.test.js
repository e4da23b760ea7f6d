// Contrast of every pair of colours that meets, in light and dark (WCAG 2.2: 4.5 for words, 3 for edges and icons).

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const css = new URL('../../edu/static/css/', import.meta.url);
const tokens = readFileSync(new URL('tokens.css', css), 'utf8');
const block = (selector) => tokens.slice(tokens.indexOf(`${selector} {`)).split('}')[0];
const values = (text) => Object.fromEntries([...text.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));

const light = values(tokens.slice(0, tokens.indexOf('@media')));
const dark = values(block(':root[data-theme="dark"]'));
const room = values(tokens.slice(tokens.indexOf('the player is a dark room')));

/** Relative luminance, WCAG 2.2 definition. */
function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ['--paper', '--surface', '--sunken'];
const WORDS = [
  ...['--ink', '--ink-soft', '--accent', '--accent-strong', '--mark', '--good', '--warn', '--bad'].flatMap((ink) => GROUNDS.map((ground) => [ink, ground])),
  ...['--good', '--warn', '--bad', '--mark'].map((ink) => [ink, `${ink}-soft`]),
  ...['--good-soft', '--warn-soft', '--bad-soft', '--accent-soft'].map((ground) => ['--ink', ground]),
  ['--accent-strong', '--accent-soft'], ['--on-accent', '--accent'], ['--on-accent', '--accent-strong'],
  ['--ink-soft', '--accent-soft'],
];
const EDGES = ['--line-strong', '--focus', '--accent'].flatMap((edge) => GROUNDS.map((ground) => [edge, ground]));

for (const [theme, set] of [['light', light], ['dark', dark]]) {
  for (const [pairs, least] of [[WORDS, 4.5], [EDGES, 3]]) {
    for (const [ink, ground] of pairs) {
      test(`${theme}: ${ink} on ${ground} reaches ${least}`, () => {
        assert.ok(contrast(set[ink], set[ground]) >= least, contrast(set[ink], set[ground]).toFixed(2));
      });
    }
  }
}

for (const [ink, ground, least] of [
  ['--panel-ink', '--panel', 4.5], ['--panel-soft', '--panel', 4.5], ['--panel-ink', '--panel-raised', 4.5],
  ['--panel-line', '--panel', 3], ['--panel-accent', '--panel', 3], ['--panel-line', '--panel-raised', 3],
  ['--panel-focus', '--panel', 3], ['--caption-ink', '--stage', 4.5],
]) {
  test(`player: ${ink} on ${ground} reaches ${least}`, () => {
    assert.ok(contrast(room[ink], room[ground]) >= least, contrast(room[ink], room[ground]).toFixed(2));
  });
}

for (const [ink, ground] of [['ink', 'solid'], ['yellow', 'solid'], ['black', 'white'], ['black', 'cream'], ['ink', 'blue']]) {
  test(`captions: ${ink} on ${ground} reaches 7`, () => {
    assert.ok(contrast(room[`--caption-${ink}`], room[`--caption-${ground}`]) >= 7);
  });
}

test('dark by the machine and dark by choice are the same dark', () => {
  const lines = (text) => text.split('\n').map((line) => line.trim()).filter((line) => line.startsWith('--'));
  assert.deepEqual(lines(block(':root:not([data-theme="light"])')), lines(block(':root[data-theme="dark"]')));
});

test('no style sheet on the screen names a colour of its own', () => {
  for (const name of readdirSync(css).filter((one) => !['tokens.css', 'print.css'].includes(one))) {
    const text = readFileSync(new URL(name, css), 'utf8');
    assert.doesNotMatch(text, /#[0-9a-f]{3,8}\b|rgb\(|hsl\(/i, name);
  }
});

test('every custom property that is used is defined', () => {
  const all = readdirSync(css).map((name) => readFileSync(new URL(name, css), 'utf8')).join('\n');
  const defined = new Set([...all.matchAll(/(--[\w-]+):/g)].map(([, name]) => name));
  for (const [, name] of all.matchAll(/var\((--[\w-]+)/g)) assert.ok(defined.has(name), name);
});
