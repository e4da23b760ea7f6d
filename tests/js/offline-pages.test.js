// Lessons on the device: which page is kept, and what it needs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read, scripts } from './modules.js';
import { filmFiles, filmFor, films, imports, sheetOf } from '../../edu/static/js/offline/collect.js';
import { fetchPage } from '../../edu/static/js/offline/keeping.js';

const HOME = 'https://site.test';

test('the modules and sheets that a module names are found, those on demand as well', () => {
  const source = "import { a } from '../b.js';\nimport './c.js';\nconst d = () => import('./e.js');\nsheet('x-y.css');\nexport { f } from \"./g.js\";";

  const found = imports(source, `${HOME}/static/1/js/player/x.js`);

  assert.deepEqual(found, ['js/b.js', 'js/player/c.js', 'js/player/e.js', 'js/player/g.js', 'css/x-y.css'].map((name) => `${HOME}/static/1/${name}`));
});

test('from the player every tool of practice is found', () => {
  const found = new Set(['js/player/edu-player.js']);
  for (const name of found) {
    if (name.endsWith('.css')) assert.ok(read(`edu/static/${name}`));
    else for (const url of imports(read(`edu/static/${name}`), `${HOME}/${name}`)) found.add(new URL(url).pathname.slice(1));
  }

  const tools = scripts.filter((name) => name.startsWith('practice/'));
  assert.deepEqual(tools.filter((name) => !found.has(`js/${name}`)), []);
  assert.ok(found.has('css/caption-look.css'));
});

test('a storyboard names its sheet', () => {
  const text = 'WEBVTT\n\n00:00.000 --> 00:01.000\nstoryboard.jpg#xywh=0,0,160,90\n';

  assert.equal(sheetOf(text, `${HOME}/media/p1.a/v1/storyboard.vtt`), `${HOME}/media/p1.a/v1/storyboard.jpg`);
  assert.equal(sheetOf('WEBVTT', `${HOME}/media/p1.a/v1/storyboard.vtt`), null);
});

/** A node of a page as far as it is looked at: what each selector finds, and the attributes. */
function node(found, attributes = {}) {
  return {
    querySelectorAll: (selector) => found[selector] ?? [],
    querySelector: (selector) => found[selector]?.[0] ?? null,
    getAttribute: (name) => attributes[name] ?? null,
  };
}

test('the sizes of a film are those of the list, which stands in a template and in the player that was made of it', () => {
  const options = ['1080', '360'].map((value) => node({}, { value, 'data-url': `/media/p1.a/v/${value}.mp4` }));
  const list = { '[data-part="quality"] option[data-url]': options };
  const sources = { 'edu-player source[type="video/mp4"]': [node({}, { src: '/media/p1.a/v/720.mp4' })] };

  const both = films(node({ ...list, ...sources, template: [{ content: node(list) }] }));
  const one = films(node(sources));

  assert.deepEqual(both.map(({ height }) => height), [1080, 360]);
  assert.deepEqual(one, [{ url: '/media/p1.a/v/720.mp4', height: 0 }]);
  assert.deepEqual(films(node({})), []);
});

test('beside the film its still picture, words, small pictures, true times and layers are taken', () => {
  const track = node({}, { src: '/media/p1.a/tracks/captions.en.1.vtt' });
  const layers = node({ '[data-layers]': [node({}, { 'data-layers': '/media/p1.a/tracks/metadata.en.1.vtt' })] });
  const player = node(
    { video: [node({}, { poster: '/media/p1.a/v/poster.jpg' })], track: [track], template: [{ content: layers }] },
    { 'data-storyboard': '/media/p1.a/v/storyboard.vtt#x', 'data-frames': 'https://elsewhere.test/frames.json' },
  );

  const found = filmFiles(node({ 'edu-player': [player] }), `${HOME}/courses/c/l`);

  const names = ['v/storyboard.vtt', 'v/poster.jpg', 'tracks/captions.en.1.vtt', 'tracks/metadata.en.1.vtt'];
  assert.deepEqual(found, names.map((name) => `${HOME}/media/p1.a/${name}`), 'and nothing of another host');
});

test('a size that is no longer there gives way to the next smaller', () => {
  const sizes = [{ url: 'a', height: 360 }, { url: 'b', height: 1080 }];

  assert.deepEqual([2000, 720, 100].map((height) => filmFor(sizes, height)?.height), [1080, 360, 360]);
  assert.equal(filmFor([], 0), null);
});

test('the page of the gate is never taken for the lesson behind it', async () => {
  const answers = {
    gate: { ok: true, redirected: true, text: async () => 'gate' },
    lesson: { ok: true, redirected: false, text: async () => '<edu-keep' },
  };
  globalThis.DOMParser = class {
    parseFromString = (text) => node(text.includes('<edu-keep') ? { 'edu-keep': [node({})] } : {});
  };
  const { signal } = new AbortController();

  globalThis.fetch = async (_, { credentials }) => answers[credentials === 'omit' ? 'gate' : 'lesson'];
  assert.equal((await fetchPage('/courses/c/l', false, signal)).isPrivate, true);
  globalThis.fetch = async () => answers.lesson;
  assert.equal((await fetchPage('/courses/c/l', false, signal)).isPrivate, false);
  for (const [redirected, text] of [[true, '<edu-keep'], [false, 'gate']]) {
    globalThis.fetch = async () => ({ ok: true, redirected, text: async () => text });
    await assert.rejects(fetchPage('/courses/c/l', false, signal), /cannot be read/);
  }
});
