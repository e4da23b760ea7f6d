// <edu-quiz data-save-url data-alone>: saves answers as they are given. The form inside posts all of them at the end anyway.
//
// Before an answer from elsewhere is shown, its fieldset hears edu-show-answer {response}, and edu-shown after it.
// Hears edu-time-over: hands in what there is.

import { AnswerQueue } from './answer-queue.js';
import { isGiven, putBack, saidIn } from './answers.js';
import { part, words } from '../wording.js';

/** @typedef {import('./answer-queue.js').Revision} Revision */
/** @typedef {import('./answers.js').Field} Field */

const SETTLE_MS = 400;
const PATIENCE_MS = 20_000;
const TYPING_MS = 3000;
const LONGEST_WAIT_MS = 30_000;
const REFUSALS = [400, 401, 403, 404, 413, 422];

/** @param {HTMLElement} field @returns {Field[]} */
function fieldsOf(field) {
  return /** @type {any} */ ([...field.querySelectorAll('input[name], select[name]')]);
}

/** The same as the server sent them. @param {HTMLElement} field @returns {Field[]} */
function sentIn(field) {
  return /** @type {any} */ ([...field.querySelectorAll('input[name], select[name]')].map((one) => (
    one instanceof HTMLSelectElement
      ? { name: one.name, type: one.type, value: one.querySelector('option[selected]')?.getAttribute('value') ?? '' }
      : { name: /** @type {HTMLInputElement} */ (one).name, type: /** @type {HTMLInputElement} */ (one).type,
        value: /** @type {HTMLInputElement} */ (one).defaultValue, checked: /** @type {HTMLInputElement} */ (one).defaultChecked }
  )));
}

/** @param {HTMLElement} field @param {Field[]} [fields] */
function answerOf(field, fields = fieldsOf(field)) {
  return saidIn(field.dataset.kind ?? '', field.dataset.item ?? '', fields);
}

export class EduQuiz extends HTMLElement {
  #life = new AbortController();
  #isSending = false;
  #failures = 0;
  #isClosed = false;
  #isPosting = false;
  #isOver = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #typing;
  /** @type {AnswerQueue | null} */ #queue = null;
  /** What each question was last known to say. @type {Map<string, string>} */ #known = new Map();
  /** What the server could not read. @type {Map<string, string>} */ #unread = new Map();

