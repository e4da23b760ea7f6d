// What is wrong: how often each rule is broken, the way to the next one, and repairs that are shown before they are made.

import { plain } from './caption-text.js';
import { shortTime } from './caption-row.js';
import { part, words } from '../wording.js';

/** @typedef {import('./edu-caption-editor.js').EduCaptionEditor} Room */
/** @typedef {import('./caption-store.js').Problem} Problem */
/** @typedef {import('./caption-store.js').Cue} Cue */
/** @typedef {{ rule: string, before: Cue[], after: Cue[] }} Repair */
/** @typedef {{ rule?: string, keys?: string[] }} Which */

const MOST_SHOWN = 100;
const RANK = { error: 0, warn: 1, info: 2 };

export class ProblemPanel {
  #room;
  #box;
  #dialog;
  /** @type {Which} */ #which = {};
  #rules = '';

  /** @param {Room} room @param {AbortSignal} signal */
  constructor(room, signal) {
    this.#room = room;
    this.#box = /** @type {HTMLElement} */ (part(room, 'problems'));
    this.#dialog = /** @type {HTMLDialogElement} */ (part(room, 'repair'));
    this.#box.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (button?.dataset.next) this.go(1, button.dataset.next);
      if (button?.dataset.mend) void this.offer({ rule: button.dataset.mend });
      if (button?.dataset.part === 'mend-all') void this.offer({});
    }, { signal });
    this.#dialog.addEventListener('close', () => {
      if (this.#dialog.returnValue === 'apply') void this.#apply();
      this.#dialog.returnValue = '';
    }, { signal });
    room.store.addEventListener('problems', () => this.draw());
  }

  draw() {
    /** @type {Map<string, Problem[]>} */ const rules = new Map();
    for (const problem of this.#room.store.problems) rules.set(problem.rule, [...(rules.get(problem.rule) ?? []), problem]);
    const sorted = [...rules].sort(([, [a]], [, [b]]) => RANK[a?.severity ?? 'info'] - RANK[b?.severity ?? 'info']);
    const all = this.#room.store.problems;
    const count = part(this.#room, 'problem-count');
    if (count) count.textContent = all.length ? words(this.#room, 'all-problems', { n: all.length }) : words(this.#room, 'no-problems');
    part(this.#box, 'mend-all')?.toggleAttribute('hidden', !all.some(({ fixable }) => fixable));
    const told = JSON.stringify(sorted.map(([rule, found]) => [rule, found.length, found[0]?.message]));
    if (told === this.#rules) return;
    this.#rules = told;
    part(this.#box, 'rules')?.replaceChildren(...sorted.map(([rule, found]) => this.#rule(rule, found)));
  }

  /** @param {string} rule @param {Problem[]} found */
  #rule(rule, found) {
    const item = document.createElement('li');
    item.dataset.severity = found[0]?.severity;
    const next = document.createElement('button');
    next.type = 'button';
    next.className = 'cue-rule';
    next.dataset.next = rule;
    const [name, message] = [document.createElement('b'), document.createElement('span')];
    name.textContent = words(this.#room, 'rule', { rule, n: found.length });
    message.textContent = found[0]?.message ?? '';
    next.append(name, ' ', message);
    item.append(next);
    if (found.some(({ fixable }) => fixable)) {
      const mend = document.createElement('button');
      mend.type = 'button';
      mend.className = 'button button-quiet cue-tool';
      mend.dataset.mend = rule;
      mend.textContent = words(this.#room, 'mend-rule');
      mend.setAttribute('aria-label', words(this.#room, 'mend-rule-of', { rule }));
      item.append(mend);
    }
    return item;
  }

  /** To the next caption with a problem, of one rule where it is named. @param {1 | -1} way @param {string} [rule] */
  go(way, rule = '') {
    const { store, list } = this.#room;
    const keys = [...new Set(store.problems.filter((one) => !rule || one.rule === rule).map(({ key }) => key))];
    const places = keys.map((key) => store.indexOf(key)).filter((place) => place >= 0).sort((a, b) => a - b);
    const at = store.indexOf(list.selected);
    const place = way === 1 ? places.find((one) => one > at) ?? places[0] : places.reverse().find((one) => one < at) ?? places[0];
    if (place === undefined) return this.#room.say('no-problems');
    const key = store.keyAt(place);
    this.#room.select(key, { isFocused: true });
    return this.#room.say('at-problem', { n: place + 1, text: store.problemsOf(key).map(({ message }) => message).join(' ') });
  }

  /** Asks what a repair would change, and shows it. @param {Which} which */
  async offer(which) {
    this.#which = which;
    const found = await this.#ask(false);
    if (!found) return;
    const changes = /** @type {Repair[]} */ (found.changes);
    if (changes.length === 0) return this.#room.say('unfixable');
    const [title, rows] = [part(this.#dialog, 'repair-title'), part(this.#dialog, 'changes')];
    if (title) title.textContent = words(this.#room, 'repairs', { n: changes.length });
    rows?.replaceChildren(...changes.slice(0, MOST_SHOWN).map((change) => this.#change(change)));
    part(this.#dialog, 'more')?.toggleAttribute('hidden', changes.length <= MOST_SHOWN);
    this.#dialog.showModal();
  }

  /** @param {Repair} change */
  #change({ rule, before, after }) {
    const row = document.createElement('tr');
    const name = document.createElement('th');
    name.scope = 'row';
    name.textContent = rule;
    row.append(name, ...[before, after].map((cues, n) => {
      const cell = document.createElement('td');
      const ground = document.createElement(n ? 'ins' : 'del');
      for (const cue of cues) {
        const [when, said] = [document.createElement('bdi'), document.createElement('span')];
        when.textContent = `${shortTime(cue.start)} – ${shortTime(cue.end)}`;
        said.textContent = plain(cue.text);
        ground.append(when, said);
      }
      cell.append(ground);
      return cell;
    }));
    return row;
  }

  async #apply() {
    const answer = await this.#ask(true);
    if (!answer) return;
    this.#room.store.receive(answer, { label: 'repair' });
    this.#room.say('repaired', { n: answer.changes.length });
  }

  /** @param {boolean} apply */
  async #ask(apply) {
    const { sync, store } = this.#room;
    if (!(await sync.flush())) {
      this.#room.say('save-first');
      return null;
    }
    try {
      return await sync.ask('POST', '', { since: store.revision, ...this.#which, apply }, this.#room.dataset.repair);
    } catch {
      this.#room.say('away');
      return null;
    }
  }
}
