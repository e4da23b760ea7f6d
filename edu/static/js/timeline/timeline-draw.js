// The canvas of a time line: ruler, speech, waveform, cuts, cues too narrow for a box of their own, overlaps.

import { endOf, ticks, toX } from './timeline-scale.js';

/** @typedef {import('./timeline-scale.js').View} View */

/**
 * @typedef {object} Scene
 * @property {View} view
 * @property {import('./timeline-peaks.js').Waveform | null} waveform
 * @property {readonly (readonly number[])[]} speech
 * @property {readonly number[]} cuts
 * @property {readonly (readonly [number, number])[]} clashes
 * @property {readonly { start: number, end: number, severity: string }[]} narrow  cues drawn here alone
 * @property {number} frameMs
 * @property {Record<string, string>} colours
 */

/** Heights in pixels; the style sheet has the same. */
export const RULER = 24;
export const WAVE = 88;
export const NAMES = 56;
export const HEIGHT = RULER + WAVE + NAMES;
const NAMES_OF_COLOURS = ['ink', 'soft', 'line', 'wave', 'speech', 'cut', 'cue', 'error', 'warn', 'info', 'ground'];
/** A fault is told by how high its mark is as well as by its colour. */
const RANKS = ['', 'info', 'warn', 'error'];
const HEIGHTS = /** @type {Record<string, number>} */ ({ error: 1, warn: 0.6, info: 0.3 });
const FRAME_PIXELS = 8;

/** The colours of the style sheet as the canvas can use them. @param {HTMLElement} element */
export function coloursOf(element) {
  const probe = document.createElement('i');
  probe.className = 'timeline-probe';
  element.append(probe);
  const colours = Object.fromEntries(NAMES_OF_COLOURS.map((name) => {
    probe.style.color = `var(--timeline-${name})`;
    return [name, getComputedStyle(probe).color];
  }));
  probe.remove();
  return colours;
}

/** @param {CanvasRenderingContext2D} context  in CSS pixels @param {Scene} scene */
export function paint(context, scene) {
  const { view, colours } = scene;
  context.fillStyle = colours.ground ?? '';
  context.fillRect(0, 0, view.width, HEIGHT);
  paintSpeech(context, scene);
  paintWave(context, scene);
  paintRuler(context, scene);
  paintCuts(context, scene);
  paintNarrow(context, scene);
  paintClashes(context, scene);
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene */
function paintSpeech(context, { view, speech, colours }) {
  const columns = new Uint8Array(Math.ceil(view.width));
  for (const [start = 0, end = 0] of speech) mark(columns, view, start, end, 1);
  fill(context, columns, 1, colours.speech, RULER, WAVE);
}

/** Notes the highest rank under each pixel, so that drawing costs no more for many than for few. @param {Uint8Array} columns @param {View} view @param {number} start @param {number} end @param {number} rank */
function mark(columns, view, start, end, rank) {
  const from = Math.max(0, Math.floor(toX(view, start)));
  const to = Math.min(columns.length, Math.max(from + 1, Math.floor(toX(view, end))));
  for (let x = from; x < to; x += 1) if ((columns[x] ?? 0) < rank) columns[x] = rank;
}

/** Each run of pixels of a rank, or more. @param {CanvasRenderingContext2D} context @param {Uint8Array} columns @param {number} rank @param {string | undefined} colour @param {number} top @param {number} height @param {boolean} [isAlone] */
function fill(context, columns, rank, colour, top, height, isAlone = false) {
  const holds = (/** @type {number} */ x) => (isAlone ? columns[x] === rank : (columns[x] ?? 0) >= rank);
  context.fillStyle = colour ?? '';
  context.beginPath();
  for (let x = 0; x < columns.length; x += 1) {
    if (!holds(x)) continue;
    const from = x;
    while (x < columns.length && holds(x)) x += 1;
    context.rect(from, top, x - from, height);
  }
  context.fill();
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene */
function paintWave(context, { view, waveform, colours }) {
  if (!waveform) return;
  const middle = RULER + WAVE / 2;
  const unit = (WAVE / 2 - 2) / waveform.loudest;
  const columns = waveform.columns(view);
  context.fillStyle = colours.wave ?? '';
  context.beginPath();
  for (let x = 0; 2 * x < columns.length; x += 1) {
    const high = (columns[2 * x + 1] ?? 0) * unit;
    context.rect(x, middle - high, 1, Math.max(1, high - (columns[2 * x] ?? 0) * unit));
  }
  context.fill();
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene */
function paintRuler(context, { view, colours, frameMs }) {
  context.fillStyle = colours.line ?? '';
  context.fillRect(0, RULER - 1, view.width, 1);
  if (frameMs * view.scale >= FRAME_PIXELS) {
    for (let n = Math.ceil(view.start / frameMs); n * frameMs <= endOf(view); n += 1) context.fillRect(toX(view, n * frameMs), RULER - 4, 1, 3);
  }
  context.font = '12px system-ui, sans-serif';
  context.textBaseline = 'middle';
  for (const { time, label } of ticks(view)) {
    const x = toX(view, time);
    context.fillStyle = colours.soft ?? '';
    context.fillRect(x, RULER - (label ? 10 : 6), 1, label ? 10 : 6);
    if (label) context.fillText(label, x + 4, RULER / 2 - 2);
  }
}

/** Thin, with a notch in the ruler. @param {CanvasRenderingContext2D} context @param {Scene} scene */
function paintCuts(context, { view, cuts, colours }) {
  context.fillStyle = colours.cut ?? '';
  for (const cut of cuts) {
    if (cut < view.start || cut > endOf(view)) continue;
    const x = toX(view, cut);
    context.fillRect(x, RULER, 1, WAVE + NAMES);
    context.beginPath();
    context.moveTo(x - 4, RULER - 1);
    context.lineTo(x + 5, RULER - 1);
    context.lineTo(x + 0.5, RULER + 5);
    context.fill();
  }
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene */
function paintNarrow(context, { view, narrow, colours }) {
  if (!narrow.length) return;
  const columns = new Uint8Array(Math.ceil(view.width));
  for (const { start, end, severity } of narrow) mark(columns, view, start, end, RANKS.indexOf(severity) + 1);
  const bottom = RULER + WAVE + NAMES - 4;
  fill(context, columns, 1, colours.cue, bottom - NAMES + 8, NAMES - 8);
  RANKS.forEach((severity, place) => {
    const height = (NAMES - 8) * (HEIGHTS[severity] ?? 0);
    if (height) fill(context, columns, place + 1, colours[severity], bottom - height, height, true);
  });
}

/** Hatched, so that it is seen without colours. @param {CanvasRenderingContext2D} context @param {Scene} scene */
function paintClashes(context, { view, clashes, colours }) {
  context.strokeStyle = colours.error ?? '';
  context.lineWidth = 1.5;
  context.beginPath();
  const bottom = RULER + WAVE - 1;
  let drawn = -1; // up to this pixel
  for (const [start, end] of clashes) {
    if (end < view.start || start > endOf(view)) continue;
    const left = Math.max(drawn + 1, toX(view, start));
    const right = Math.min(view.width, Math.max(left + 3, toX(view, end)));
    if (toX(view, end) <= drawn) continue;
    drawn = right;
    for (let x = left; x < right; x += 5) {
      context.moveTo(x, bottom);
      context.lineTo(Math.min(right, x + 8), bottom - 10);
    }
  }
  context.stroke();
}
