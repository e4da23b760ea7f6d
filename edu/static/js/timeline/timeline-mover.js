// One drag, by hand or by keys: from where a box was to where it is now, with the mark that holds it.

import { dragged } from './timeline-drag.js';
import { marksFor, snap, snapBox } from './timeline-snap.js';

/** @typedef {import('./timeline-drag.js').Edge} Edge */
/** @typedef {import('./timeline-drag.js').Span} Span */
/** @typedef {import('./timeline-snap.js').Mark} Mark */
/** @typedef {Parameters<typeof marksFor>[2] & { duration: number, isTouching: boolean }} Around */

export class Mover {
  /** @type {Span[]} what is other than before, the box itself first */ changed = [];
  /** @type {Mark | null} */ mark = null;
  /** Whether there is something that nobody was told of yet. */
  isFresh = false;
  #by = 0;

  /** @param {readonly Span[]} cues  as they were @param {string} key @param {Edge} edge @param {Around} around */
  constructor(cues, key, edge, around) {
    this.cues = cues;
    this.key = key;
    this.edge = edge;
    this.around = around;
    this.place = cues.findIndex((cue) => cue.key === key);
    this.marks = marksFor(cues, key, around);
  }

  /** The time of the edge, or where the box begins. @param {Span} span */
  #timeOf(span) {
    return this.edge === 'end' ? span.end : span.start;
  }

  /** So much later than at the beginning; `reach` is how far a mark draws, 0 for not at all. @param {number} by ms @param {number} reach ms */
  by(by, reach) {
    const from = this.cues[this.place];
    if (!from) return;
    this.#by = by;
    const wanted = this.#timeOf(from) + by;
    const length = from.end - from.start;
    const isBody = this.edge === 'body';
    const found = reach ? (isBody ? snapBox(wanted, length, this.marks, reach) : { mark: snap(wanted, this.marks, reach) }) : { mark: null };
    const time = 'start' in found ? found.start : found.mark?.time ?? wanted;
    this.changed = dragged(this.cues, this.place, this.edge, time, this.around);
    const [own] = this.changed;
    const isHeld = found.mark && own && (own.start === found.mark.time || own.end === found.mark.time);
    this.mark = isHeld ? found.mark : null;
    this.isFresh = true;
  }

  /** By a key: once more so much, from where it came to. @param {number} step ms */
  more(step) {
    this.by(this.#by + step, 0);
    const [own] = this.changed;
    const from = this.cues[this.place];
    if (own && from) this.#by = this.#timeOf(own) - this.#timeOf(from); // a key held at a border waits there
  }

  /** Whether anything is other than it was. */
  get isChange() {
    const from = this.cues[this.place];
    const [own] = this.changed;
    return Boolean(from && own && (own.start !== from.start || own.end !== from.end));
  }

  /** The cues as they are now, by start. @template {Span} T @param {readonly T[]} cues @returns {T[]} */
  applied(cues) {
    const changes = new Map(this.changed.map((span) => [span.key, span]));
    return cues.map((cue) => ({ ...cue, ...changes.get(cue.key) })).sort((one, other) => one.start - other.start || one.end - other.end);
  }
}
