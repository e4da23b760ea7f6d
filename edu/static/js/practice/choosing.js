// What few people change in the settings of a player: the look of captions, the size of the picture, the keys.

import { dress } from '../player/caption-style.js';
import { showKeys } from './keys.js';
import { offerSizes } from './quality.js';

/**
 * Makes them choosable, as they were chosen before. More than once does nothing more.
 * @param {HTMLElement & { notice(sentence: string): void }} host
 * @param {import('../player/player-source.js').FilmSource} source
 */
export function enliven(host, source) {
  dress(host);
  offerSizes(host, source);
  showKeys(host);
}
