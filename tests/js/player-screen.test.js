// Full screen where only the bare picture can fill the screen, as on an iPhone: the system draws the captions there.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { CaptionLayer } from '../../edu/static/js/player/player-captions.js';
import { canFullscreen, toggleFullscreen } from '../../edu/static/js/player/player-screen.js';

/** A video of an iPhone: it alone has a full screen, and tells when that begins and ends. */
class PhoneVideo extends EventTarget {
  readyState = 1;
  webkitEnterFullscreen() {
    if (this.readyState === 0) throw new Error('InvalidStateError');
    this.dispatchEvent(new Event('webkitbeginfullscreen'));
  }
}

/** A text track that keeps to its mode. */
class Track extends EventTarget {
  kind = 'captions';
  mode = 'showing';
  label = '';
  activeCues = [];
  constructor(language) { super(); this.language = language; }
}

const box = () => ({ dataset: {}, toggleAttribute() {}, replaceChildren() {} });

beforeEach(() => { globalThis.document = { fullscreenElement: null }; });

test('a player that cannot fill the screen lets its video do so', async () => {
  const video = new PhoneVideo();
  let began = 0;
  video.addEventListener('webkitbeginfullscreen', () => { began += 1; });

  assert.equal(canFullscreen({}, video), true);
  await toggleFullscreen({}, video);

  assert.equal(began, 1);
});

test('where the player itself can fill the screen the video is left alone, and the second time ends it', async () => {
  const calls = [];
  const host = { requestFullscreen: async () => { calls.push('in'); document.fullscreenElement = host; } };
  document.exitFullscreen = async () => { calls.push('out'); };

  await toggleFullscreen(host, new PhoneVideo());
  await toggleFullscreen(host, new PhoneVideo());

  assert.deepEqual(calls, ['in', 'out']);
});

test('a video that knows nothing of its film yet refuses and nothing breaks', async () => {
  await toggleFullscreen({}, Object.assign(new PhoneVideo(), { readyState: 0 }));
});

test('the system draws the captions while the bare video fills the screen, and we do afterwards', () => {
  const [english, spanish] = [new Track('en'), new Track('es')];
  const layer = new CaptionLayer(box(), [english, spanish]);
  layer.choose('es');
  assert.deepEqual([english.mode, spanish.mode], ['disabled', 'hidden']);

  layer.leaveToSystem(true);
  assert.deepEqual([english.mode, spanish.mode], ['disabled', 'showing']);
  layer.leaveToSystem(false);

  assert.deepEqual([english.mode, spanish.mode], ['disabled', 'hidden']);
});

test('captions that are off stay off in the full screen of the system', () => {
  const track = new Track('en');
  const layer = new CaptionLayer(box(), [track]);

  layer.leaveToSystem(true);

  assert.equal(track.mode, 'disabled');
});
