// Step by step with no hand free: plays one step, stops at its end, and goes on at a word: again, or next.
//
// While it is on, the player has the attribute steps="playing | resting | done", and the keys of step-keys.js are its own:
// in the player, and where nothing of the page has the focus.

import { placeOf } from '../player/player-keys.js';
import { choices, remember } from '../player/preferences.js';
import { part, words } from '../wording.js';
import { FrameTimes, framesOf, rateOf } from './frame-times.js';
import { stepAct, taught } from './step-keys.js';
import { Countdown, StepWalk } from './step-walk.js';
import { onVoices, say, silence, systemVoice } from './step-voice.js';
import { WakeLock } from './wake-lock.js';

/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */
/** @typedef {import('../player/player-store.js').PlayerStore} PlayerStore */
/** @typedef {import('../player/media-time.js').Chapter} Chapter */
/** @typedef {{ repeat?: number, speaks?: boolean, pedal?: import('./step-keys.js').Pedal }} Wishes  repeat: seconds, 0 = never */
/** @typedef {import('../player/preferences.js').Choices & { steps?: Wishes }} Remembered */

/** What is laid out while it runs: parts of the player. */
const LAID = ['step-head', 'step-choice'];
/** Nearer than this to where it stopped, a seek is the one that put it there. Seconds. */
const STILL = 0.2;
/** No further than this before the end of a step it stops, however long its last picture is. Seconds. */
const MOST_BEFORE = 0.045;

export default class Steps {
  #player;
  #panel;
  /** @type {StepWalk | null} */ #walk = null;
  /** @type {AbortController | null} */ #run = null;
  /** @type {'next' | 'again' | null} the act that waits for the key of a pedal */ #learning = null;
  #isPanelShown = false;
  #turn = 0; // of what was asked for last: a voice that ends late starts nothing
  #countdown = new Countdown();
  #times;
  #wishes = /** @type {Remembered} */ (choices()).steps ?? {};
  #lock = new WakeLock((why) => this.#tell('wake', words(this.#root, `wake-${why}`), true));

