// The source of a film: AV1 where it is easy, hls.js and plain files, another sound, and the way back after an error.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FilmSource, isEasy } from '../../edu/static/js/player/player-source.js';

globalThis.navigator ??= {}; // Node has none before 21
const AV1 = 'video/mp4; codecs="av01.0.08M.08"';
const ASKED = JSON.stringify({ contentType: AV1, width: 1920, height: 1080, bitrate: 1, framerate: 30 });
const PAGE = { hls: '/m/master.m3u8', hlsAv1: '/m/master-av1.m3u8', av1: ASKED };

/** What a source needs of HTMLVideoElement. */
class Video {
  src = '';
  currentTime = 0;
  paused = true;
  plays = 0;
  loads = 0;
  readyState = 1;
  currentSrc = '/m/master.m3u8';
  av1 = [];

  constructor(canPlay = {}) { this.canPlay = canPlay; }
  canPlayType(type) { return this.canPlay[type] ?? ''; }
  hasAttribute() { return this.src !== ''; }
  removeAttribute() { this.src = ''; }
  load() { this.loads += 1; this.currentTime = 0; this.paused = true; }
  querySelectorAll() { return [...this.av1]; }
  async play() { this.plays += 1; this.paused = false; }
}

const native = () => new Video({ 'application/vnd.apple.mpegurl': 'maybe' });

/** Capabilities that answer for both codecs. */
const machine = (av1, usual) => ({
  decodingInfo: async ({ video }) => (video.contentType === AV1 ? av1 : { smooth: true, powerEfficient: usual }),
});

const DECISIONS = [
  [{ smooth: true, powerEfficient: true }, true, true],
  [{ smooth: true, powerEfficient: false }, true, false],
  [{ smooth: true, powerEfficient: false }, false, true],
  [{ smooth: false, powerEfficient: false }, false, false],
  [{ smooth: false, powerEfficient: true }, true, false],
];
for (const [av1, usual, wanted] of DECISIONS) {
  test(`AV1 ${JSON.stringify(av1)} beside H.264 ${usual ? 'in' : 'without'} hardware is ${wanted ? '' : 'not '}taken`, async () => {
    assert.equal(await isEasy(ASKED, new Video(), machine(av1, usual)), wanted);
  });
}

test('a browser without Media Capabilities is asked what it can play', async () => {
  assert.equal(await isEasy(ASKED, new Video({ [AV1]: 'probably' }), undefined), true);
  assert.equal(await isEasy(ASKED, new Video({ [AV1]: 'maybe' }), undefined), false);
});

test('before the first play the list with AV1 is taken, and the time stays', async () => {
  const video = Object.assign(native(), { currentTime: 12 });
  video.canPlay[AV1] = 'probably';

  await new FilmSource(video, PAGE).begin();

  assert.deepEqual([video.src, video.currentTime, video.plays], ['/m/master-av1.m3u8', 12, 0]);
});

test('without AV1 the page is left as it is', async () => {
  const video = native();

  await new FilmSource(video, { hls: PAGE.hls }).begin();

  assert.deepEqual([video.src, video.loads], ['', 0]);
});

test('a browser that has passed over the first list is not given the second', async () => {
  const video = Object.assign(native(), { readyState: 1, currentSrc: '/m/720.mp4' });
  video.canPlay[AV1] = 'probably';

  await new FilmSource(video, PAGE).begin();

  assert.deepEqual([video.src, video.loads], ['', 0]);
});

test('where neither a list plays nor a script may feed the element, the file of the page stays', async () => {
  const video = new Video({ [AV1]: 'probably' });

  await new FilmSource(video, PAGE).begin();

  assert.deepEqual([video.src, video.loads], ['', 0]);
});

test('after an error of AV1 the usual film goes on at the same time', async () => {
  const video = native();
  video.canPlay[AV1] = 'probably';
  video.av1 = [{ remove: () => { video.av1 = []; } }];
  const source = new FilmSource(video, PAGE);
  await source.begin();
  Object.assign(video, { currentTime: 31, paused: false });

  assert.equal(source.recover(), true);
  await null;

  assert.deepEqual([video.src, video.currentTime, video.plays, video.av1.length], ['', 31, 1, 0]);
  assert.equal(source.recover(), false, 'nothing else is left');
});

test('another sound keeps time and playing, and the way back leads to AV1 again', async () => {
  const video = native();
  video.canPlay[AV1] = 'probably';
  const source = new FilmSource(video, PAGE);
  await source.begin();
  Object.assign(video, { currentTime: 20, paused: false });

  await source.choose('/m/sound-2.mp4');
  assert.deepEqual([video.src, video.currentTime, video.plays], ['/m/sound-2.mp4', 20, 1]);
  assert.equal(source.recover(), false);
  await source.choose('');

  assert.deepEqual([video.src, video.currentTime, video.plays], ['/m/master-av1.m3u8', 20, 2]);
});

test('a sound that was chosen before the first play is not taken away by it', async () => {
  const video = native();
  video.canPlay[AV1] = 'probably';
  const source = new FilmSource(video, PAGE);

  await source.choose('/m/sound-2.mp4');
  await source.begin();

  assert.equal(video.src, '/m/sound-2.mp4');
});

test('the last of two quick choices counts', async () => {
  const video = native();
  const source = new FilmSource(video, PAGE);

  await Promise.all([source.choose('/m/sound-2.mp4'), source.choose('/m/sound-3.mp4')]);

  assert.equal(video.src, '/m/sound-3.mp4');
});
