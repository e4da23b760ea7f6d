// The small pictures over the seek bar: tiles of one sheet, placed by a WebVTT file.

import { parseClock } from './media-time.js';
import { part, words } from '../wording.js';

/**
 * @typedef {object} Tile
 * @property {number} start  seconds
 * @property {number} end    seconds
 * @property {string} url    of the sheet
 * @property {number} x      pixels of the sheet
 * @property {number} y
 * @property {number} width
 * @property {number} height
 */

const TIMING = /^(\S+)\s+-->\s+(\S+)/;
const PLACE = /^(.+)#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)$/;

/**
 * Cues whose text is `sheet.jpg#xywh=x,y,w,h`; all else in the file is passed over.
 * @param {string} text
 * @param {string} base  address of the file, against which the sheets are resolved
 * @returns {Tile[]}
 */
export function parseStoryboard(text, base) {
  const tiles = [];
  for (const block of text.replace(/\r\n?/g, '\n').split(/\n{2,}/)) {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => TIMING.test(line));
    const timing = TIMING.exec(lines[at] ?? '');
    const place = PLACE.exec((lines[at + 1] ?? '').trim());
    const [start, end] = [parseClock(timing?.[1] ?? ''), parseClock(timing?.[2] ?? '')];
    if (!place || start === null || end === null) continue;
    const [x = 0, y = 0, width = 0, height = 0] = place.slice(2).map(Number);
    tiles.push({ start, end, url: new URL(place[1] ?? '', base).href, x, y, width, height });
  }
  return tiles;
}

/** @param {readonly Tile[]} tiles @param {number} time seconds */
export function tileAt(tiles, time) {
  return tiles.find((tile) => time >= tile.start && time < tile.end) ?? tiles.at(-1) ?? null;
}

/**
 * An empty list when there is none or it cannot be had: the bar works without pictures.
 * @param {string} url
 * @returns {Promise<Tile[]>}
 */
export async function loadStoryboard(url) {
  try {
    const answer = await fetch(url);
    return answer.ok ? parseStoryboard(await answer.text(), answer.url) : [];
  } catch {
    return [];
  }
}

/** @type {WeakMap<HTMLElement, Promise<Tile[]>>} */
const known = new WeakMap();

/**
 * Shows the picture of a time in the preview of a player; says so, once, when there is none to be had.
 * @param {HTMLElement & { notice(sentence: string): void }} host
 * @param {number} time seconds
 */
export async function drawTile(host, time) {
  let tiles = known.get(host);
  if (!tiles) {
    tiles = loadStoryboard(host.dataset.storyboard ?? '');
    known.set(host, tiles);
    if ((await tiles).length === 0) host.notice(words(host, 'storyboard-failed'));
  }
  const tile = tileAt(await tiles, time);
  const picture = part(host, 'preview-picture');
  if (!tile || !picture) return;
  picture.hidden = false;
  Object.assign(picture.style, {
    inlineSize: `${tile.width}px`,
    blockSize: `${tile.height}px`,
    backgroundImage: `url("${tile.url}")`,
    backgroundPosition: `-${tile.x}px -${tile.y}px`,
  });
}