  connectedCallback() {
    const url = this.dataset.saveUrl;
    if (!url) return;
    const queue = new AnswerQueue(localStorage, url);
    this.#queue = queue;
    // one question by itself says nothing of the others, whose answers may still wait here
    if (!('alone' in this.dataset)) queue.keepOnly(this.#fields.map((field) => field.dataset.item ?? ''));
    for (const field of this.#fields) {
      const missing = queue.meet(field.dataset.item ?? '', Number(field.dataset.rev));
      if (missing) this.#show(field, missing);
      this.#note(field, missing ? undefined : sentIn(field));
      const item = field.dataset.item ?? '';
      if (part(field, 'error')?.textContent) this.#unread.set(item, this.#known.get(item) ?? ''); // the server said so
      this.#take(field);
    }
    this.#count();
    this.#listen(url);
    if (queue.waiting.length > 0) this.#soon(0);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    clearTimeout(this.#typing);
    this.#life.abort();
  }

  /** @param {string} url */
  #listen(url) {
    const { signal } = this.#life;
    this.addEventListener('change', (event) => this.#changed(event.target), { signal });
    this.addEventListener('input', (event) => this.#typed(event.target), { signal });
    this.addEventListener('keydown', (event) => this.#entered(event), { signal });
    this.addEventListener('submit', (event) => this.#post(event), { signal });
    this.addEventListener('edu-time-over', () => this.#handIn(), { signal });
    addEventListener('online', () => this.#back(), { signal });
    addEventListener('offline', () => this.#tell('offline'), { signal });
    addEventListener('pagehide', () => this.#leave(url), { signal });
    addEventListener('pageshow', (event) => {
      if (event.persisted) location.reload(); // what the form took along is no longer here to be changed
    }, { signal });
  }

  /** @returns {HTMLElement[]} */
  get #fields() {
    return [...this.querySelectorAll('fieldset')].filter((field) => 'item' in field.dataset);
  }

  /** @param {EventTarget | null} target */
  #changed(target) {
    const field = target instanceof Element ? target.closest('fieldset[data-item]') : null;
    if (!(field instanceof HTMLElement) || this.#isClosed || !this.#take(field)) return;
    this.#count();
    this.#tell('saving');
    this.#soon(SETTLE_MS);
  }

  /** What is being written is kept a while after the last key. @param {EventTarget | null} target */
  #typed(target) {
    if (!(target instanceof HTMLInputElement) || target.type !== 'text') return;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#changed(target), TYPING_MS);
  }

  /** Enter in a field keeps what stands there; it does not hand in. @param {KeyboardEvent} event */
  #entered(event) {
    const { target } = event;
    if (event.key !== 'Enter' || !(target instanceof HTMLInputElement) || !target.name.startsWith('q.')) return;
    event.preventDefault();
    if (target.type === 'text') this.#changed(target);
  }

  /** Puts what a question says among what is to be sent; whether that is news. @param {HTMLElement} field */
  #take(field) {
    const { response, certainty } = answerOf(field);
    const item = field.dataset.item ?? '';
    const said = JSON.stringify([response, certainty]);
    if (response !== undefined && (this.#known.get(item) === said || this.#unread.get(item) === said)) {
      if (!this.#unread.has(item)) this.#complain(field, ''); // back to what it was before something unreadable
      return false;
    }
    this.#complain(field, response === undefined ? words(field, 'unread') : '');
    if (response === undefined) return false;
    part(field, 'given-way')?.remove();
    this.#unread.delete(item);
    this.#queue?.put(item, response, certainty);
    this.#note(field);
    return true;
  }

  /** @param {HTMLElement} field @param {string} sentence */
  #complain(field, sentence) {
    const line = part(field, 'error');
    if (line && line.textContent !== sentence) line.textContent = sentence;
    for (const input of field.querySelectorAll('input[type="text"]')) input.toggleAttribute('aria-invalid', sentence !== '');
  }

  /** How many questions have an answer, those included that were checked and are closed. */
  #count() {
    const line = part(this, 'answered');
    const closed = this.querySelectorAll('section.question:not([data-extra])').length;
    const open = this.#fields.filter((field) => !('extra' in field.dataset));
    let answered = 0;
    for (const field of open) {
      const isAnswered = isGiven(answerOf(field).response) && !this.#unread.has(field.dataset.item ?? '');
      answered += Number(isAnswered);
      document.querySelector(`.quiz-index [data-for="${field.dataset.item}"]`)?.classList.toggle('is-answered', isAnswered);
    }
    if (line) line.textContent = words(this, 'answered', { count: closed + answered, all: closed + open.length });
  }

  /**
   * The form says which revision it holds, should it be posted before the answer is saved.
   * @param {HTMLElement} field
   * @param {Field[]} [fields]  what was told already; what stands there now, unless given
   */
  #note(field, fields) {
    const item = field.dataset.item ?? '';
    const { response, certainty } = answerOf(field, fields);
    this.#known.set(item, JSON.stringify([response, certainty]));
    const input = field.querySelector(`input[name="q.${item}.rev"]`);
    if (input instanceof HTMLInputElement) input.value = String(this.#queue?.newest(item) ?? 0);
  }

  /** @param {HTMLElement} field @param {Revision} revision */
  #show(field, { item, response, certainty }) {
    field.dispatchEvent(new CustomEvent('edu-show-answer', { detail: { response } }));
    putBack(field.dataset.kind ?? '', item, fieldsOf(field), response, certainty ?? null);
    field.dispatchEvent(new CustomEvent('edu-shown'));
  }

  /** @param {number} ms */
  #soon(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), ms);
  }

  async #send() {
    const { saveUrl } = this.dataset;
    const queue = this.#queue;
    if (!saveUrl || !queue || queue.waiting.length === 0 || this.#isSending || this.#isClosed) return;
    this.#isSending = true;
    try {
      const answer = await this.#put(saveUrl, false);
      if (answer.status === 409) this.#close();
      else if (REFUSALS.includes(answer.status)) this.#refused(await answer.json().catch(() => ({})));
      else if (!answer.ok) throw new Error(`saving answered ${answer.status}`);
      else this.#kept(await answer.json());
    } catch {
      this.#failures += 1;
      this.#tell(navigator.onLine ? 'kept' : 'offline');
      this.#soon(Math.min(LONGEST_WAIT_MS, 1000 * 2 ** this.#failures));
    } finally {
      this.#isSending = false;
    }
  }

  /** @param {{ saved?: { item: string, rev: number }[], stale?: Revision[] }} answer */
  #kept({ saved = [], stale = [] }) {
    if (saved.length === 0 && stale.length === 0) throw new Error('the server acknowledged nothing');
    this.#queue?.acknowledge(saved);
    for (const revision of stale) this.#giveWay(revision);
    const left = this.#queue?.waiting.length ?? 0;
    this.#failures = 0;
    if (left > 0) this.#soon(SETTLE_MS);
    else if (stale.length > 0) this.#tell('elsewhere');
    else this.#tell(this.#unread.size > 0 ? 'unread' : 'saved');
  }

  /** Another window or device answered later: that answer is shown here too. @param {Revision} revision */
  #giveWay(revision) {
    const field = this.#fields.find((one) => one.dataset.item === revision.item);
    const mine = this.#queue?.waiting.find((one) => one.item === revision.item);
    if (!this.#queue || !field || this.#queue.meet(revision.item, revision.rev)) return;
    this.#show(field, revision);
    this.#note(field);
    this.#count();
    if (mine) this.#offerMine(field, mine);
  }

  /** @param {HTMLElement} field @param {Revision} mine */
  #offerMine(field, mine) {
    const notice = /** @type {HTMLTemplateElement} */ (part(this, 'elsewhere'));
    part(field, 'given-way')?.remove();
    part(field, 'error')?.before(notice.content.cloneNode(true));
    part(field, 'mine')?.addEventListener('click', () => {
      this.#show(field, mine);
      this.#changed(field);
      field.focus();
    });
  }

