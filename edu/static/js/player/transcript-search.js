// Search in a transcript: marks the words in its lines and leads from one line to the next.

import { fold, marksIn, wantedWords } from './folding.js';
import { show } from './transcript-scroll.js';
import { part, words } from '../wording.js';

/** @typedef {import('./edu-transcript.js').EduTranscript} EduTranscript */

export class TranscriptSearch {
  #transcript;
  #field;
  /** @type {HTMLElement[]} */ #hits = [];
  #at = -1;

  /** @param {EduTranscript} transcript */
  constructor(transcript) {
    const form = /** @type {HTMLFormElement} */ (part(transcript, 'search'));
    this.#transcript = transcript;
    this.#field = /** @type {HTMLInputElement} */ (form.elements.namedItem('q'));
    const ways = part(transcript, 'ways');
    if (ways) form.append(ways);
    part(form, 'go')?.remove();
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#go(1);
    });
    form.addEventListener('click', (event) => {
      const way = /** @type {Element} */ (event.target).closest('[data-way]')?.getAttribute('data-way');
      if (way) this.#go(Number(way));
    });
    this.#field.addEventListener('keydown', (event) => this.#pressed(event));
    this.#field.addEventListener('input', () => this.#find());
    this.#find();
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.key === 'Enter' && event.shiftKey) this.#go(-1);
    else if (event.key === 'Escape' && this.#field.value) this.#field.value = '';
    else return;
    event.preventDefault();
    if (event.key === 'Escape') this.#find();
  }

  /** Marks anew what is asked for now. */
  #find() {
    const { lines } = this.#transcript;
    const wanted = wantedWords(this.#field.value);
    for (const line of lines) unmark(line);
    this.#hits = wanted.length === 0 ? [] : lines.filter((line) => {
      const text = fold(line.textContent ?? '').text;
      return wanted.every((word) => text.includes(word));
    });
    for (const line of this.#hits) mark(line, wanted);
    this.#at = -1;
    this.#tell();
    this.#show(this.#hits[0]);
  }

  /** To the next or the previous line, round the end, and plays it. @param {number} way */
  #go(way) {
    const { length } = this.#hits;
    if (length === 0) return;
    this.#at = this.#at < 0 ? (way > 0 ? 0 : length - 1) : (this.#at + way + length) % length;
    const line = /** @type {HTMLElement} */ (this.#hits[this.#at]);
    for (const other of this.#hits) other.toggleAttribute('data-hit', other === line);
    this.#show(line);
    this.#transcript.seek(line);
    this.#tell();
  }

  /** @param {HTMLElement} [line] */
  #show(line) {
    const body = part(this.#transcript, 'body');
    if (body && line) show(body, line);
  }

  #tell() {
    const [ways, count] = [part(this.#transcript, 'ways'), part(this.#transcript, 'count')];
    if (!ways || !count) return;
    ways.hidden = this.#field.value.trim() === '';
    const all = this.#hits.length;
    const said = all === 0 ? words(this.#transcript, 'none') : words(this.#transcript, 'found', { number: this.#at + 1, all });
    count.textContent = ways.hidden ? '' : said;
    for (const button of ways.querySelectorAll('button')) button.disabled = all === 0;
  }
}

/** @param {HTMLElement} line */
function unmark(line) {
  const marks = line.querySelectorAll('mark');
  line.removeAttribute('data-hit');
  for (const one of marks) one.replaceWith(...one.childNodes);
  if (marks.length > 0) line.normalize();
}

/** @param {HTMLElement} line @param {string[]} wanted */
function mark(line, wanted) {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
  for (const text of texts) {
    for (const [start, end] of marksIn(text.data, wanted).reverse()) {
      const range = document.createRange();
      range.setStart(text, start);
      range.setEnd(text, end);
      range.surroundContents(document.createElement('mark'));
    }
  }
}
