// Anatomy over the picture: layers to switch on and off, drawn from a metadata track that is fetched when one is wanted.
//
// The drawing is svg.player-layers over the video, as large as the picture itself; css/mirror.css turns it with the picture.

import { part, words } from '../wording.js';
import { watchFrames } from './frame-clock.js';
import { NOTE_SIZE, footOf, labelsOf, noteBox } from './layer-names.js';
import { HEIGHT, layersOf, pathOf, pointsAt, seenAt, sideSeen, told } from './layer-shapes.js';
import { PracticeTools } from './tools.js';

/** @typedef {import('../player/edu-player.js').EduPlayer} EduPlayer */
/** @typedef {import('./layer-shapes.js').LayerCue} LayerCue */
/** @typedef {import('./layer-shapes.js').Layer} Layer */

const SVG = 'http://www.w3.org/2000/svg';
const USUAL_RATIO = 16 / 9;
const [LETTER, LEAST_LETTER, LETTER_OF_PICTURE] = [14, 10, 0.032]; // CSS pixels; so high, as a part of the picture's height
const SAID_MS = 2600;
/** Captions have the room of so many heights of their letters, of two lines, also when they are shorter or have none. */
const CAPTIONS = 3.2;
/** Of the stage, where words.css has them end. */
const CAPTIONS_END = 0.95;
/** Lines across what is hatched; other kinds are told apart by their line alone. @type {Record<string, string>} */
const HATCHES = { zone: 'M0 8L8 0', danger: 'M0 0L8 8M0 8L8 0', other: 'M0 4H8', nodule: 'M3 4H5' };
const AREAS = ['polygon', 'ellipse'];

/** @template {keyof SVGElementTagNameMap} Name @param {Name} name @param {Record<string, string>} attributes @param {Node[]} inside */
function draw(name, attributes, ...inside) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

export default class LayersTool {
  #player;
  #panel;
  #isOn = false;
  #hasNames = false;
  /** @type {Set<string>} */ #off = new Set();
  /** @type {Promise<import('./layer-shapes.js').Layers> | null} */ #asked = null;
  /** @type {import('./layer-shapes.js').Layers} */ #layers = { layers: [], cues: [], lost: 0 };
  /** @type {SVGSVGElement | null} */ #svg = null;
  /** @type {Map<LayerCue, SVGGElement>} */ #drawn = new Map();
  /** @type {(() => void) | null} */ #unwatch = null;
  #said = document.createElement('p');
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #saidTimer;
  #unit = 1;
  #letter = LETTER;
  #time = 0;
  #resized = new ResizeObserver(() => this.#fit());

