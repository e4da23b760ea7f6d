// <edu-timeline data-first>: the picture of the library by year, opened where its first lane has its first work.

const BEFORE = 24; // pixels of the picture that stay in sight before that work

export class EduTimeline extends HTMLElement {
  connectedCallback() {
    const picture = this.firstElementChild;
    const first = Number(this.dataset.first);
    if (picture && first > picture.clientWidth && picture.scrollLeft === 0) picture.scrollLeft = first - BEFORE;
  }
}

customElements.define('edu-timeline', EduTimeline);
