// A recording beside a film: how the two are laid together, where a loop ends, what a camera can record, what is written.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Camera, typeOf, whyNot } from '../../edu/static/js/compare/camera.js';
import { Marks, isOver, stretchOf } from '../../edu/static/js/compare/laid.js';
import { fileName } from '../../edu/static/js/compare/own-room.js';
import { written } from '../../edu/static/js/compare/remarks.js';
import { seenBy } from '../../edu/static/js/compare/shelf.js';
import { closure, sum } from './modules.js';

const CHAPTERS = [{ id: 'V1-c01', start: 0, end: 10 }, { id: 'V1-c02', start: 10, end: 31.5 }];
const NO_ENDS = { from: null, to: null };

test('two are laid together by one moment that was marked in both, in either order', () => {
  for (const [first, second] of [[['film', 12], ['own', 3.5]], [['own', 3.5], ['film', 12]]]) {
    const marks = new Marks();
    assert.deepEqual([marks.mark(...first), marks.offset, marks.moment], [false, 0, { film: 0, own: 0 }]);
    assert.deepEqual([marks.mark(...second), marks.offset, marks.moment], [true, -8.5, { film: 12, own: 3.5 }]);
  }
});

test('a third mark begins a new pair, and what was laid together stays so until that is whole', () => {
  const marks = new Marks();
  marks.set(3.5, 12);
  assert.deepEqual([marks.mark('film', 20), marks.offset, marks.count], [false, -8.5, 1]);
  assert.deepEqual([marks.mark('own', 21), marks.offset], [true, 1]);
});

test('a loop goes over nothing, a chapter, the whole film, or from A to B within it', () => {
  assert.equal(stretchOf('', CHAPTERS, NO_ENDS, 94), null);
  assert.equal(stretchOf('V9-c99', CHAPTERS, NO_ENDS, 94), null);
  const { start, end } = stretchOf('V1-c02', CHAPTERS, NO_ENDS, 94);
  assert.deepEqual([start, end], [10, 31.5]);
  assert.deepEqual(stretchOf('all', CHAPTERS, NO_ENDS, 94), { start: 0, end: 94 });
  assert.deepEqual(stretchOf('own', CHAPTERS, { from: 5, to: 200 }, 94), { start: 5, end: 94 });
  for (const ends of [NO_ENDS, { from: 5, to: null }, { from: 5, to: 5 }, { from: 9, to: 2 }]) {
    assert.equal(stretchOf('own', CHAPTERS, ends, 94), null);
  }
});

test('a loop turns on its last picture, at every speed, and not on the one before it', () => {
  for (const rate of [0.25, 0.5, 1]) {
    const turned = Array.from({ length: 250 }, (_, n) => n).find((n) => isOver(n * 0.04, 0, rate, 0.04, { start: 0, end: 6 }));
    assert.equal(turned, 149);
  }
  assert.equal(isOver(5.9, 60, 1, 0.04, { start: 0, end: 6 }), true);
});

test('a camera that cannot be had is told by its reason', () => {
  const named = (name) => Object.assign(new Error(name), { name });
  assert.deepEqual(
    ['NotAllowedError', 'SecurityError', 'NotFoundError', 'OverconstrainedError', 'NotReadableError'].map((name) => whyNot(named(name))),
    ['refused', 'refused', 'no-camera', 'no-camera', 'busy'],
  );
});

/** Puts these into the place of what the browser has, for one test. */
function stand(t, things) {
  for (const [name, value] of Object.entries(things)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true });
    t.after(() => (before ? Object.defineProperty(globalThis, name, before) : Reflect.deleteProperty(globalThis, name)));
  }
}

test('without https, and without a recorder, no camera is asked for', async (t) => {
  const wish = { facing: 'user', sound: false };
  await assert.rejects(new Camera().open(wish), { why: 'insecure' });
  stand(t, { isSecureContext: true, navigator: { mediaDevices: {} } });
  await assert.rejects(new Camera().open(wish), { why: 'no-recorder' });
});

test('a camera that comes after it was asked for anew, or closed, is switched off again', async (t) => {
  const asked = [];
  const getUserMedia = () => new Promise((come, fail) => { asked.push({ come, fail }); });
  stand(t, { isSecureContext: true, navigator: { mediaDevices: { getUserMedia } }, MediaRecorder: class {} });
  const on = new Set();
  const streamOf = (name) => {
    on.add(name);
    return { getTracks: () => [{ stop: () => on.delete(name) }] };
  };
  const camera = new Camera();

  const [front, back] = [camera.open({ facing: 'user', sound: false }), camera.open({ facing: 'environment', sound: false })];
  const ofBack = streamOf('back');
  asked[1].come(ofBack);
  asked[0].come(streamOf('front'));
  assert.deepEqual([await front, await back, [...on]], [null, ofBack, ['back']]);

  camera.close();
  const late = camera.open({ facing: 'user', sound: false });
  const refused = camera.open({ facing: 'user', sound: false });
  camera.close();
  asked[2].come(streamOf('late'));
  asked[3].fail(new Error('refused'));
  assert.deepEqual([await late, await refused, camera.isOn, [...on]], [null, null, false, []]);
});

test('a recorder that does not begin is none that records', async (t) => {
  class Dead extends EventTarget {
    static isTypeSupported = () => true;
    start() {
      throw new Error('the camera is gone');
    }
  }
  stand(t, { MediaRecorder: Dead });
  const camera = new Camera();

  await assert.rejects(camera.record(() => undefined), /gone/);

  assert.equal(camera.isRecording, false);
});

test('what every browser plays is recorded where that is possible, else what this one can', () => {
  assert.equal(typeOf(() => true), 'video/mp4;codecs=avc1.42E01F,mp4a.40.2');
  assert.equal(typeOf((type) => type.startsWith('video/webm')), 'video/webm;codecs=vp9,opus');
  assert.equal(typeOf(() => false), '');
});

test('a recording is called on the disk as its maker called it, with an ending that tells what it is', () => {
  const named = (name, type) => fileName({ name, blob: { type } });
  assert.equal(named('own.mp4', 'video/mp4'), 'own.mp4');
  assert.equal(named('Übung 3', 'video/webm'), 'Übung 3.webm');
  assert.equal(named('a/b:c', 'video/mp4'), 'a-b-c.mp4');
  assert.equal(named('', 'video/x'), 'recording.video');
});

test('recordings of other accounts in the same browser are not shown', () => {
  const made = [['a', 'find', 'ada', 1], ['b', 'find', 'bob', 2], ['c', 'find', '', 3], ['d', 'find', undefined, 4], ['e', 'other', 'ada', 5]];
  const kept = made.map(([id, slug, owner, made]) => ({ id, slug, owner, made }));
  const seen = (owner) => seenBy(kept, 'find', owner).map(({ id }) => id).join('');
  assert.deepEqual([seen('ada'), seen('bob'), seen('')], ['dca', 'dcb', 'dc']);
});

test('the time of a remark is written as its form reads it', () => {
  assert.deepEqual([0, 72.46, 59.96, 3.04].map(written), ['0:00.0', '1:12.5', '1:00.0', '0:03.0']);
});

test('a page that compares loads at most 42 kB gz of script, its player and the camera counted', () => {
  const bytes = sum(closure(['player/edu-player.js', 'compare/edu-compare.js', 'compare/own-room.js']));
  assert.ok(bytes <= 42_000, `${bytes} bytes`);
});
