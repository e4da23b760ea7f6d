// <edu-watching for="player">: keeps what was truly played, for an account on the server, and marks what is missing.

import { clock, parseFragment } from './media-time.js';
import { keep, load } from './preferences.js';
import { part, words } from '../wording.js';

/** @typedef {[number, number]} Span  from and to, milliseconds of the film */

const KEPT = 'edu.watched';
const MOST = 200;
const EVERY_MS = 10_000;
const ENOUGH = 0.95;
const PATIENCE_MS = 20_000;
/** Answers after which the same would be refused for ever; all others may be of another page, account or day. */
const NEVER = [404, 413, 422];

/** In order and apart: times come every 250 ms, and less is no gap. @param {readonly Span[]} spans */
export function union(spans) {
  /** @type {Span[]} */
  const found = [];
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = found.at(-1);
    if (last && start - last[1] < 250) last[1] = Math.max(last[1], end);
    else found.push([start, end]);
  }
  return found;
}

/** How much of a time the union holds, 0 to 1. @param {readonly Span[]} spans @param {number} start @param {number} end */
export function share(spans, start, end) {
  return spans.reduce((sum, span) => sum + Math.max(0, Math.min(end, span[1]) - Math.max(start, span[0])), 0) / (end - start);
}

/** What was truly played of a film. */
export class Played {
  #time = NaN;
  #now = 0;
  /** @type {Span[]} */ spans = [];
  /** What was repeated included. */ ms = 0;

