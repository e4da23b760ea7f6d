// The walk through the steps, the countdown of a rest, the keys of pedals, the voice, and the lock of the screen.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { stepAct, taught } from '../../edu/static/js/practice/step-keys.js';
import { say, systemVoice, voiceFor } from '../../edu/static/js/practice/step-voice.js';
import { Countdown, StepWalk } from '../../edu/static/js/practice/step-walk.js';
import { WakeLock } from '../../edu/static/js/practice/wake-lock.js';

const CHAPTERS = [
  { id: 'a-c3', title: 'Three', start: 25, end: 40 },
  { id: 'a-c1', title: 'One', start: 2, end: 10 },
  { id: 'a-c2', title: 'Two', start: 10, end: 20 },
  { id: 'a-c4', title: 'Nothing', start: 40, end: 40 },
];

/** Where the walk is: the id of its step and what it does there. */
const place = (walk) => `${walk.step?.id} ${walk.phase}`;

test('a walk begins at the step of the moment, in a gap at the one after it', () => {
  const walk = new StepWalk(CHAPTERS);
  assert.equal(walk.count, 3);
  const begun = [[0, 'a-c1'], [2, 'a-c1'], [10, 'a-c2'], [19.99, 'a-c3'], [22, 'a-c3'], [39, 'a-c3']];
  for (const [time, id] of begun) assert.equal(walk.goTo(time)?.id, id);
  assert.equal(walk.goTo(40), null);
  walk.rest();
  assert.equal(place(walk), 'a-c3 done');
});

test('again plays the same step, next the one after it, both while it plays and at rest', () => {
  const walk = new StepWalk(CHAPTERS);
  walk.goTo(0);
  walk.rest();
  assert.equal(place(walk), 'a-c1 resting');
  assert.equal(walk.again()?.id, 'a-c1');
  assert.equal(walk.next()?.id, 'a-c2');
  walk.rest();
  assert.deepEqual([walk.following?.id, walk.number], ['a-c3', 2]);
  assert.equal(walk.next()?.id, 'a-c3');
  assert.equal(place(walk), 'a-c3 playing');
});

test('the last step ends with all done; from there next is the start and again the last step', () => {
  const walk = new StepWalk(CHAPTERS);
  walk.goTo(30);
  assert.equal(walk.next(), null);
  assert.equal(place(walk), 'a-c3 done');
  assert.equal(walk.again()?.id, 'a-c3');
  walk.rest();
  assert.equal(place(walk), 'a-c3 done');
  assert.equal(walk.next()?.id, 'a-c1');
});

test('a film without steps has no walk', () => {
  const walk = new StepWalk([]);
  assert.deepEqual([walk.count, walk.goTo(3), walk.step, walk.following], [0, null, null, null]);
});

test('a countdown tells each second and then acts once; stopped or without seconds it never acts', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const [countdown, told] = [new Countdown(), []];
  countdown.begin(3, (left) => told.push(left), () => told.push('again'));
  t.mock.timers.tick(999);
  assert.deepEqual(told, [3]);
  for (let second = 0; second < 9; second++) t.mock.timers.tick(1000);
  assert.deepEqual(told, [3, 2, 1, 'again']);
  countdown.begin(2, (left) => told.push(left), () => told.push('never'));
  t.mock.timers.tick(1000);
  countdown.stop();
  countdown.begin(0, (left) => told.push(left), () => told.push('never'));
  t.mock.timers.tick(9000);
  assert.deepEqual(told.slice(4), [2, 1]);
});

const press = (key, held = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, ...held });
const act = (key, place = 'none', isOurs = false, pedal = {}) => stepAct(press(key), place, isOurs, pedal);

test('the keys that pedals and page turners send are next and again', () => {
  for (const key of [' ', 'Enter', 'PageDown', 'ArrowRight', 'n', 'N']) assert.equal(act(key), 'next', key);
  for (const key of ['r', 'R', 'PageUp', 'Backspace', 'ArrowLeft']) assert.equal(act(key), 'again', key);
  assert.equal(act('s'), 'end');
  for (const key of ['k', 'ArrowUp', 'Tab', 'Escape', '5', 'constructor']) assert.equal(act(key), null, key);
  assert.equal(stepAct(press('r', { ctrlKey: true }), 'none', false, {}), null);
});

test('a button keeps space and Enter, a list and a slider their own keys', () => {
  for (const key of [' ', 'Enter']) assert.equal(act(key, 'button'), null);
  assert.equal(act('PageDown', 'button'), 'next');
  assert.equal(act('n', 'choice'), null);
  for (const key of ['ArrowRight', 'PageUp']) assert.equal(act(key, 'seek'), null);
  assert.equal(act(' ', 'seek'), 'next');
});

