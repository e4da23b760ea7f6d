// <edu-progress>: when the page that waits is loaded again.

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

let reloads = 0;
/** @type {object[]} */ let reports = [];
const browser = {
  HTMLElement: class extends EventTarget { dataset = {}; getAttribute() { return ''; } querySelector() { return null; } },
  HTMLProgressElement: class {},
  customElements: { define() {} },
  document: { hidden: false, documentElement: { lang: 'en' } },
  location: { reload() { reloads += 1; } },
  fetch: async () => ({ ok: true, json: async () => reports.shift() }),
};
Object.assign(globalThis, browser);
mock.timers.enable({ apis: ['setTimeout'] });
const { EduProgress } = await import('../../edu/static/js/upload/edu-progress.js');

beforeEach(() => { reloads = 0; });

/** How often the page was loaded again by these reports, two seconds and more apart. */
async function reloadsAfter(dataset, ...told) {
  reports = told;
  const element = new EduProgress();
  Object.assign(element.dataset, { state: 'received', reloadOn: 'ready failed', ...dataset });
  element.connectedCallback();
  for (const _ of told) {
    mock.timers.tick(10_000);
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }
  element.disconnectedCallback();
  return reloads;
}

const IMPROVING = { state: 'improving', playable: true, progress: 0.1 };

test('a video that became watchable between two looks brings its player', async () => {
  assert.equal(await reloadsAfter({ reloadWhenPlayable: '' }, IMPROVING), 1);
});

test('a page that has its player is not loaded again while better versions are made', async () => {
  assert.equal(await reloadsAfter({}, IMPROVING, { ...IMPROVING, progress: 0.2 }), 0);
});

test('a page without a player waits as long as there is nothing to play', async () => {
  const checking = { state: 'checking', playable: false, progress: 0.5 };
  assert.equal(await reloadsAfter({ reloadWhenPlayable: '' }, checking, checking), 0);
});

test('the end of the work loads the page again, in whatever state', async () => {
  assert.equal(await reloadsAfter({}, { state: 'ready', playable: true }), 1);
  assert.equal(await reloadsAfter({}, { state: 'watchable', playable: true, over: true }), 2);
});
