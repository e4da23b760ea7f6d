// The cues of a working copy as they stand here: their order, what is not sent yet, undo, and what others changed.

import { fieldwise, same } from './caption-merge.js';

/** @typedef {{ start: number, end: number, text: string, identifier: string, settings: string }} Cue  times in ms */
/** @typedef {Cue & { key: string, revision: number }} Row */
/** @typedef {'error' | 'warn' | 'info'} Severity */
/** @typedef {{ rule: string, key: string, severity: Severity, message: string, fixable: boolean }} Problem */
/** @typedef {{ key: string, cue: Cue | null }} Change */
/** @typedef {{ key: string, was: number, base: Cue | null, cue: Cue | null }} Edit */
/** @typedef {{ label: string, join: string, changes: Map<string, { before: Cue | null, after: Cue | null }> }} Step */
/** @typedef {{ revision?: number, rows?: Row[], gone?: string[], conflicts?: { key: string, theirs: Row | null }[], problems?: Problem[] }} Answer */

const MOST_STEPS = 500;
const GRADES = /** @type {const} */ (['error', 'warn', 'info']);

/** @param {Cue} row @returns {Cue} */
export function cueOf({ start, end, text, identifier, settings }) {
  return { start, end, text, identifier, settings };
}

export class CaptionStore extends EventTarget {
  /** @type {Map<string, Cue>} */ #cues = new Map();
  /** @type {Map<string, Row>} */ #base = new Map();
  /** @type {Map<string, Cue | null>} */ #sent = new Map();
  /** @type {Map<string, Cue | null>} what was sent and perhaps arrived */ #tried = new Map();
  /** @type {Set<string>} */ #dirty = new Set();
  /** @type {Set<string>} keys that the server will not take again */ #spent = new Set();
  /** @type {string[]} */ #order = [];
  /** @type {Map<string, number> | null} */ #places = null;
  /** @type {Step[]} */ #past = [];
  /** @type {Step[]} */ #future = [];
  /** @type {Map<string, Problem[]>} */ #problems = new Map();
  /** @type {Map<string, Row | null>} what others made of a cue that is changed here too */ conflicts = new Map();
  revision = 0;

  /** @param {() => string} newKey */
  constructor(newKey = () => `n${Math.random().toString(36).slice(2, 14)}`) {
    super();
    this.newKey = newKey;
  }

