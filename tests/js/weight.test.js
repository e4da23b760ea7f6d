// Budgets of scripts and style sheets, and the list of modules that pages fetch ahead of need.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const weight = (path) => gzipSync(read(path), { level: 9 }).length;
const JS = 'edu/static/js/';
const ALONE = ['search.css', 'caption-look.css']; // the page of search, and what a script fetches when it is asked for
const STUDIO_SHEETS = ['film.css', 'timeline.css', 'captions-editor.css', 'captions-list.css'];
const PLAYER = ['edu-player.js', 'edu-chapters.js', 'edu-transcript.js'];

/** A module and all that it imports when it is loaded (imports on demand do not count). */
function closure(names) {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) return;
    found.add(name);
    for (const [, other] of read(JS + name).matchAll(/^import [^;]*?from '\.\/([\w-]+\.js)';/gm)) visit(other);
  };
  names.forEach(visit);
  return [...found];
}

const sum = (names, folder) => names.reduce((total, name) => total + weight(folder + name), 0);

test('the player, its list of steps and its transcript weigh at most 20 kB gz', () => {
  const bytes = sum(closure(PLAYER), JS);
  assert.ok(bytes <= 20_000, `${bytes} bytes`);
});

test('all scripts of a lesson with its questions weigh at most 30 kB gz', () => {
  const bytes = sum(closure([...PLAYER, 'edu-quiz.js', 'edu-clip.js']), JS);
  assert.ok(bytes <= 30_000, `${bytes} bytes`);
});

for (const name of ['edu-upload.js', 'edu-progress.js', 'edu-quiz.js', 'edu-clip.js']) {
  test(`${name} with its imports stays below the 10 kB gz of a text page`, () => {
    assert.ok(sum(closure([name]), JS) <= 10_000);
  });
}

test('the style sheets of learners together weigh at most 15 kB gz, those of the studio 9 kB more', () => {
  const sheets = readdirSync(new URL('edu/static/css/', root));
  const studio = sheets.filter((name) => STUDIO_SHEETS.includes(name));
  const bytes = sum(sheets.filter((name) => !studio.includes(name) && !ALONE.includes(name)), 'edu/static/css/');
  assert.ok(bytes <= 15_000, `${bytes} bytes`);
  assert.ok(sum(studio, 'edu/static/css/') <= 9_000);
});

test('the page fetches ahead exactly the modules that the player imports', () => {
  const list = /player_modules = \(([^)]*)\)/.exec(read('templates/components/scripts.html'))[1];
  const named = [...list.matchAll(/'([\w-]+\.js)'/g)].map(([, name]) => name);
  const imported = closure(PLAYER).filter((name) => !PLAYER.includes(name));
  assert.deepEqual(named.sort(), imported.sort());
});

test('each custom element stands in the file of its name', () => {
  for (const name of readdirSync(new URL(JS, root))) {
    const tags = [...read(JS + name).matchAll(/customElements\.define\('([\w-]+)'/g)].map(([, tag]) => tag);
    assert.deepEqual(tags, name.startsWith('edu-') ? [name.replace('.js', '')] : []);
  }
});

test('no source of ours passes 400 lines', () => {
  for (const folder of [JS, 'edu/static/css/']) {
    for (const name of readdirSync(new URL(folder, root))) {
      assert.ok(read(folder + name).split('\n').length <= 401, name);
    }
  }
});
