// Where the numbers and names of layers stand in the picture: none covers another, none is cut off at an edge.

import { HEIGHT, boxOf, pointsAt } from './layer-shapes.js';

/** @typedef {import('./layer-shapes.js').Box} Box */
/** @typedef {import('./layer-shapes.js').LayerCue} LayerCue */
/** @typedef {{ cue: LayerCue, text: string, box: Box }} Label  its text is centred in its box, both in units of the picture */
/**
 * @typedef {object} Writing
 * @property {number} ratio  of the picture's width to its height
 * @property {number} letter  how high letters are, in units
 * @property {boolean} hasNames  else only numbers
 * @property {(cue: LayerCue) => string} number
 * @property {(cue: LayerCue) => string} name  with its number
 * @property {string} note  stands at the right edge, and is covered by nothing
 * @property {number} [low]  down to where there is room: under it stand captions
 */

/** Of a letter's height: how wide a letter of an alphabet is at most, one of East Asia, a line, and down to its foot. */
const [LETTER_SHARE, WIDE_SHARE, LINE, FOOT] = [0.6, 1.1, 1.4, 1.05];
const WIDE_LETTERS = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]|[\u{1f000}-\u{3ffff}]/u;
/** A name further from its shape, in lines, is taken for that of another. */
const MOST_LINES = 5;
/** Sideways, as parts of its width: over the place, to the right of it, to the left. */
const SIDEWAYS = [0, 0.5, -0.5];
/** Of the picture's height stands the note that says that it is a drawing. */
const NOTE_AT = 0.8;
export const NOTE_SIZE = 0.8; // of a name's letters, as layers.css has it

/** How wide a text is at most, in heights of its letters. @param {string} text */
export function widthOf(text) {
  return [...text].reduce((sum, letter) => sum + (WIDE_LETTERS.test(letter) ? WIDE_SHARE : LETTER_SHARE), 0);
}

/** Where the foot of a label's letters is. @param {Pick<Label, 'box'>} label @param {number} letter */
export function footOf({ box }, letter) {
  return box.y + FOOT * letter;
}

/** The note's box, at the right edge. @param {Writing} writing @returns {Box} */
export function noteBox({ ratio, letter, note, low = HEIGHT }) {
  const [width, height] = [widthOf(note) * letter * NOTE_SIZE, LINE * letter * NOTE_SIZE];
  const y = Math.min(HEIGHT * NOTE_AT - FOOT * letter * NOTE_SIZE, low - height);
  return { x: ratio * HEIGHT - letter - width, y, width, height };
}

/**
 * A label for each layer on each side. Every one has its number; names come where there is room for them, and what lies on
 * both sides is named on one of them, in turn.
 * @param {readonly LayerCue[]} seen @param {number} time  seconds @param {Writing} writing @returns {Label[]}
 */
export function labelsOf(seen, time, writing) {
  const firsts = seen.filter(({ layer, side }, n) => seen.findIndex((other) => other.layer === layer && other.side === side) === n);
  const size = { wide: writing.ratio * HEIGHT, line: LINE * writing.letter, low: writing.low ?? HEIGHT };
  const taken = [noteBox(writing)];
  /** @param {string} text @param {{ x: number, y: number }} place @param {Box[]} others */
  const room = (text, place, others) => roomFor(place, widthOf(text) * writing.letter, size, others);
  const labels = firsts.flatMap((cue) => {
    const [text, place] = [writing.number(cue), placeOf(cue, time, size.wide)];
    const box = room(text, place, taken);
    if (!box) return [];
    taken.push(box);
    return [{ cue, text, place, box }];
  });
  if (writing.hasNames) {
    for (const label of labels.filter(({ cue }) => isNamed(cue, firsts))) {
      const text = writing.name(label.cue);
      const box = room(text, label.place, taken.filter((other) => other !== label.box));
      if (!box) continue;
      taken[taken.indexOf(label.box)] = box;
      Object.assign(label, { text, box });
    }
  }
  return labels;
}

/** Whether a layer is named here: left and right take turns where it lies on both sides. @param {LayerCue} cue @param {LayerCue[]} all */
function isNamed({ layer, side }, all) {
  const layers = [...new Set(all.map((one) => one.layer))];
  const isPaired = side !== '' && all.some((one) => one.layer === layer && one.side !== side);
  return !isPaired || side === (layers.indexOf(layer) % 2 ? 'left' : 'right');
}

/** The middle of a shape; of one on a side its outer edge, where there is room. @param {LayerCue} cue @param {number} time @param {number} wide */
function placeOf(cue, time, wide) {
  const { x, y, width, height } = boxOf(pointsAt(cue, time));
  const across = cue.side ? Number(x + width / 2 > 0.5) : 0.5;
  return { x: (x + width * across) * wide, y: (y + height / 2) * HEIGHT };
}

/**
 * The nearest box about a place that covers none of the others and lies in the picture; null where there is no room.
 * @param {{ x: number, y: number }} place @param {number} width @param {{ wide: number, line: number, low: number }} size @param {Box[]} others
 */
function roomFor(place, width, { wide, line, low }, others) {
  if (width > wide) return null;
  for (let n = 0; n <= 2 * MOST_LINES; n += 1) {
    const lines = n % 2 ? (n + 1) / 2 : -n / 2;
    const y = Math.min(low - line, Math.max(0, place.y - line / 2 + lines * line));
    for (const part of SIDEWAYS) {
      const x = Math.min(wide - width, Math.max(0, place.x + (part - 0.5) * width));
      const box = { x, y, width, height: line };
      if (!others.some((other) => areOver(box, other))) return box;
    }
  }
  return null;
}

/** @param {Box} one @param {Box} other */
export function areOver(one, other) {
  return one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;
}
