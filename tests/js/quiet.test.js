// The moment for what nobody misses at first.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { quiet } from '../../edu/static/js/player/quiet.js';

/** A page in that state, whose idle time is told by hand. */
function page(t, readyState) {
  const events = new EventTarget();
  const idle = [];
  const things = {
    document: { readyState },
    addEventListener: events.addEventListener.bind(events),
    requestIdleCallback: (act) => idle.push(act),
  };
  for (const [name, value] of Object.entries(things)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
    t.after(() => Reflect.deleteProperty(globalThis, name));
  }
  t.mock.timers.enable({ apis: ['setTimeout'] });
  return { events, idle };
}

/** Whether a promise has come true by now. */
async function hasCome(promise) {
  let come = false;
  void promise.then(() => { come = true; });
  await Promise.resolve();
  await Promise.resolve();
  return come;
}

test('a page is quiet in the first idle time after it was loaded', async (t) => {
  const { events, idle } = page(t, 'loading');
  const wanted = quiet();
  assert.equal(idle.length, 0);

  events.dispatchEvent(new Event('load'));
  assert.equal(await hasCome(wanted), false);
  idle[0]();

  assert.equal(await hasCome(wanted), true);
});

test('a page that is here waits for idle time alone', async (t) => {
  const { idle } = page(t, 'complete');
  const wanted = quiet();

  idle[0]();

  assert.equal(await hasCome(wanted), true);
});

test('a page of which a part never comes is quiet after a second', async (t) => {
  page(t, 'interactive');
  const wanted = quiet();

  t.mock.timers.tick(999);
  assert.equal(await hasCome(wanted), false);
  t.mock.timers.tick(1);

  assert.equal(await hasCome(wanted), true);
});

test('a browser without idle time is not waited for', async (t) => {
  page(t, 'complete');
  Reflect.deleteProperty(globalThis, 'requestIdleCallback');
  const wanted = quiet();

  t.mock.timers.tick(100);

  assert.equal(await hasCome(wanted), true);
});
