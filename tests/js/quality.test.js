// The size of the picture: which file is meant by what was chosen, and how the film changes to it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FilmSource } from '../../edu/static/js/player/player-source.js';
import { LEAST, sizeFor } from '../../edu/static/js/practice/quality.js';

const SIZES = [{ height: 720, url: 'm' }, { height: 360, url: 's' }, { height: 1080, url: 'l' }];
const CHOICES = [['', null], ['720', 'm'], ['1080', 'l'], ['900', 'm'], ['2160', 'l'], ['144', 's'], [LEAST, 's'], ['nonsense', 's']];
for (const [wanted, url] of CHOICES) {
  test(`of 1080, 720 and 360 lines '${wanted}' takes ${url}`, () => {
    assert.equal(sizeFor(SIZES, wanted)?.url ?? null, url);
  });
}

test('a film of no known size has none to choose', () => {
  assert.equal(sizeFor([], LEAST), null);
});

class Video {
  src = '';
  currentSrc = '/m/master.m3u8';
  currentTime = 0;
  paused = true;
  readyState = 1;
  plays = 0;
  canPlayType(type) { return /mpegurl/.test(type) ? 'maybe' : ''; }
  removeAttribute() { this.src = ''; }
  load() { this.currentTime = 0; this.paused = true; }
  querySelectorAll() { return []; }
  async play() { this.plays += 1; this.paused = false; }
}

test('a size is taken at the same time, playing or not, and the way back is the list', async () => {
  const video = Object.assign(new Video(), { currentTime: 31, paused: false });
  const source = new FilmSource(video, { hls: '/m/master.m3u8' });
  await source.begin();

  await source.keepTo('/m/360.mp4');
  assert.deepEqual([video.src, video.currentTime, video.plays], ['/m/360.mp4', 31, 1]);
  video.paused = true;
  await source.keepTo('');
  assert.deepEqual([video.src, video.currentTime, video.plays], ['', 31, 1]);
});

test('a size that was chosen before the first play is not taken away by it', async () => {
  const video = new Video();
  const source = new FilmSource(video, { hls: '/m/master.m3u8' });

  await source.keepTo('/m/360.mp4');
  await source.begin();

  assert.equal(video.src, '/m/360.mp4');
});

test('another sound comes in its own size, and afterwards the chosen size is back', async () => {
  const video = new Video();
  const source = new FilmSource(video, { hls: '/m/master.m3u8' });
  await source.keepTo('/m/360.mp4');

  await source.choose('/m/sound-2.mp4');
  await source.keepTo('/m/720.mp4');
  assert.equal(video.src, '/m/sound-2.mp4');
  await source.choose('');

  assert.equal(video.src, '/m/720.mp4');
});

test('a size that cannot be had is given up for what the network allows, where the film was', async () => {
  const video = Object.assign(new Video(), { currentTime: 31, paused: false });
  const source = new FilmSource(video, { hls: '/m/master.m3u8' });
  await source.keepTo('/m/360.mp4');

  assert.equal(source.recover(), true);
  await new Promise(setImmediate);

  assert.deepEqual([video.src, video.currentTime, video.plays], ['', 31, 2]);
  assert.equal(source.recover(), false);
});

test('what failed is tried once more at the place where it failed', async () => {
  const video = new Video();
  const source = new FilmSource(video, { hls: '/m/master.m3u8' });
  await source.begin();
  Object.assign(video, { currentTime: 40, paused: false });

  await source.again();

  assert.deepEqual([video.src, video.currentTime, video.plays], ['', 40, 1]);
});
