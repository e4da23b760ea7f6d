// Budgets of scripts and style sheets, and the list of modules that pages fetch ahead of need.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'node:test';
import { JS, closure, preloaded, read, root, scripts, sum, weightOf } from './modules.js';

const FRAME = ['tokens.css', 'site.css', 'components.css', 'nav.css', 'parts.css', 'prose.css', 'print.css']; // on every page
const FILM = ['player.css', 'player-wait.css', 'words.css', 'film-questions.css'];
const QUIZ = ['quiz.css', 'quiz-kinds.css', 'quiz-pictures.css', 'quiz-solved.css'];
const QUESTION = ['advice.css', 'question.css', 'zones.css'];
/** Which style sheets each sort of page loads beside the frame, and how heavy all of them may be, in bytes gz. */
const SHEETS = {
  'a text, a list, search': [['search.css', 'checklist.css', 'notes-page.css'], 10_500],
  'a course': [['course.css'], 10_500],
  'what readers write': [['messages.css'], 10_500],
  'a film in a frame of another site': [[...FILM, 'embed.css'], 15_500],
  'the library': [['library.css'], 10_500],
  'the board': [['board.css', 'board-page.css'], 10_500],
  'a lesson that begins with signs of an emergency': [['signs.css', 'board.css', 'terms.css', 'offline.css'], 10_500],
  'a lesson on paper': [['board.css', 'card.css'], 10_500],
  'the glossary': [['pages.css', 'terms.css', 'glossary.css'], 10_500],
  'a lesson with a film': [[...FILM, 'practice.css', 'steering.css', 'watching.css', 'mirror.css', 'layers.css', 'notes.css', 'offline.css', 'caption-look.css', 'terms.css'], 20_500],
  'a film beside a recording': [[...FILM, 'compare.css'], 15_500],
  'a quiz with its film': [[...FILM, ...QUIZ], 20_000],
  'a review': [[...FILM, ...QUIZ, 'review.css'], 21_000],
  'a station and its result': [[...FILM, 'station.css', 'station-result.css'], 17_500],
  'the caption editor': [[...FILM, 'captions-editor.css', 'captions-list.css', 'timeline.css'], 19_000],
  'the film cutter': [[...FILM, 'film.css'], 15_500],
  'the question editor': [[...QUIZ, ...QUESTION, 'question-import.css'], 18_000],
  'the quiz editor': [[...QUESTION, 'quiz-studio.css'], 13_500],
  'writing in the studio': [['advice.css', 'editor.css', 'versions.css', 'studio-pages.css', 'board.css'], 12_200],
  'a certificate': [['certificate.css'], 10_500],
  'what is in a lesson pack': [['pack.css'], 9_500],
  'statistics and keys': [['statistics.css', 'key.css'], 11_500],
};
const PLAYER = ['player/edu-player.js', 'player/edu-chapters.js', 'player/edu-transcript.js'];

test('the player weighs at most 20 kB gz, tools that come when they are asked for not counted', () => {
  const bytes = sum(closure(['player/edu-player.js']));
  assert.ok(bytes <= 20_000, `${bytes} bytes`);
});

for (const [name, most] of [['screening', 17_000], ['asking', 22_000]]) {
  test(`the one module that a page with a film loads at first, ${name}, weighs at most ${most} B gz`, () => {
    assert.ok(weightOf(name) <= most, `${weightOf(name)} bytes`);
  });
}

test('what a lesson with its questions loads at first weighs at most 32 kB gz', () => {
  const bytes = sum(closure([...PLAYER, 'quiz/edu-quiz.js', 'player/edu-clip.js']));
  assert.ok(bytes <= 32_000, `${bytes} bytes`);
});

test('all that a lesson can ever load, every tool used, weighs at most 70 kB gz', () => {
  const rooms = scripts.filter((name) => /^(player|practice)\//.test(name));
  const bytes = sum(closure([...rooms, 'quiz/edu-film-questions.js', 'menu.js']));
  assert.ok(bytes <= 70_000, `${bytes} bytes`);
});

for (const name of ['upload/edu-upload.js', 'upload/edu-progress.js', 'quiz/edu-quiz.js', 'player/edu-clip.js']) {
  test(`${name} with its imports stays below the 10 kB gz of a text page`, () => {
    assert.ok(sum(closure([name])) <= 10_000);
  });
}

const KINDS = ['edu-hotspot', 'edu-labels', 'edu-limit', 'edu-moment', 'edu-ordering', 'edu-picture'];

test('a page with questions of every kind and its player loads at most 45 kB gz of script', () => {
  const names = [...PLAYER, 'quiz/edu-quiz.js', 'player/edu-clip.js', 'quiz/edu-countdown.js', ...KINDS.map((name) => `quiz/${name}.js`)];
  const bytes = sum(closure(names));
  assert.ok(bytes <= 45_000, `${bytes} bytes`);
});

test('each kind with an element of its own is in the list by which pages load them', () => {
  const list = /kind_modules = \{([^}]*)\}/.exec(read('templates/components/scripts.html'))[1];
  assert.deepEqual([...new Set([...list.matchAll(/'(edu-[\w-]+)'/g)].map(([, name]) => name))].sort(), KINDS);
});

for (const [page, [sheets, most]] of Object.entries(SHEETS)) {
  test(`the style sheets of ${page} weigh at most ${most} B gz`, () => {
    const bytes = sum([...FRAME, ...sheets], 'edu/static/css/');
    assert.ok(bytes <= most, `${bytes} bytes`);
  });
}

test('each style sheet belongs to some sort of page', () => {
  const known = new Set([...FRAME, ...Object.values(SHEETS).flatMap(([sheets]) => sheets)]);
  assert.deepEqual(readdirSync(new URL('edu/static/css/', root)).filter((name) => !known.has(name)), []);
});

test('the page fetches ahead exactly the modules that the player imports', () => {
  const imported = closure(PLAYER).filter((name) => !PLAYER.includes(name));
  assert.deepEqual(preloaded('player_modules').sort(), imported.sort());
});

test('each custom element stands in the file of its name', () => {
  for (const name of scripts) {
    const tags = [...read(JS + name).matchAll(/customElements\.define\('([\w-]+)'/g)].map(([, tag]) => tag);
    const own = posix.basename(name, '.js');
    assert.deepEqual(tags, own.startsWith('edu-') ? [own] : []);
  }
});

test('no source of ours passes 400 lines', () => {
  const sheets = readdirSync(new URL('edu/static/css/', root)).map((name) => `edu/static/css/${name}`);
  for (const path of [...scripts.map((name) => JS + name), ...sheets]) {
    assert.ok(read(path).split('\n').length <= 401, path);
  }
});
