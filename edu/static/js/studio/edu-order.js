// <edu-order>: a list whose rows go up and down in place; the pressed button keeps the focus, and it is said where the row is.

import { part, words } from '../wording.js';

class Order extends HTMLElement {
  connectedCallback() { this.addEventListener('submit', this.#submitted); }

  disconnectedCallback() { this.removeEventListener('submit', this.#submitted); }

  /** @param {SubmitEvent} event */
  #submitted = (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (!form.matches('.order') || !button) return;
    event.preventDefault();
    void this.#move(form, button);
  };

  /** @param {HTMLFormElement} form @param {HTMLButtonElement} button */
  async #move(form, button) {
    const fields = new FormData(form);
    fields.set(button.name, button.value);
    try {
      const answer = await fetch(form.action, { method: 'POST', body: fields });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const theirs = page.querySelector(`edu-order[data-name="${this.dataset.name}"]`);
      if (!answer.ok || !theirs) throw new Error(String(answer.status));
      this.#take(theirs);
    } catch {
      this.#say(words(this, 'failed'));
    }
  }

  /** @param {Element} theirs */
  #take(theirs) {
    const [old, made] = [part(this, 'list'), part(theirs, 'list')];
    if (!old || !made) return;
    const open = [...old.querySelectorAll('details')].map((each) => each.open && each.closest('li')?.querySelector('a')?.href);
    old.replaceChildren(...[...made.childNodes].map((node) => document.importNode(node, true)));
    for (const each of old.querySelectorAll('details')) each.open = open.includes(each.closest('li')?.querySelector('a')?.href ?? '');
    /** @type {HTMLElement | null} */ (old.querySelector('[autofocus]'))?.focus();
    this.#say(part(theirs, 'state')?.textContent ?? '');
  }

  /** @param {string} sentence */
  #say(sentence) {
    const state = part(this, 'state');
    if (state) state.textContent = sentence;
  }
}

customElements.define('edu-order', Order);
