// What a page that lies on a disk cannot load: words and small files stand in the page itself, and are given out from there.

import { choices, remember } from '../player/preferences.js';

/**
 * @typedef {object} Words  a text track
 * @property {string} kind
 * @property {string} language
 * @property {string} label
 * @property {boolean} isUsual  shown until the viewer chooses
 * @property {[number, number, string, string, string][]} cues  start and end in milliseconds, text, settings, identifier
 */

/**
 * @typedef {object} Inline
 * @property {string} pack
 * @property {string} lesson
 * @property {Words[]} tracks  those of words, and as metadata the layers over the picture
 * @property {Record<string, string>} files  by their addresses beside the page
 * @property {Record<string, import('./grade.js').Key>} keys  by question
 * @property {import('./grade.js').Units} units
 */

/** @type {Inline} */
export const inline = JSON.parse(document.getElementById('pack-data')?.textContent ?? '{}');

/** Tools that need nothing but what lies in the pack. */
const AT_HAND = ['describe', 'drill', 'frames', 'layers', 'mirror', 'sign', 'steps'];

/**
 * Stands in for `fetch`: gives what lies in the page, and refuses the rest as a network that is not there would.
 * @param {Record<string, string>} files
 * @param {string} base  address of the page
 */
export function fetchFrom(files, base) {
  /** @param {string | URL | Request} asked */
  return async (asked) => {
    const url = new URL(String(asked), base).href;
    const name = Object.keys(files).find((one) => new URL(one, base).href === url);
    if (name === undefined) throw new TypeError(`${url} is not in this pack`);
    const text = files[name] ?? '';
    return { ok: true, status: 200, url, text: async () => text, json: async () => JSON.parse(text) };
  };
}

/** Settings of a cue as they stand in a file (WebVTT, section 6.3) on a cue. @param {VTTCue} cue @param {string} settings */
export function place(cue, settings) {
  for (const one of settings.split(/\s+/)) {
    const [name = '', value = ''] = one.split(':');
    const [amount = ''] = value.split(',');
    const number = Number.parseFloat(amount);
    if (name === 'line' && Number.isFinite(number)) {
      cue.snapToLines = !amount.endsWith('%');
      cue.line = number;
    } else if (name === 'position' && Number.isFinite(number)) cue.position = number;
    else if (name === 'size' && Number.isFinite(number)) cue.size = number;
    else if (name === 'align') cue.align = /** @type {AlignSetting} */ (value);
    else if (name === 'vertical') cue.vertical = /** @type {DirectionSetting} */ (value);
  }
}

/** @param {HTMLVideoElement} video @param {Words[]} tracks */
function addWords(video, tracks) {
  for (const { kind, language, label, cues } of tracks) {
    const track = video.addTextTrack(/** @type {TextTrackKind} */ (kind), label, language);
    track.mode = 'hidden'; // a track that is off takes no cues in some browsers
    for (const [start, end, text, settings, identifier] of cues) {
      const cue = new VTTCue(start / 1000, end / 1000, text);
      cue.id = identifier;
      place(cue, settings);
      track.addCue(cue);
    }
    track.mode = 'disabled';
  }
  const usual = tracks.find(({ isUsual }) => isUsual);
  if (usual && choices().captions === undefined) remember({ captions: usual.language });
}

/** What talks to the site, or tells an address of it, is not offered. @param {ParentNode} page */
function leaveOut(page) {
  for (const element of page.querySelectorAll('edu-watching, [data-copy]')) element.remove();
  for (const element of page.querySelectorAll('[data-panel], .practice-panel[data-tool]')) {
    const tool = element.getAttribute('data-panel') ?? element.getAttribute('data-tool') ?? '';
    if (!AT_HAND.includes(tool)) element.remove();
  }
}

/** To be done before the elements of the page come to life. @param {Document} page */
export function prepare(page) {
  globalThis.fetch = /** @type {any} */ (fetchFrom(inline.files ?? {}, page.baseURI));
  const player = page.querySelector('edu-player');
  const refusal = page.getElementById('main')?.getAttribute('data-text-site-only');
  if (refusal) player?.setAttribute('data-text-tool-failed', refusal); // a key may still ask for such a tool
  const video = page.querySelector('edu-player video');
  if (video instanceof HTMLVideoElement) addWords(video, inline.tracks ?? []);
  leaveOut(page);
  for (const template of page.querySelectorAll('edu-player template')) {
    if (template instanceof HTMLTemplateElement) leaveOut(template.content);
  }
}