  /** @param {EduPlayer} player @param {HTMLElement | null} panel */
  constructor(player, panel) {
    this.#player = player;
    this.#panel = panel;
    this.#times = FrameTimes.regular(rateOf(player.dataset.frameRate ?? ''), this.#store.duration);
    void framesOf(player).then((times) => { this.#times = times; });
    document.addEventListener('keydown', (event) => this.#pressed(event), { capture: true });
    panel?.addEventListener('change', ({ target }) => this.#wished(/** @type {HTMLInputElement} */ (target)));
    onVoices(() => this.#draw());
    this.#draw();
  }

  get #root() { return this.#panel ?? this.#player; }
  get #store() { return /** @type {PlayerStore} */ (this.#player.store); }

  /** @param {string} _action @param {number} value  the place of the act in this list @param {boolean} resumed */
  act(_action, value, resumed) {
    if (resumed) return;
    [() => this.#toggle(), () => this.#go('next'), () => this.#go('again'), () => this.#learn('next'), () => this.#learn('again'),
      () => this.#wish({ pedal: {} })][value]?.();
  }

  shown() {
    this.#isPanelShown = true;
    this.#draw();
  }

  /** Its panel may be put away while it runs; another tool that steers the film ends it. */
  leave() {
    const isPutAway = this.#isPanelShown && this.#panel?.hidden;
    this.#isPanelShown = false;
    this.#learning = null;
    if (!isPutAway) this.#end();
  }

  #toggle() {
    if (this.#walk) this.#end();
    else this.#begin();
  }

  #begin() {
    const walk = new StepWalk(this.#store.chapters);
    if (walk.count === 0) return this.#player.notice(words(this.#root, 'no-steps'));
    const step = walk.goTo(this.#store.time) ?? walk.goTo(0);
    this.#walk = walk;
    this.#run = new AbortController();
    const { signal } = this.#run;
    this.#store.addEventListener('range', (event) => {
      if (/** @type {CustomEvent} */ (event).detail.why === 'end') this.#rest();
    }, { signal });
    this.#store.addEventListener('change', (event) => this.#heard(/** @type {CustomEvent<string>} */ (event).detail), { signal });
    this.#lay();
    this.#player.focus({ preventScroll: true });
    this.#comeIntoView();
    void this.#lock.hold();
    return this.#play(step);
  }

  #end() {
    if (!this.#walk) return;
    this.#turn++;
    this.#countdown.stop();
    silence();
    this.#run?.abort();
    this.#walk = null;
    for (const name of LAID) part(this.#player, name)?.remove();
    this.#player.removeAttribute('steps');
    this.#store.pause();
    if (this.#store.range) this.#store.seek(this.#store.time); // who plays on is not stopped at the end of the step
    void this.#lock.release();
    this.#tell('wake', '');
    this.#player.notice(words(this.#root, 'ended'));
    this.#draw();
  }

  /** Where we are stands under the picture, of which nothing is covered while it moves; the choice over it. */
  #lay() {
    const template = /** @type {HTMLTemplateElement | null} */ (this.#panel && part(this.#panel, 'overlay'));
    const [head, choice] = /** @type {HTMLElement[]} */ ([...(template?.content.cloneNode(true).childNodes ?? [])].filter((node) => node instanceof HTMLElement));
    const stage = part(this.#player, 'stage');
    if (head) stage?.after(head);
    if (choice) stage?.append(choice);
  }

  /** On a phone the panel has pushed the film away. */
  #comeIntoView() {
    part(this.#player, 'stage')?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {'next' | 'again'} act */
  #go(act) {
    if (!this.#walk) return;
    const step = act === 'next' ? this.#walk.next() : this.#walk.again();
    if (step) void this.#play(step);
    else this.#stop();
  }

  /** The name first, where it is to be spoken; the film waits for it. @param {Chapter | null} step */
  async #play(step) {
    if (!step) return;
    const turn = ++this.#turn;
    this.#countdown.stop();
    silence();
    this.#draw();
    this.#store.setRange(step.start, this.#stopOf(step));
    const voice = this.#wishes.speaks ? systemVoice(this.#language) : null;
    if (voice) {
      this.#store.pause();
      await say(step.title, voice);
    }
    if (turn === this.#turn) void this.#store.play();
  }

  /** Half a picture before the end: at the end itself the picture of the next step may be on. @param {Chapter} step */
  #stopOf({ start, end }) {
    return Math.max(start, this.#times.lastBefore(end), end - MOST_BEFORE);
  }

  /** The film has stopped by itself at the end of what it was to play, perhaps a picture late. */
  #rest() {
    const walk = this.#walk;
    if (!walk?.step || walk.phase !== 'playing') return;
    walk.rest();
    this.#stop();
    this.#store.seek(this.#stopOf(walk.step));
  }

  #stop() {
    this.#turn++;
    silence();
    this.#store.pause();
    this.#draw();
    const { activeElement } = document;
    if (this.#player.contains(activeElement) || activeElement === document.body) {
      part(this.#player, 'step-next')?.focus({ preventScroll: true });
      this.#comeIntoView();
    }
    const count = /** @type {HTMLElement} */ (part(this.#player, 'step-count'));
    count.textContent = '';
    this.#countdown.begin(this.#wishes.repeat ?? 0, (seconds) => {
      count.textContent = words(this.#root, 'count', { seconds });
    }, () => this.#go('again'));
  }

  /** Somebody else steers as well: the bar, a link of the page, the play button. @param {string} what */
  #heard(what) {
    const walk = this.#walk;
    const step = walk?.step;
    if (!walk || !step) return;
    const { range, time } = this.#store;
    if (what === 'ended') this.#rest();
    else if (what === 'play' && walk.phase !== 'playing') {
      if (range) this.#adopt(range.start);
      else this.#go('next');
    } else if (what === 'seeked' && !range && (walk.phase === 'playing' || Math.abs(time - step.end) > STILL)) this.#adopt(time);
  }

  /** Plays on from there, and stops at the end of the step that is there. @param {number} time */
  #adopt(time) {
    const step = this.#walk?.goTo(time);
    if (!step) return;
    this.#countdown.stop();
    if (!this.#store.range) this.#store.setRange(Math.max(time, step.start), this.#stopOf(step));
    this.#draw();
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (!this.#player.isConnected || !(event.target instanceof Element)) return;
    if (this.#learning) return this.#taught(event, this.#learning);
    const isHere = this.#player.contains(event.target) ? !event.target.closest('dialog') : event.target === document.body;
    if (!this.#walk || !isHere) return;
    const isOurs = event.target.closest('.step-choice') !== null;
    const act = stepAct(event, placeOf(event.target), isOurs, this.#wishes.pedal ?? {});
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat) return; // a foot that rests on the pedal
    if (act === 'end') this.#end();
    else this.#go(act);
  }

  /** @param {'next' | 'again'} act */
  #learn(act) {
    this.#learning = act;
    this.#tell('pedal', words(this.#root, `learn-${act}`));
  }

  /** @param {KeyboardEvent} event @param {'next' | 'again'} act */
  #taught(event, act) {
    const pedal = this.#wishes.pedal ?? {};
    const learnt = taught(pedal, act, event);
    if (learnt === null) this.#tell('pedal', words(this.#root, `taken-${act}`, { key: this.#named(event.key) }));
    if (learnt === pedal && !/^(Escape|Tab)$/.test(event.key)) return; // a key that is held with another
    event.preventDefault();
    event.stopPropagation();
    if (learnt === null) return; // and waits for another one
    this.#learning = null;
    this.#wish({ pedal: learnt });
  }

  /** @param {HTMLInputElement} field */
  #wished({ dataset, value, checked }) {
    if (dataset.part === 'repeat') this.#wish({ repeat: Number(value) });
    if (dataset.part === 'speaks') this.#wish({ speaks: checked });
  }

  /** @param {Wishes} change */
  #wish(change) {
    this.#wishes = { ...this.#wishes, ...change };
    remember(/** @type {Remembered} */ ({ steps: this.#wishes }));
    this.#draw();
  }

  /** @param {string} key */
  #named(key) {
    return key === ' ' ? words(this.#root, 'space') : key;
  }

  /** That of the titles of the steps. */
  get #language() {
    return part(this.#player, 'chapter')?.lang || document.documentElement.lang;
  }

  #draw() {
    this.#drawOver();
    const panel = this.#panel;
    if (!panel) return;
    panel.querySelector('[data-value="0"]')?.setAttribute('aria-pressed', String(this.#walk !== null));
    const { repeat = 0, speaks = false, pedal = {} } = this.#wishes;
    const [often, aloud] = ['repeat', 'speaks'].map((name) => /** @type {any} */ (part(panel, name)));
    if (often) often.value = String(repeat);
    if (aloud) {
      aloud.disabled = systemVoice(this.#language) === null;
      aloud.checked = speaks && !aloud.disabled;
      /** @type {HTMLElement} */ (part(panel, 'no-voice')).hidden = !aloud.disabled;
    }
    const learnt = ['next', 'again'].flatMap((act) => {
      const key = act === 'next' ? pedal.next : pedal.again;
      return key ? [words(panel, `pedal-${act}`, { key: this.#named(key) })] : [];
    });
    /** @type {HTMLElement} */ (panel.querySelector('[data-value="5"]')).hidden = learnt.length === 0;
    if (!this.#learning) this.#tell('pedal', learnt.join(' '));
  }

  #drawOver() {
    const walk = this.#walk;
    const step = walk?.step;
    if (!walk || !step) return;
    const { phase, number, count, following } = walk;
    this.#player.setAttribute('steps', phase);
    const lines = {
      'step-number': words(this.#root, phase, { number, count }),
      'step-name': phase === 'done' ? '' : step.title,
      'step-label': words(this.#root, phase === 'done' ? 'first' : 'next'),
      'step-following': following?.title ?? '',
    };
    for (const [name, line] of Object.entries(lines)) {
      const element = part(this.#player, name);
      if (element && element.textContent !== line) element.textContent = line;
    }
    Object.assign(/** @type {HTMLElement} */ (part(this.#player, 'step-progress')), { max: count, value: phase === 'playing' ? number - 1 : number });
    const choice = /** @type {HTMLElement} */ (part(this.#player, 'step-choice'));
    const hadFocus = choice.contains(document.activeElement);
    choice.hidden = phase === 'playing';
    if (hadFocus && choice.hidden) this.#player.focus({ preventScroll: true });
  }

  /** @param {string} name @param {string} sentence @param {boolean} [aloud]  over the picture, too */
  #tell(name, sentence, aloud = false) {
    const line = this.#panel && part(this.#panel, name);
    if (line && line.textContent !== sentence) line.textContent = sentence;
    if (aloud) this.#player.notice(sentence);
  }
}