test('what a pedal was taught goes before the usual keys, on our own two buttons too', () => {
  const pedal = { next: 'b', again: 'Enter' };
  assert.deepEqual([act('B', 'none', false, pedal), act('Enter', 'none', false, pedal)], ['next', 'again']);
  assert.deepEqual([act('Enter', 'button', true, pedal), act('Enter', 'button', false, pedal)], ['again', null]);
  assert.equal(act(' ', 'button', true, pedal), null);
});

test('a key that belongs to the other act is refused, and a key that only holds others is not learnt', () => {
  const once = taught({}, 'next', press('B'));
  assert.deepEqual({ ...once }, { next: 'b' });
  assert.deepEqual(taught(once, 'again', press('PageUp')), { again: 'PageUp', next: 'b' });
  assert.equal(taught({ next: 'b', again: 'c' }, 'again', press('B')), null);
  assert.equal(taught({ again: 'PageUp' }, 'next', press('PageUp')), null);
  assert.deepEqual(taught({ next: 'b', again: 'c' }, 'next', press('b')), { next: 'b', again: 'c' });
  for (const key of ['Shift', 'Tab', 'Escape', 'Unidentified']) assert.equal(taught(once, 'again', press(key)), once);
  assert.equal(taught(once, 'again', press('x', { metaKey: true })), once);
});

test('a voice is one of the language, whatever its region', () => {
  const voices = [{ lang: 'de-DE' }, { lang: 'en_GB' }, { lang: 'he' }];
  assert.deepEqual(['en', 'EN-us', 'he-IL', 'fr'].map((language) => voiceFor(voices, language)?.lang), ['en_GB', 'en_GB', 'he', undefined]);
});

test('the film waits for a voice until it ends, fails, or says nothing for too long', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const voice = { lang: 'en-GB' };
  assert.equal(systemVoice('en'), null);
  globalThis.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) {
      super();
      this.text = text;
    }
  };
  const spoken = [];
  globalThis.speechSynthesis = { getVoices: () => [voice], cancel: () => {}, speak: (one) => spoken.push(one) };
  t.after(() => { delete globalThis.speechSynthesis; delete globalThis.SpeechSynthesisUtterance; });
  const told = [];
  const wait = (sentence) => say(sentence, systemVoice('en')).then(() => told.push(sentence));

  const waits = ['Position', 'Midline', 'Mark'].map(wait);
  await settled();
  assert.deepEqual([told, spoken.map(({ text, lang }) => `${text} ${lang}`)], [[], ['Position en-GB', 'Midline en-GB', 'Mark en-GB']]);
  spoken[1].dispatchEvent(new Event('end'));
  spoken[0].dispatchEvent(new Event('error'));
  await settled();
  t.mock.timers.tick(6000);
  await Promise.all(waits);
  assert.deepEqual(told, ['Midline', 'Position', 'Mark']);
});

/** A page that goes out of sight and comes back, and a system that keeps its screen on. */
class Page extends EventTarget {
  visibilityState = 'visible';

  turn(state) {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

function system({ refuses = false } = {}) {
  const told = [];
  const request = async () => {
    if (refuses) throw new DOMException('no', 'NotAllowedError');
    told.push('held');
    return { release: async () => { told.push('released'); } };
  };
  return { told, wakeLock: { request } };
}

const settled = () => new Promise((resolve) => { setImmediate(resolve); });

test('the screen is held, asked for again when the page comes back, and let go at the end', async () => {
  const [page, keeper, failed] = [new Page(), system(), []];
  const lock = new WakeLock((why) => failed.push(why), keeper, page);
  await lock.hold();
  await lock.hold();
  page.turn('hidden');
  page.turn('visible');
  await settled();
  assert.deepEqual(keeper.told, ['held', 'held']);
  await lock.release();
  page.turn('visible');
  await settled();
  assert.deepEqual([keeper.told, failed], [['held', 'held', 'released'], []]);
});

test('a lock that comes after the end is given back at once', async () => {
  const keeper = system();
  const lock = new WakeLock(() => assert.fail('nothing failed'), keeper, new Page());
  const asked = lock.hold();
  await lock.release();
  await asked;
  assert.deepEqual(keeper.told, ['held', 'released']);
});

test('why the screen may go dark is told: plain http, an old browser, a system that refuses', async (t) => {
  const failed = [];
  const ask = (keeper) => new WakeLock((why) => failed.push(why), keeper, new Page()).hold();
  await ask({});
  globalThis.isSecureContext = false;
  t.after(() => { delete globalThis.isSecureContext; });
  await ask({});
  await ask(system({ refuses: true }));
  assert.deepEqual(failed, ['missing', 'insecure', 'refused']);
});
