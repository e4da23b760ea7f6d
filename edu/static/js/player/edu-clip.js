// <edu-clip data-start data-end data-item data-step>: plays one step in a dialog over the question, then gives the question back.
//
// How much of it was watched goes to the address in data-clips-url around it, where there is one.

import { part, words } from '../wording.js';

/** Pages already fetched, so that a second look opens at once. @type {Map<string, Promise<Document>>} */
const pages = new Map();

/** @param {string} url */
function page(url) {
  const [address = url] = url.split(/[?#]/); // one fetch for all steps of a film
  const known = pages.get(address);
  if (known) return known;
  const fetched = fetch(address, { headers: { Accept: 'text/html' } }).then(async (answer) => {
    if (!answer.ok) throw new Error(`the page of the video answered ${answer.status}`);
    return new DOMParser().parseFromString(await answer.text(), 'text/html');
  });
  fetched.catch(() => pages.delete(address));
  pages.set(address, fetched);
  return fetched;
}

/** The sheets of a page, with the names of those that are joined in each. @param {Document} page */
function sheets(page) {
  const links = /** @type {HTMLLinkElement[]} */ ([...page.querySelectorAll('link[rel="stylesheet"]')]);
  return links.map((link) => ({ link, names: link.href.replace(/.*\/|\.css$/g, '').split('+') }));
}

/** Style sheets of that page which this one has not. @param {Document} other */
export async function borrowStyles(other) {
  const ours = sheets(document).flatMap(({ names }) => names);
  await Promise.all(sheets(other).map(({ link, names }) => {
    const missing = names.filter((name) => !ours.includes(name));
    return missing.length && new Promise((resolve) => {
      const copy = document.importNode(link);
      copy.href = link.href.replace(/[^/]+$/, `${missing.join('+')}.css`);
      copy.onload = copy.onerror = resolve;
      document.head.append(copy);
    });
  }));
}

/** Longer gaps between two times of the film are jumps, not watching. */
const LONGEST_TICK = 1.5;

/** How long a film was watched, told by the times at which it was. */
export class Watching {
  #seconds = 0;
  #last = NaN;

  /** @param {number} time  seconds */
  at(time) {
    const passed = time - this.#last;
    if (passed > 0 && passed < LONGEST_TICK) this.#seconds += passed;
    this.#last = time;
  }

  get ms() {
    return Math.round(this.#seconds * 1000);
  }
}

export class EduClip extends HTMLElement {
  #life = new AbortController();

  connectedCallback() {
    this.addEventListener('click', (event) => {
      const link = /** @type {Element} */ (event.target).closest('a');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      void this.#open(link);
    }, { signal: this.#life.signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** @param {HTMLAnchorElement} link */
  async #open(link) {
    this.#tell(words(this, 'wait'));
    try {
      const [film] = await Promise.all([page(link.href), import('./edu-player.js')]);
      const found = film.querySelector('edu-player');
      if (!found) throw new Error('no player on that page');
      await borrowStyles(film);
      this.#show(/** @type {HTMLElement} */ (document.importNode(found, true)), link);
    } catch {
      location.href = link.href; // the gate, the sign-in page or the network itself has something to say there
    }
  }

  /** @param {HTMLElement} found @param {HTMLAnchorElement} link */
  #show(found, link) {
    const template = this.querySelector('template');
    const dialog = template && /** @type {DocumentFragment} */ (template.content.cloneNode(true)).querySelector('dialog');
    if (!dialog) return;
    found.id = 'clip-player';
    found.removeAttribute('data-main');
    part(dialog, 'place')?.append(found);
    let ended = false;
    const watching = new Watching();
    const leaving = new AbortController();
    found.addEventListener('edu-time', (event) => watching.at(/** @type {CustomEvent} */ (event).detail.time));
    addEventListener('pagehide', () => this.#note(watching.ms), { signal: leaving.signal });
    found.addEventListener('edu-range-end', (event) => {
      ended = /** @type {CustomEvent} */ (event).detail.why === 'end';
      if (ended) dialog.close();
    });
    dialog.addEventListener('close', () => {
      leaving.abort();
      this.#note(watching.ms);
      dialog.remove();
      link.focus();
      this.#tell(ended ? words(this, 'done') : '');
    });
    document.body.append(dialog); // not here: we may stand in a form, and Enter in the player must not hand it in
    dialog.showModal();
    this.#tell('');
    this.#play(found);
  }

  /** @param {HTMLElement} found */
  #play(found) {
    const detail = { start: Number(this.dataset.start) / 1000, end: Number(this.dataset.end) / 1000, player: found.id };
    found.focus({ preventScroll: true });
    this.dispatchEvent(new CustomEvent('edu-play-range', { bubbles: true, detail }));
  }

  /** @param {number} ms */
  #note(ms) {
    const url = /** @type {HTMLElement | null} */ (this.closest('[data-clips-url]'))?.dataset.clipsUrl;
    const { item, step } = this.dataset;
    if (!url || !item || !step || ms === 0) return;
    const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute('content') ?? '';
    void fetch(url, {
      method: 'PUT',
      keepalive: true,
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
      body: JSON.stringify({ item, step, watched_ms: ms }),
    }).catch(() => undefined); // the learner has better things to do than to hear of this
  }

  /** @param {string} sentence */
  #tell(sentence) {
    const status = part(this, 'status');
    if (status) status.textContent = sentence;
  }
}

customElements.define('edu-clip', EduClip);
