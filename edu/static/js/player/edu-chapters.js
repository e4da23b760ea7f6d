// <edu-chapters for="player">: the list of steps; marks the one that is on; its links play from there.

export class EduChapters extends HTMLElement {
  #life = new AbortController();

  connectedCallback() {
    const { signal } = this.#life;
    // without script an address leads to the line of its step; here the player answers it and comes into view
    for (const line of this.querySelectorAll('li[id]')) line.removeAttribute('id');
    document.addEventListener('edu-time', (event) => this.#heard(/** @type {CustomEvent} */ (event)), { signal });
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** @returns {HTMLAnchorElement[]} */
  get #links() {
    return [...this.querySelectorAll('a')].filter((link) => 'start' in link.dataset);
  }

  /** @param {CustomEvent<{ chapter: string | null }>} event */
  #heard(event) {
    if (/** @type {Element} */ (event.target).id !== this.getAttribute('for')) return;
    for (const link of this.#links) {
      if (link.dataset.id === event.detail.chapter) link.setAttribute('aria-current', 'step');
      else link.removeAttribute('aria-current');
    }
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const copied = /** @type {Element} */ (event.target).closest('[data-copy]');
    if (copied) void import('../practice/copying.js').then(({ copyStep }) => copyStep(this, copied));
    const link = /** @type {Element} */ (event.target).closest('a');
    const player = this.getAttribute('for') ?? '';
    if (!link?.dataset.start || event.ctrlKey || event.metaKey || event.shiftKey || !document.getElementById(player)) return;
    event.preventDefault();
    history.replaceState(null, '', `#${link.dataset.id}`);
    const detail = { time: Number(link.dataset.start) / 1000, player, play: true };
    this.dispatchEvent(new CustomEvent('edu-seek', { bubbles: true, detail }));
  }
}

customElements.define('edu-chapters', EduChapters);
