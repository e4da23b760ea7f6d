// <edu-keep data-path>: offers to keep the lesson of this page on the device. Most readers pass it by, so that all else is
// loaded when it is opened, or when something of the lesson is kept already.
//
// Attribute of state: state = "none" | "loading" | "half" | "kept" | "unable".

const LESSON = 'edu-lesson:'; // as in shelf.js

export class EduKeep extends HTMLElement {
  /** @type {Promise<import('./keep-room.js').KeepRoom | null> | null} */ #room = null;

  connectedCallback() {
    this.hidden = false;
    const details = this.querySelector('details');
    details?.addEventListener('toggle', () => this.#enter());
    if (details?.open) this.#enter();
    const known = globalThis.caches?.has(LESSON + this.dataset.path); // there are none without https
    known?.then((isHere) => isHere && this.#enter()).catch(() => undefined); // a private window may forbid it
  }

  disconnectedCallback() {
    void this.#room?.then((room) => room?.leave());
  }

  #enter() {
    this.#room ??= this.#load();
  }

  async #load() {
    const found = await import('./keep-room.js').catch(() => null);
    if (!found) {
      const line = this.querySelector('[data-part="said"]');
      if (line) line.textContent = this.getAttribute('data-text-failed');
      this.#room = null; // the next opening tries again
      return null;
    }
    const room = new found.KeepRoom(this);
    void room.open();
    return room;
  }
}

customElements.define('edu-keep', EduKeep);
