// How large a picture is loaded: as the network allows, one height for good, or the least data; and what plays now.

import { choices, remember } from '../player/preferences.js';
import { part, words } from '../wording.js';

/** @typedef {import('../player/player-source.js').FilmSource} FilmSource */
/** @typedef {{ height: number, url: string }} Size  pixels */

export const LEAST = 'least';

/**
 * The file for what was chosen, on this film or another: its height, else the next smaller that there is.
 * @param {readonly Size[]} sizes
 * @param {string} wanted  a height in pixels, LEAST, or '' for what the network allows
 * @returns {Size | null}
 */
export function sizeFor(sizes, wanted) {
  if (wanted === '' || sizes.length === 0) return null;
  const falling = [...sizes].sort((a, b) => b.height - a.height);
  const most = wanted === LEAST ? 0 : Number(wanted);
  return falling.find(({ height }) => height <= most) ?? falling.at(-1) ?? null;
}

/**
 * Fills the list of a player's settings with life, and takes what was chosen before.
 * @param {HTMLElement & { video?: HTMLVideoElement, notice(sentence: string): void }} host
 * @param {FilmSource} source
 */
export function offerSizes(host, source) {
  const list = /** @type {HTMLSelectElement | null} */ (part(host, 'quality'));
  const { video } = host;
  if (!list || !video || 'alive' in list.dataset) return;
  list.dataset.alive = '';
  const sizes = [...list.options].flatMap(({ dataset, value }) =>
    dataset.url ? [{ height: Number(value), url: dataset.url }] : [],
  );
  const take = (/** @type {string} */ wanted) => source.keepTo(sizeFor(sizes, wanted)?.url ?? '');
  list.addEventListener('change', () => {
    remember({ quality: list.value });
    void take(list.value);
    host.notice(words(list, 'picture', { size: list.selectedOptions[0]?.label ?? '' }));
  });
  const told = () => tell(list, part(host, 'quality-now'), video);
  video.addEventListener('resize', told);
  told();
  const kept = choices().quality ?? '';
  const found = sizeFor(sizes, kept);
  if (!found) return;
  list.value = kept === LEAST ? LEAST : String(found.height);
  void take(kept);
}

/** @param {HTMLElement} list @param {HTMLElement | null} line @param {HTMLVideoElement} video */
function tell(list, line, { videoWidth, videoHeight }) {
  if (line) line.textContent = videoHeight > 0 ? words(list, 'picture-now', { size: `${videoWidth} × ${videoHeight}` }) : '';
}