  /**
   * The film plays at `time` (seconds). Since the last time it was played, if the clock (`now`, ms) allows that.
   * @param {number} time @param {number} now @param {number} rate
   */
  at(time, now, rate) {
    const [start, end] = [Math.round(this.#time * 1000), Math.round(time * 1000)];
    if (end > start && end - start <= (now - this.#now) * rate * 1.1 + 300) this.put([[start, end]], end - start);
    this.#time = time;
    this.#now = now;
  }

  /** What comes next begins anew. */
  stop() {
    this.#time = NaN;
  }

  /** Somebody goes elsewhere; until now it played on. @param {number} now @param {number} rate */
  leave(now, rate) {
    this.at(this.#time + (Math.min(300, now - this.#now) / 1000) * rate, now, rate);
    this.stop();
  }

  /** @param {readonly Span[]} spans @param {number} ms */
  put(spans, ms) {
    this.spans = union([...this.spans, ...spans]);
    this.ms += ms;
  }
}

export class EduWatching extends HTMLElement {
  #life = new AbortController();
  #new = new Played();
  /** On its way, until the answer is there. */ #away = { spans: /** @type {Span[]} */ ([]), ms: 0 };
  /** @type {Span[]} */ #old = [];
  #sum = 0;
  #sentAt = -Infinity;
  #begun = false;
  #busy = false;
  /** @type {import('./edu-player.js').EduPlayer | null} */ #player = null;

  connectedCallback() {
    void customElements.whenDefined('edu-player').then(() => this.#meet());
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  #meet() {
    this.#player = document.querySelector(`edu-player#${this.getAttribute('for')}`);
    const video = this.#player?.video;
    if (!video) return;
    const { signal } = this.#life;
    for (const name of ['playing', 'timeupdate', 'seeking', 'waiting', 'pause', 'ended']) {
      video.addEventListener(name, () => this.#heard(name, video), { signal });
    }
    addEventListener('pagehide', () => this.#send(), { signal });
    document.addEventListener('visibilitychange', () => this.#send(), { signal });
    const { spans, ms, sum } = this.#kept();
    this.#sum = sum;
    if (this.#account) {
      this.#new.put(spans, ms);
      this.#offer();
      if (document.readyState === 'complete') void this.#ask();
      else addEventListener('load', () => this.#ask(), { signal });
    } else this.#old = spans;
    this.#draw();
  }

  get #account() {
    return this.dataset.account ?? '';
  }

  get #place() {
    return this.dataset.place ?? '';
  }

  /** @param {string} name @param {HTMLVideoElement} video */
  #heard(name, video) {
    const [now, rate] = [performance.now(), video.playbackRate];
    const stands = /waiting|pause|ended/.test(name);
    // who stops at the end of a step is put back a little at once: its time is not that of the last picture
    if (name === 'seeking' || (stands && video.seeking)) this.#new.leave(now, rate);
    else if (!video.seeking && (stands || !video.paused)) this.#new.at(video.currentTime, now, rate);
    if (stands) this.#new.stop();
    const begins = name === 'playing' && !this.#begun; // told at once, for the server's clock to run
    this.#begun ||= begins;
    if (begins || stands || now - this.#sentAt > EVERY_MS) this.#send(begins);
  }

  /** @returns {{ spans: Span[], ms: number, sum: number }} */
  #kept(account = this.#account) {
    const { spans, ms = 0, sum = 0 } = load(KEPT)[`${account} ${this.#place}`] ?? {};
    return { spans: Array.isArray(spans) ? spans.filter((one) => one?.length === 2) : [], ms, sum };
  }

  /** In this browser; nothing is taken away. @param {Span[]} spans */
  #keep(spans, ms = 0, account = this.#account) {
    const name = `${account} ${this.#place}`;
    const { [name]: _, ...others } = load(KEPT);
    const mine = spans.length > 0 ? [[name, { spans, ms, sum: this.#sum }]] : [];
    keep(KEPT, Object.fromEntries([...mine, ...Object.entries(others).slice(0, MOST)]));
  }

  #send(begins = false) {
    this.#sentAt = performance.now();
    const { spans, ms } = this.#new;
    if (!this.#account) {
      this.#old = union([...this.#old, ...this.#kept().spans, ...spans]);
      this.#keep(this.#old);
    } else if (this.#busy) this.#keep(union([...this.#away.spans, ...spans]), this.#away.ms);
    else if (begins || spans.length > 0) void this.#post(spans, ms);
    this.#draw();
  }

  /** @param {Span[]} spans @param {number} ms */
  async #post(spans, ms) {
    this.#busy = true;
    this.#away = { spans, ms };
    this.#new.spans = [];
    this.#new.ms = 0;
    this.#old = union([...this.#old, ...spans]);
    this.#keep(spans, ms); // until it has come
    const told = {
      account: Number(this.#account),
      film: this.#film,
      spans: spans.slice(0, MOST),
      played_ms: ms,
      known_ms: this.#sum,
      place_ms: Math.round((this.#player?.store?.time ?? 0) * 1000),
    };
    const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute('content') ?? '';
    try {
      const answer = await fetch(`/videos/${this.dataset.slug}/watched`, {
        method: 'POST',
        keepalive: true,
        headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
        body: JSON.stringify(told),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (answer.ok) this.#take(await answer.json());
      else if (!NEVER.includes(answer.status)) throw answer;
      if (answer.ok) this.#new.put(spans.slice(MOST), 0); // more than is taken at once: with the next
      this.#keep(this.#new.spans, this.#new.ms);
    } catch {
      this.#new.put(spans, ms); // with the next, or when this page is opened again
    }
    this.#busy = false;
    this.#draw();
  }

  get #film() {
    return Number(this.#place.split('.')[1] ?? 0);
  }

  /** @param {any} answer */
  #take({ film, spans, played_ms: sum, surplus = [] }) {
    this.#sum = sum;
    if (film !== this.#film) return false; // another cut by now, with other times
    this.#old = spans;
    this.#new.put(surplus, 0); // more than the clock allows: perhaps later
    return true;
  }

  async #ask() {
    const answer = await fetch(`/videos/${this.dataset.slug}/watching`).catch(() => null);
    if (answer?.status !== 200) return;
    const said = await answer.json();
    if (said.played_ms === this.#sum + this.#new.ms) this.#new.ms = 0; // it had come, its answer had not
    if (this.#take(said)) this.#resume(said);
    this.#send();
  }

  /** To the place on another device, if that is newer and no place was chosen here. @param {any} said */
  #resume({ place_ms: ms, age_ms: age }) {
    const [player, store] = [this.#player, this.#player?.store];
    if (!player || !store || age === null || this.#begun || [location.hash, location.search].some(parseFragment)) return;
    const { time = 0, at = 0 } = load('edu.places')[this.#place] ?? {};
    const near = (/** @type {number} */ other) => Math.abs(store.time - other) < 1;
    const to = ms / 1000;
    if (near(to) || !(near(0) || near(time)) || to < 5 || to > store.duration - 5 || Date.now() - at < age) return;
    store.seek(to);
    player.notice(words(player, 'resumed', { time: clock(to) }));
  }

  /** What was watched here without an account; by whom, only they know. */
  #offer() {
    const { spans } = this.#kept('');
    const row = part(this, 'offer');
    if (!row || spans.length === 0) return;
    row.hidden = false;
    row.querySelector('button')?.addEventListener('click', () => {
      row.hidden = true;
      this.#new.put(spans, 0);
      this.#keep([], 0, '');
      this.#send();
      part(this, 'missing')?.focus();
    }, { once: true });
  }

  #draw() {
    const seen = union([...this.#old, ...this.#new.spans]);
    const [player, row, all] = [this.#player, part(this, 'missing'), part(this, 'all')];
    if (!player?.store || !row || !all || seen.length === 0) return;
    const whole = player.store.duration * 10;
    draw(part(player, 'seek-area'), 'seek-watched').replaceChildren(...seen.map(([start, end]) => {
      const piece = document.createElement('i');
      piece.style.insetInlineStart = `${start / whole}%`;
      piece.style.inlineSize = `${(end - start) / whole}%`;
      return piece;
    }));
    const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('edu-chapters a[data-id]')]);
    const missing = links.filter((link) => {
      const of = share(seen, Number(link.dataset.start), Number(link.dataset.end));
      const mark = draw(link.parentElement, 'chapter-seen');
      mark.role = 'img';
      mark.lang = document.documentElement.lang;
      mark.dataset.seen = of < 0.05 ? 'not' : of < ENOUGH ? 'half' : 'whole';
      mark.ariaLabel = words(this, mark.dataset.seen);
      return of < ENOUGH;
    });
    all.hidden = missing.length > 0 || links.length === 0;
    const next = missing.find(({ dataset }) => !player.store?.playing || dataset.id !== player.getAttribute('chapter'));
    row.hidden = !next;
    if (!next) return;
    row.dataset.step = next.dataset.id;
    row.setAttribute('href', next.getAttribute('href') ?? '');
    const sentence = next.parentElement?.querySelector('[data-seen=half]') ? 'rest' : 'missing';
    row.firstElementChild?.replaceChildren(words(this, sentence, { number: links.indexOf(next) + 1 }));
    row.lastElementChild?.replaceChildren(next.querySelector('.chapter-title')?.textContent ?? '');
  }
}

/** The mark of that class in its place. @param {Element | null} place @param {string} name @returns {HTMLElement} */
function draw(place, name) {
  const mark = place?.querySelector(`.${name}`) ?? document.createElement('span');
  mark.className = name;
  place?.append(mark);
  return /** @type {HTMLElement} */ (mark);
}

customElements.define('edu-watching', EduWatching);
