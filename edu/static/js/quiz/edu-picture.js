// <edu-picture data-x data-y>: a picture that can be enlarged, around the place that matters; it begins whole.

import { nextZoom, PictureZoom } from './picture-zoom.js';
import { part, words } from '../wording.js';

export class EduPicture extends HTMLElement {
  #life = new AbortController();

  connectedCallback() {
    const [frame, stage] = [part(this, 'frame'), part(this, 'stage')];
    const ground = this.querySelector('img');
    const tools = /** @type {HTMLTemplateElement | null} */ (this.querySelector('template[data-part="tools"]'));
    if (!frame || !stage || !ground || !tools || this.hasAttribute('ready')) return;
    this.setAttribute('ready', '');
    frame.after(tools.content.cloneNode(true));
    frame.tabIndex = 0; // what scrolls can be scrolled by keys
    const { signal } = this.#life;
    const mark = () => stage.style.setProperty('--mark', String((0.9 * ground.width) / Math.max(1, stage.offsetWidth)));
    const zoom = new PictureZoom(frame, stage, ground.width / ground.height, signal, mark);
    const [x, y] = [Number(this.dataset.x ?? 0.5), Number(this.dataset.y ?? 0.5)];
    this.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('[data-zoom]')) : null;
      if (!button) return;
      zoom.to(nextZoom(zoom.zoom, Number(button.dataset.zoom)), x, y);
      const said = part(this, 'said');
      if (said) said.textContent = words(this, 'zoom', { zoom: zoom.zoom });
    }, { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
  }
}

customElements.define('edu-picture', EduPicture);