  get size() { return this.#order.length; }
  get keys() { return /** @type {readonly string[]} */ (this.#order); }
  get problems() { return [...this.#problems.values()].flat(); }
  get undoLabel() { return this.#past.at(-1)?.label ?? ''; }
  get redoLabel() { return this.#future.at(-1)?.label ?? ''; }

  /** @param {string} key */
  cue(key) { return this.#cues.get(key) ?? null; }
  /** @param {string} key */
  base(key) { return this.#base.get(key) ?? null; }
  /** @param {number} index */
  keyAt(index) { return this.#order[index] ?? ''; }
  /** @param {string} key */
  problemsOf(key) { return this.#problems.get(key) ?? []; }

  /** The place in the order of time, -1 for none. @param {string} key */
  indexOf(key) {
    this.#places ??= new Map(this.#order.map((one, n) => [one, n]));
    return this.#places.get(key) ?? -1;
  }

  /** The last cue that begins at or before a time; -1 before the first. @param {number} ms */
  indexAt(ms) {
    let [low, high] = [0, this.#order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.cue(this.keyAt(middle))?.start ?? 0) <= ms) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** @returns {Severity | ''} the worst there is of a cue @param {string} key */
  severity(key) {
    const found = this.problemsOf(key);
    return GRADES.find((grade) => found.some(({ severity }) => severity === grade)) ?? '';
  }

  /**
   * One step of work, which can be taken back as one. Steps with the same `join` that follow each other are one.
   * @param {readonly Change[]} changes
   * @param {{ label: string, join?: string }} how
   */
  edit(changes, { label, join = '' }) {
    /** @type {Step['changes']} */ const made = new Map();
    for (const { key, cue } of changes) {
      const before = this.cue(key);
      if (!same(before, cue)) made.set(key, { before, after: cue });
    }
    if (made.size === 0) return false;
    const last = this.#past.at(-1);
    if (join && last?.join === join) {
      for (const [key, { before, after }] of made) {
        const first = last.changes.has(key) ? (last.changes.get(key)?.before ?? null) : before;
        last.changes.set(key, { before: first, after });
      }
      if ([...last.changes.values()].every((change) => same(change.before, change.after))) this.#past.pop(); // a drag that was given up
    } else this.#remember({ label, join, changes: made });
    this.#future = [];
    this.#put([...made].map(([key, { after }]) => ({ key, cue: after })), 'edit');
    return true;
  }

  /** What comes next is a step of its own. */
  seal() {
    const last = this.#past.at(-1);
    if (last) last.join = '';
  }

  undo() { return this.#go(this.#past, this.#future, 'before', 'after'); }
  redo() { return this.#go(this.#future, this.#past, 'after', 'before'); }

  /**
   * @param {Step[]} from @param {Step[]} to
   * @param {'before' | 'after'} wanted @param {'before' | 'after'} now
   */
  #go(from, to, wanted, now) {
    const step = from.pop();
    if (!step) return null;
    this.seal();
    to.push(step);
    /** @type {Change[]} */ const changes = [];
    for (const [key, change] of step.changes) {
      const here = this.cue(key);
      // what others did to the other fields meanwhile stays
      const cue = change[wanted] && here ? fieldwise(change[now], change[wanted], here).cue : change[wanted];
      if (here === null && change[now] !== null) continue; // somebody removed it
      changes.push({ key: here === null && cue && this.#spent.has(key) ? this.#renew(key) : key, cue });
    }
    this.#put(changes, 'undo');
    return { label: step.label, keys: changes.map(({ key }) => key) };
  }

  /** The server never takes a removed key again: the cue comes back under another, in the history too. @param {string} key */
  #renew(key) {
    const fresh = this.newKey();
    for (const step of [...this.#past, ...this.#future]) {
      const change = step.changes.get(key);
      if (!change) continue;
      step.changes.delete(key);
      step.changes.set(fresh, change);
    }
    return fresh;
  }

  /** @param {Step} step */
  #remember(step) {
    this.#past.push(step);
    if (this.#past.length > MOST_STEPS) this.#past.shift();
  }

  // -- what is on its way to the server --------------------------------------------------------------------

  /** Edits that are neither sent nor disputed. @returns {Edit[]} */
  get pending() {
    return [...this.#dirty].filter((key) => !this.conflicts.has(key)).map((key) => {
      const base = this.base(key);
      return { key, was: base?.revision ?? 0, base: base && cueOf(base), cue: this.cue(key) };
    });
  }

  /** Everything that only this browser knows, disputed cues too. */
  get unsent() {
    return [...this.#dirty].map((key) => ({ key, base: this.base(key), cue: this.cue(key) }));
  }

  /** Pending edits, as many as fit into a request; they count as sent until `receive` or `release`. @param {number} [most] letters */
  take(most = Infinity) {
    let size = 0;
    const edits = this.pending.filter(({ cue, base }) => {
      const before = size;
      size += 400 + 4 * ((cue?.text.length ?? 0) + (base?.text.length ?? 0));
      return before === 0 || size <= most;
    });
    this.#sent = new Map(edits.map(({ key, cue }) => [key, cue]));
    return edits;
  }

  /** They did not arrive, or nobody knows whether they did. */
  release() {
    for (const [key, cue] of this.#sent) this.#tried.set(key, cue);
    this.#sent.clear();
  }

  /**
   * What the server says, put together with what was typed here since.
   * @param {Answer} answer
   * @param {{ isAnswer?: boolean, label?: string }} [how]  isAnswer: to what was taken; label: makes it a step to undo
   */
  receive({ revision, rows = [], gone = [], conflicts = [], problems }, { isAnswer = false, label = '' } = {}) {
    /** @type {Change[]} */ const changes = [];
    const disputed = new Set(conflicts.map(({ key }) => key));
    const before = new Map([...rows.map(({ key }) => key), ...gone].map((key) => [key, this.cue(key)]));
    for (const row of rows) if (!disputed.has(row.key)) changes.push(...this.#met(row.key, row));
    for (const key of gone) if (!disputed.has(key)) changes.push(...this.#met(key, null));
    for (const { key, theirs } of conflicts) this.#dispute(key, theirs);
    if (isAnswer) {
      for (const key of this.#sent.keys()) this.#tried.delete(key);
      this.#sent.clear();
    }
    for (const key of this.#dirty) if (same(this.cue(key), this.base(key))) this.#dirty.delete(key);
    this.revision = Math.max(this.revision, revision ?? 0);
    if (label && changes.length) {
      this.#remember({ label, join: '', changes: new Map(changes.map(({ key, cue }) => [key, { before: before.get(key) ?? null, after: cue }])) });
      this.#future = [];
    }
    if (problems) this.#judge(problems);
    this.#put(changes, 'server');
    this.dispatchEvent(new CustomEvent('state'));
  }

  /** @param {string} key @param {Row | null} theirs @returns {Change[]} */
  #met(key, theirs) {
    const mine = this.cue(key);
    const known = this.#sent.get(key) ?? this.#tried.get(key);
    const old = known && same(known, theirs) ? known : this.#sent.has(key) ? (this.#sent.get(key) ?? null) : this.base(key);
    this.#rebase(key, theirs);
    const met = theirs && cueOf(theirs);
    if (same(mine, old) || same(mine, met)) {
      this.conflicts.delete(key);
      return same(mine, met) ? [] : [{ key, cue: met }];
    }
    if (this.conflicts.has(key) || !mine || !met) {
      if (!same(met, old)) this.conflicts.set(key, theirs);
      return [];
    }
    const { cue, isClear } = fieldwise(old, mine, met);
    if (!isClear) this.conflicts.set(key, theirs);
    return isClear ? [{ key, cue }] : [];
  }

  /** @param {string} key @param {Row | null} theirs */
  #dispute(key, theirs) {
    const tried = this.#tried.get(key);
    this.#rebase(key, theirs);
    if (same(this.cue(key), theirs)) return;
    this.#dirty.add(key);
    if (tried === undefined || !same(tried, theirs)) this.conflicts.set(key, theirs);
  }

  /** @param {string} key @param {Row | null} theirs */
  #rebase(key, theirs) {
    if (theirs) this.#base.set(key, theirs);
    else {
      this.#base.delete(key);
      this.#spent.add(key);
    }
  }

  /** Ends a conflict. @param {string} key @param {'mine' | 'theirs'} whose @param {string} label */
  settle(key, whose, label) {
    const theirs = this.conflicts.get(key) ?? null;
    const mine = this.cue(key);
    this.conflicts.delete(key);
    this.seal();
    if (whose === 'theirs') this.edit([{ key, cue: theirs && cueOf(theirs) }], { label });
    else if (!theirs && mine) this.edit([{ key, cue: null }, { key: this.newKey(), cue: mine }], { label });
    if (same(this.cue(key), this.base(key))) this.#dirty.delete(key);
    this.dispatchEvent(new CustomEvent('state'));
    this.dispatchEvent(new CustomEvent('change', { detail: { keys: [key], isMoved: false, why: 'edit' } }));
  }

  /** Edits that this browser kept from another time. @param {{ key: string, base: Row | null, cue: Cue | null }[]} kept */
  restore(kept) {
    const changes = kept.map(({ key, base, cue }) => {
      if (base) this.#base.set(key, base); // so that the server is told what was seen when it was typed
      return { key, cue };
    });
    this.#put(changes, 'edit');
  }

  /** @param {readonly Problem[]} problems */
  #judge(problems) {
    const before = this.#problems;
    this.#problems = new Map();
    for (const problem of problems) this.#problems.set(problem.key, [...(this.#problems.get(problem.key) ?? []), problem]);
    const keys = [...new Set([...before.keys(), ...this.#problems.keys()])];
    this.dispatchEvent(new CustomEvent('problems', { detail: { keys } }));
  }

  // -- the order of time -----------------------------------------------------------------------------------

  /** @param {readonly Change[]} changes @param {'edit' | 'undo' | 'server'} why */
  #put(changes, why) {
    let isMoved = false;
    for (const { key, cue } of changes) {
      const before = this.cue(key);
      const moves = !before || !cue || before.start !== cue.start || before.end !== cue.end;
      if (moves && before) this.#order.splice(this.#place(key, before), 1);
      if (cue) this.#cues.set(key, cue);
      else this.#cues.delete(key);
      if (moves && cue) this.#order.splice(this.#place(key, cue), 0, key);
      if (moves) this.#places = null;
      isMoved ||= moves;
      if (same(cue, this.base(key))) this.#dirty.delete(key);
      else this.#dirty.add(key);
    }
    if (changes.length === 0) return;
    this.dispatchEvent(new CustomEvent('change', { detail: { keys: changes.map(({ key }) => key), isMoved, why } }));
  }

  /** Where a cue stands, or belongs. @param {string} key @param {Cue} cue */
  #place(key, { start, end }) {
    let [low, high] = [0, this.#order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.keyAt(middle);
      const there = this.cue(other);
      const order = there ? there.start - start || there.end - end || (other < key ? -1 : other > key ? 1 : 0) : 0;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
