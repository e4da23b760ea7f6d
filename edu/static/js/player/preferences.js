// What this browser remembers of its viewer: speed, sound, captions, and where each video was left.

const CHOICES = 'edu.player';
const PLACES = 'edu.places';
const MOST_PLACES = 200;

/**
 * @typedef {object} Choices
 * @property {number} [rate]
 * @property {number} [volume]
 * @property {boolean} [muted]
 * @property {string} [captions]  language; '' = off; absent = the author's default
 * @property {Record<string, string>} [look]  of captions: size, font, colours, ground, edge, place
 * @property {string} [sound]     language that is spoken
 * @property {string[]} [tools]   of practice that were left on: mirror, layers …
 * @property {boolean} [ask]      questions in the video; absent = yes
 * @property {boolean} [told]     how to watch without them was said
 * @property {Record<string, string>} [keys]  usual keys and those that were taken for them
 * @property {Record<string, string>} [map]  what pressed keys mean by that: usual keys, '' = nothing
 * @property {boolean} [signs]    whether letters, digits and signs are keys; absent = yes
 * @property {string} [quality]   height of the picture in pixels, or 'least'; '' = as the network allows
 * @property {{ rate?: number, voice?: string, waits?: boolean }} [describe]  how descriptions are spoken
 */

/** @typedef {Record<string, { time: number, at: number }>} Places */

/**
 * Storage may be full, forbidden or hold anything at all: then there is simply nothing remembered.
 * @param {string} key
 * @returns {Record<string, any>}
 */
export function load(key) {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? '{}');
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

/** @param {string} key @param {object} value */
export function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // nothing to do: the page works without a memory
  }
}

/** @returns {Choices} */
export function choices() {
  return load(CHOICES);
}

/** @param {Choices} change */
export function remember(change) {
  keep(CHOICES, { ...load(CHOICES), ...change });
}

/**
 * Seconds at which a video was left, 0 when it was not begun or was seen to its end.
 * @param {string} slug
 * @param {number} duration seconds
 */
export function placeIn(slug, duration) {
  const time = Number(load(PLACES)[slug]?.time);
  return time > 5 && time < duration - 5 ? time : 0;
}

/**
 * @param {string} slug
 * @param {number} time seconds
 * @param {number} now milliseconds since 1970
 */
export function keepPlace(slug, time, now) {
  const places = /** @type {Places} */ (load(PLACES));
  places[slug] = { time: Math.round(time * 10) / 10, at: now };
  const newest = Object.entries(places).sort((a, b) => b[1].at - a[1].at);
  keep(PLACES, Object.fromEntries(newest.slice(0, MOST_PLACES)));
}
