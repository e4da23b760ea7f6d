// The panel in which a film asks: one question's own page in a dialog, with its answer, its check and its explanation.
//
// Fires on itself: `checked`, and `left` {how: skip | on | again}.

import { part, words } from '../wording.js';

/** So long an answer that is being saved is waited for before it is checked. */
const SETTLE_MS = 4000;

/** @param {string} url @param {RequestInit} [options] */
async function pageAt(url, options) {
  const answer = await fetch(url, { headers: { Accept: 'text/html' }, ...options });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (!part(page, 'question')) throw new Error(`no question there: ${answer.status}`);
  return page;
}

export class FilmPanel extends EventTarget {
  #dialog;
  #host;
  #url = '';
  #isBusy = false;

  /** @param {HTMLDialogElement} dialog @param {HTMLElement} host  for its words */
  constructor(dialog, host) {
    super();
    this.#dialog = dialog;
    this.#host = host;
    dialog.addEventListener('submit', (event) => this.#posted(event), { capture: true });
    dialog.addEventListener('cancel', (event) => {
      if (event.target !== dialog) return;
      event.preventDefault();
      this.#leave(this.isAnswered ? 'on' : 'skip');
    });
    dialog.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('[data-act]') : null;
      if (button) this.#leave(button.getAttribute('data-act') ?? 'on');
    });
  }

  get isOpen() {
    return this.#dialog.open;
  }

  /** Whether what is shown was checked and is explained. */
  get isAnswered() {
    return this.#dialog.querySelector('section.question') !== null;
  }

  /** The offer to watch the step that explains the answer, if there is one. */
  get clip() {
    return /** @type {HTMLElement | null} */ (this.#dialog.querySelector('section.question edu-clip'));
  }

  /** Rejects when the question cannot be had now. @param {string} url @param {string} title */
  async open(url, title) {
    this.#url = url;
    const page = await pageAt(url);
    await (await import('./borrowing.js')).borrow(page);
    const heading = part(this.#dialog, 'title');
    if (heading) heading.textContent = title;
    this.#tell('');
    this.#show(page);
    if (!this.#dialog.open) this.#dialog.showModal();
    heading?.focus();
  }

  /** @param {Document} page */
  #show(page) {
    const found = part(page, 'question');
    // the question before is taken away only now: until then its answer could still be on its way
    if (found) part(this.#dialog, 'place')?.replaceChildren(document.importNode(found, true));
    this.#dialog.querySelector('[data-act="on"]')?.toggleAttribute('hidden', !this.isAnswered);
    this.#dialog.querySelector('[data-act="skip"]')?.toggleAttribute('hidden', this.isAnswered);
    this.#dialog.toggleAttribute('data-answered', this.isAnswered);
  }

  /** Before the form's own element hears of it: that would take the page along. @param {SubmitEvent} event */
  #posted(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
    event.preventDefault();
    event.stopPropagation();
    void this.#send(form, event.submitter);
  }

  /** @param {HTMLFormElement} form @param {HTMLElement | null} submitter */
  async #send(form, submitter) {
    if (this.#isBusy) return;
    if (!navigator.onLine) {
      this.#tell('waits');
      return;
    }
    this.#isBusy = true;
    try {
      await this.#settled();
      const data = new FormData(form);
      if (submitter instanceof HTMLButtonElement && submitter.name) data.append(submitter.name, submitter.value);
      const page = await pageAt(this.#url, { method: 'POST', body: new URLSearchParams(/** @type {any} */ (data)) });
      this.#tell('');
      this.#show(page);
      this.#said();
    } catch {
      this.#tell('failed');
    } finally {
      this.#isBusy = false;
    }
  }

  /** Resolves when the answer is no longer on its way: the form would race with it. */
  #settled() {
    const quiz = this.#dialog.querySelector('edu-quiz');
    if (quiz?.getAttribute('state') !== 'saving') return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        watch.disconnect();
        clearTimeout(timer);
        resolve(undefined);
      };
      const watch = new MutationObserver(() => {
        if (quiz.getAttribute('state') !== 'saving') done();
      });
      const timer = setTimeout(done, SETTLE_MS);
      watch.observe(quiz, { attributes: true, attributeFilter: ['state'] });
    });
  }

  /** Says what came of it and goes there. */
  #said() {
    const outcome = this.#dialog.querySelector('section.question .outcome strong');
    const line = part(this.#dialog, 'outcome');
    if (line) line.textContent = outcome?.textContent ?? '';
    const place = this.#dialog.querySelector('section.question, fieldset.question');
    if (place instanceof HTMLElement) place.focus();
    if (this.isAnswered) this.dispatchEvent(new Event('checked'));
  }

  /** @param {string} how */
  #leave(how) {
    this.#dialog.close(); // what it holds stays until the next question: an answer may still wait for the network
    this.dispatchEvent(new CustomEvent('left', { detail: { how } }));
  }

  /** @param {string} name  of a sentence of the host; '' for none */
  #tell(name) {
    const told = part(this.#dialog, 'told');
    if (told) told.textContent = name ? words(this.#host, name) : '';
  }
}