  /**
   * One answer that cannot be read is told at its question, and the others go on. Else sending again would not help: a new page
   * has a new token, and the answers wait here for it.
   * @param {{ field?: string, detail?: string }} problem
   */
  #refused({ field: item = '', detail = '' }) {
    const field = this.#fields.find((one) => one.dataset.item === item);
    if (!field) {
      this.#isClosed = true;
      this.#tell('refused');
      return;
    }
    this.#queue?.drop(item);
    this.#unread.set(item, this.#known.get(item) ?? '');
    this.#complain(field, detail);
    this.#count();
    this.#tell('unread');
    this.#soon(SETTLE_MS);
  }

  #close() {
    this.#isClosed = true;
    this.#queue?.keepOnly([]);
    this.#tell('closed');
  }

  /** The form takes all answers along: saving them beside it would only race with it. @param {SubmitEvent} event */
  #post(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
    if (!navigator.onLine) {
      event.preventDefault();
      this.#waits(event.submitter);
      return;
    }
    this.#isPosting = true;
    clearTimeout(this.#timer);
  }

  /**
   * What was asked for has to wait: it is said at the foot, which is read out, and at the button, which may be far from there.
   * @param {HTMLElement | null} button
   */
  #waits(button) {
    this.#tell('waits');
    part(this, 'waits')?.remove();
    if (!button || button.closest('.quiz-foot')) return;
    const line = Object.assign(document.createElement('p'), { className: 'quiz-waits', textContent: words(this, 'waits') });
    line.dataset.part = 'waits';
    (button.closest('.question-foot, .loop') ?? button).after(line);
  }

  /** The network is there again. */
  #back() {
    part(this, 'waits')?.remove();
    if (this.#isOver) this.#handIn();
    else if (this.#queue?.waiting.length) this.#soon(0);
    else if (this.getAttribute('state') === 'waits') this.#tell(this.#unread.size > 0 ? 'unread' : 'saved');
  }

  /** The time is over: what was answered is handed in, whatever is open. */
  #handIn() {
    this.#isOver = true;
    const form = this.querySelector('form.quiz');
    if (!(form instanceof HTMLFormElement)) return;
    const button = document.createElement('button');
    Object.assign(button, { name: 'hand_in', value: 'anyway', hidden: true });
    form.append(button);
    form.requestSubmit(button);
  }

  /** The last word before the page goes; what does not arrive is still kept here. @param {string} url */
  #leave(url) {
    if (this.#isClosed || this.#isPosting) return;
    for (const field of this.#fields) this.#take(field);
    if (this.#queue?.waiting.length) this.#put(url, true).catch(() => undefined);
  }

  /** @param {string} url @param {boolean} keepalive */
  #put(url, keepalive) {
    const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute('content') ?? '';
    return fetch(url, {
      method: 'PUT',
      keepalive,
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
      body: JSON.stringify({ answers: this.#queue?.waiting ?? [] }),
    });
  }

  /** @param {string} state */
  #tell(state) {
    this.setAttribute('state', state);
    const line = part(this, 'saved');
    if (line) line.textContent = words(this, state);
  }
}

customElements.define('edu-quiz', EduQuiz);
