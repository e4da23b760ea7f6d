// Audio description: when it is said, when the film waits, when it falls silent, and how it can be had.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Describer, readingMs, voicesOf, wayOf } from '../../edu/static/js/practice/describing.js';

const CUES = [{ start: 2, end: 5, text: 'A thumb' }, { start: 5, end: 7, text: 'Fingers' }, { start: 10, end: 10.1, text: 'Pen' }];

let heard;
let done;
const voice = {
  say(text, end) { heard.push(text); done = end; },
  hush() { heard.push('-'); },
};

/** A film that tells the describer of its pauses and starts, as the player does. */
class Film {
  playing = true;
  time = 0;
  use(describer) { this.describer = describer; return describer; }
  pause() { this.playing = false; this.describer.stopped(); }
  play() { this.playing = true; this.describer.started(); }
  /** Plays on to a time, told four times a second. */
  to(time) {
    while (this.playing && this.time < time) this.describer.at((this.time = Math.min(time, this.time + 0.25)));
  }
  seek(time) { this.describer.moved((this.time = time)); }
}

let film;
const described = (waits = true) => film.use(new Describer(CUES, film, voice, waits));
beforeEach(() => { heard = []; done = undefined; film = new Film(); });

test('a description that fits its gap is said once and the film does not wait', () => {
  described();
  film.to(3);
  done();
  film.to(4.9);
  assert.deepEqual([heard, film.playing], [['A thumb'], true]);
});

test('the film waits at the end of the gap for what is longer, and goes on with the next', () => {
  described();
  film.to(20);
  assert.deepEqual([film.time, film.playing, heard], [5, false, ['A thumb']]);
  done();
  assert.equal(film.playing, true);
  film.to(5.5);
  assert.deepEqual(heard, ['A thumb', 'Fingers']);
});

test('without waiting the next description takes the place of the one that is still said', () => {
  described(false);
  film.to(6);
  assert.deepEqual([heard, film.playing], [['A thumb', '-', 'Fingers'], true]);
});

test('after a seek back within the same description nothing is said twice', () => {
  described();
  film.to(3);
  film.seek(2.2);
  film.to(3);
  done();
  film.seek(2.1);
  film.to(4);
  assert.deepEqual(heard, ['A thumb']);
});

test('who comes back from elsewhere hears it again', () => {
  described();
  film.to(3);
  film.seek(8);
  film.seek(2);
  film.to(3);
  assert.deepEqual(heard, ['A thumb', '-', 'A thumb']);
});

test('a picture that is stepped to stands still, where the film only waited for what is said', () => {
  described();
  film.to(20);
  assert.equal(film.playing, false);
  film.describer.stilled();
  film.seek(5.04);
  assert.deepEqual([film.playing, heard], [false, ['A thumb', '-']]);
  film.play();
  film.to(5.5);
  assert.deepEqual(heard, ['A thumb', '-', 'Fingers']);
});

test('a film that waits stands still while the viewer does something else; then it is said again and the film goes on', () => {
  const describer = described();
  film.to(20);
  assert.equal(describer.interrupt(), true);
  const late = done;
  late();
  assert.deepEqual([film.playing, heard], [false, ['A thumb', '-']]);
  assert.equal(describer.resume(), true);
  assert.deepEqual([film.playing, heard], [false, ['A thumb', '-', 'A thumb']]);
  done();
  film.to(5.5);
  assert.deepEqual([film.playing, heard.at(-1)], [true, 'Fingers']);
});

test('nothing is taken up again that the film does not wait for, or from which the viewer has gone', () => {
  const describer = described();
  film.to(3);
  assert.deepEqual([describer.interrupt(), describer.resume()], [false, false]);
  film.to(20);
  for (const gone of [() => film.seek(8), () => film.play(), () => describer.end(), () => describer.stilled()]) {
    film.seek(2);
    film.play();
    film.to(20);
    assert.equal(describer.interrupt(), true);
    gone();
    assert.equal(describer.resume(), false);
  }
});

test('a pause by the viewer silences it, and what was cut short begins anew', () => {
  described();
  film.to(3);
  film.pause();
  assert.deepEqual(heard, ['A thumb', '-']);
  film.play();
  film.to(3.5);
  assert.deepEqual(heard, ['A thumb', '-', 'A thumb']);
});

test('a pause after it was said does not make it be said again', () => {
  described();
  film.to(3);
  done();
  film.pause();
  film.play();
  film.to(4);
  assert.deepEqual(heard, ['A thumb']);
});

test('who plays on while the film waits skips the rest, and its late end starts nothing', () => {
  described();
  film.to(20);
  film.play();
  assert.deepEqual(heard, ['A thumb', '-']);
  film.to(5.5);
  const late = done;
  film.pause();
  late();
  assert.equal(film.playing, false);
});

test('who goes elsewhere while the film waits is not left standing', () => {
  described();
  film.to(20);
  film.seek(8);
  assert.deepEqual([film.playing, heard], [true, ['A thumb', '-']]);
});

test('when it is switched off the film that waits goes on in silence', () => {
  const describer = described();
  film.to(20);
  describer.end();
  assert.deepEqual([film.playing, heard], [true, ['A thumb', '-']]);
});

test('a description shorter than the steps of the clock is said, one that was jumped over is not', () => {
  described();
  film.seek(9.95);
  film.to(10.2);
  assert.deepEqual(heard, ['Pen']);
  film.seek(0);
  film.seek(9);
  film.describer.at(11.5);
  assert.equal(heard.filter((one) => one === 'Pen').length, 1);
});

const WAYS = [
  [{ track: true, voices: true, sound: true }, 'voice'],
  [{ track: true, voices: false, sound: true }, 'sound'],
  [{ track: true, voices: false, sound: false }, 'text'],
  [{ track: false, voices: true, sound: true }, 'sound'],
  [{ track: false, voices: true, sound: false }, 'none'],
];
for (const [has, way] of WAYS) {
  test(`with ${JSON.stringify(has)} descriptions come as ${way}`, () => {
    assert.equal(wayOf(has), way);
  });
}

test('a voice of the very variety comes first, then one that needs no network; other languages never', () => {
  const voices = [['Ana', 'es-ES', true], ['Far', 'en-US', false], ['Near', 'en_US', true], ['Own', 'en-GB', false]].map(
    ([name, lang, localService]) => ({ name, lang, localService }),
  );
  assert.deepEqual(voicesOf(voices, 'en-GB').map(({ name }) => name), ['Own', 'Near', 'Far']);
  assert.deepEqual(voicesOf(voices, 'de'), []);
});

test('a text stays as long as it takes to read', () => {
  assert.equal(readingMs('a'.repeat(150)), 11_000);
});