  /** @param {EduPlayer} player @param {HTMLElement | null} panel */
  constructor(player, panel) {
    this.#player = player;
    this.#panel = panel;
    this.#said.className = 'layers-said';
    this.#said.setAttribute('role', 'status');
    part(player, 'stage')?.append(this.#said);
    panel?.addEventListener('change', ({ target }) => this.#ticked(/** @type {HTMLInputElement} */ (target)));
    player.addEventListener('edu-view', () => this.#redraw());
    player.video?.addEventListener('seeked', () => this.#show(player.store?.time ?? 0));
    player.video?.addEventListener('loadedmetadata', () => this.#fit()); // now it is known how wide the picture is
  }

  get #root() { return this.#panel ?? this.#player; }
  get #isMirrored() { return this.#player.getAttribute('view') === 'mirrored'; }
  get #ratio() {
    const { videoWidth = 0, videoHeight = 0 } = this.#player.video ?? {};
    return videoWidth && videoHeight ? videoWidth / videoHeight : USUAL_RATIO;
  }

  /** @param {string} action @param {number} _value @param {boolean} resumed */
  async act(action, _value, resumed) {
    if (!this.#panel?.dataset.layers) {
      if (!resumed) this.#player.notice(words(this.#root, 'none'));
      return;
    }
    if (action === 'layer-names') this.#hasNames = !this.#hasNames;
    const isOn = action === 'layer-names' ? this.#isOn || this.#hasNames : resumed || !this.#isOn;
    if (!(await this.#load())) return;
    if (!resumed && isOn !== this.#isOn) PracticeTools.keep('layers', isOn);
    this.#turn(isOn);
    if (!resumed && action === 'layers') this.#say(words(this.#root, isOn ? 'on' : 'off', { seen: this.#seen().length }));
  }

  /** A line under the picture: over it, it would cover labels of the film. @param {string} sentence */
  #say(sentence) {
    clearTimeout(this.#saidTimer);
    this.#said.textContent = sentence;
    this.#saidTimer = setTimeout(() => { this.#said.textContent = ''; }, SAID_MS);
  }

  /** The ticks need the names, which stand in the track. */
  async shown() {
    if (this.#panel?.dataset.layers) await this.#load();
    this.#tell();
  }

  leave() {} // layers stay when their panel is put away

  /** Whether the track is there; that it is not is said in a line, and asked again the next time. */
  async #load() {
    this.#asked ??= this.#fetch(this.#panel?.dataset.layers ?? '');
    try {
      const layers = await this.#asked;
      if (layers === this.#layers) return true;
      this.#layers = layers;
      this.#list(layers.layers);
      if (layers.lost > 0) this.#player.notice(words(this.#root, 'part'));
      return true;
    } catch {
      this.#asked = null;
      this.#player.notice(words(this.#root, 'failed'));
      return false;
    }
  }

  /** The browser reads the track; what it read is kept, the element is not. @param {string} url @returns {Promise<import('./layer-shapes.js').Layers>} */
  #fetch(url) {
    const here = this.#player.store?.tracks.find(({ kind }) => kind === 'metadata');
    if (here) { // a page that lies on a disk brings it (pack/inline.js)
      here.mode = 'hidden'; // one that is off shows no cues
      return Promise.resolve(layersOf(/** @type {VTTCue[]} */ ([...(here.cues ?? [])])));
    }
    const element = document.createElement('track');
    element.kind = 'metadata';
    element.src = url;
    return new Promise((resolve, reject) => {
      element.addEventListener('load', () => {
        const layers = layersOf(/** @type {VTTCue[]} */ ([...(element.track.cues ?? [])]));
        element.remove();
        if (layers.cues.length > 0) resolve(layers);
        else reject(new TypeError('there is not one layer in the track'));
      });
      element.addEventListener('error', () => {
        element.remove();
        reject(new TypeError('the track of layers could not be read'));
      });
      this.#player.video?.append(element);
      element.track.mode = 'hidden'; // loads it
    });
  }

  /** A tick for each layer, with its number and its line. @param {Layer[]} layers */
  #list(layers) {
    const ticks = layers.map(({ name, label, kind, number }) => {
      const [tick, input, text] = [document.createElement('label'), document.createElement('input'), document.createElement('span')];
      input.type = 'checkbox';
      input.checked = true;
      input.dataset.layer = name;
      text.textContent = `${number} ${label}`;
      text.dir = 'auto';
      const line = [`layer-halo`, `layer-line`].map((className) => draw('path', { d: 'M2 8H34', class: className }));
      tick.append(input, draw('svg', { viewBox: '0 0 36 16', class: `layer-swatch layer-${kind}`, 'aria-hidden': 'true' }, ...line), text);
      return tick;
    });
    const list = part(this.#root, 'list');
    list?.replaceChildren(...ticks);
  }

  /** @param {HTMLInputElement} input */
  #ticked({ dataset: { layer }, checked }) {
    if (!layer) return;
    if (checked) this.#off.delete(layer);
    else this.#off.add(layer);
    if (checked && !this.#isOn) {
      PracticeTools.keep('layers', true);
      this.#turn(true);
    } else this.#redraw();
  }

  /** @param {boolean} isOn */
  #turn(isOn) {
    this.#isOn = isOn;
    this.#unwatch?.();
    this.#unwatch = null;
    this.#svg?.remove();
    this.#svg = null;
    this.#resized.disconnect();
    const { video, store } = this.#player;
    if (isOn && video && store) {
      this.#svg = draw('svg', { class: 'player-layers', 'aria-hidden': 'true' }, this.#hatches());
      video.after(this.#svg); // under captions and notices
      this.#resized.observe(video);
      this.#resized.observe(/** @type {HTMLElement} */ (part(this.#player, 'captions')));
      this.#unwatch = watchFrames(video, ({ time }) => this.#show(time));
      this.#time = store.time;
      this.#fit();
    }
    for (const [action, pressed] of /** @type {[string, boolean][]} */ ([['layers', isOn], ['layer-names', isOn && this.#hasNames]])) {
      this.#panel?.querySelector(`[data-action="${action}"]`)?.setAttribute('aria-pressed', String(pressed));
    }
    this.#tell();
  }

  #hatches() {
    const patterns = Object.entries(HATCHES).map(([kind, d]) => draw('pattern', { id: `${this.#player.id}-${kind}`, patternUnits: 'userSpaceOnUse',
      width: '8', height: '8' }, draw('path', { d, class: `layer-hatch layer-${kind}` })));
    return draw('defs', {}, ...patterns);
  }

  /** As large as the picture is now: letters, rings and hatches keep their size on the screen. */
  #fit() {
    const { video } = this.#player;
    if (!this.#svg || !video) return;
    const ratio = this.#ratio;
    const shown = Math.min(video.clientHeight, video.clientWidth / ratio);
    this.#unit = shown > 0 ? HEIGHT / shown : 1;
    this.#svg.setAttribute('viewBox', `0 0 ${Math.round(ratio * HEIGHT)} ${HEIGHT}`);
    this.#letter = this.#unit * Math.min(LETTER, Math.max(LEAST_LETTER, shown * LETTER_OF_PICTURE));
    this.#svg.style.fontSize = `${this.#letter}px`;
    for (const pattern of this.#svg.querySelectorAll('pattern')) pattern.setAttribute('patternTransform', `scale(${this.#unit})`);
    this.#redraw();
  }

  #redraw() {
    for (const group of this.#drawn.values()) group.remove();
    this.#drawn.clear();
    this.#show(this.#time);
    this.#tell();
  }

  /** @param {number} time  seconds */
  #show(time) {
    this.#time = time;
    if (!this.#svg) return;
    const seen = seenAt(this.#layers.cues, time, this.#off);
    const isSame = seen.length === this.#drawn.size && seen.every((cue) => this.#drawn.has(cue));
    if (!isSame) this.#replace(seen);
    for (const cue of seen) if (cue.to || !isSame) this.#place(cue, time);
    if (isSame) return;
    this.#name(seen, time);
    this.#tell();
  }

  /** @param {LayerCue[]} seen */
  #replace(seen) {
    for (const [cue, group] of this.#drawn) {
      if (seen.includes(cue)) continue;
      group.remove();
      this.#drawn.delete(cue);
    }
    for (const cue of seen) {
      if (this.#drawn.has(cue)) continue;
      const fill = AREAS.includes(cue.shape) && cue.kind in HATCHES ? `url(#${this.#player.id}-${cue.kind})` : 'none';
      const lines = [draw('path', { class: 'layer-halo', fill: 'none' }), draw('path', { class: 'layer-line', fill })];
      const group = draw('g', { class: `layer-shape layer-${cue.kind}`, 'data-layer': cue.layer }, ...lines);
      this.#drawn.set(cue, group);
      this.#svg?.append(group);
    }
  }

  /** @param {LayerCue} cue @param {number} time */
  #place(cue, time) {
    const d = pathOf(cue.shape, pointsAt(cue, time), this.#ratio, this.#unit);
    for (const path of this.#drawn.get(cue)?.querySelectorAll('path') ?? []) path.setAttribute('d', d);
  }

  /** The number of each layer once on each side, and its name where names are wanted. @param {LayerCue[]} seen @param {number} time */
  #name(seen, time) {
    for (const text of this.#svg?.querySelectorAll('text') ?? []) text.remove();
    const [ratio, letter, note, low] = [this.#ratio, this.#letter, words(this.#root, 'schematic'), this.#low()];
    const writing = { ratio, letter, note, low, hasNames: this.#hasNames, number: (/** @type {LayerCue} */ cue) => this.#number(cue), name: (/** @type {LayerCue} */ cue) => this.#words(cue) };
    const labels = labelsOf(seen, time, writing);
    for (const label of labels) this.#write(label.text, `layer-${label.cue.kind}`, label.box.x + label.box.width / 2, footOf(label, letter));
    this.#write(note, 'layer-note', ratio * HEIGHT - letter, footOf({ box: noteBox(writing) }, letter * NOTE_SIZE));
  }

  /** Down to where captions leave the picture free, in its units. */
  #low() {
    const [box, stage] = ['captions', 'stage'].map((name) => part(this.#player, name));
    if (!box || !stage || !this.#player.captions?.language || box.dataset.lookPlace) return HEIGHT;
    const letter = parseFloat(getComputedStyle(box).fontSize);
    const lines = Math.max(box.offsetHeight + letter / 4, CAPTIONS * letter); // their ground is a little higher
    const bar = (stage.clientHeight - HEIGHT / this.#unit) / 2;
    return Math.min(HEIGHT, (stage.clientHeight * CAPTIONS_END - lines - bar) * this.#unit);
  }

  /** @param {string} words @param {string} className @param {number} x @param {number} y */
  #write(words, className, x, y) {
    const text = draw('text', { x: String(Math.round(x)), y: String(Math.round(y)), class: className });
    text.textContent = words;
    this.#svg?.append(text);
  }

  /** @param {LayerCue} cue */
  #number({ layer }) {
    return String(this.#layers.layers.find(({ name }) => name === layer)?.number ?? '');
  }

  /** Its number, name and side. @param {LayerCue} cue */
  #words(cue) {
    const seen = sideSeen(cue.side, this.#isMirrored);
    return `${this.#number(cue)} ${cue.label}${seen ? ` (${words(this.#root, seen)})` : ''}`;
  }

  #seen() {
    return this.#isOn ? told(seenAt(this.#layers.cues, this.#time, this.#off), this.#time, this.#isMirrored) : [];
  }

  /** Which layers are seen now, on which side and where. */
  #sentence() {
    const parts = this.#seen().map(({ label, sides, where }) => {
      const place = sides.length > 1 ? 'both' : sides[0];
      return [label, place && words(this.#root, place), words(this.#root, where)].filter(Boolean).join(', ');
    });
    return parts.length > 0 ? words(this.#root, 'seen', { what: parts.join('; ') }) : words(this.#root, 'nothing');
  }

  #tell() {
    const line = part(this.#root, 'seen');
    const sentence = this.#isOn ? this.#sentence() : '';
    if (line && line.textContent !== sentence) line.textContent = sentence;
  }
}
