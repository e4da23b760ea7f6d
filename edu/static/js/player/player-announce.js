// What a key did, where nothing on the screen shows it well. Comes with the first key.

import { percent, words } from '../wording.js';

/** @param {import('./edu-player.js').EduPlayer} player @param {string} action */
export function announce(player, action) {
  const { store, captions } = player;
  if (!store || !captions) return;
  const { muted, volume, rate } = store;
  const say = (/** @type {string} */ name, values = {}) => player.notice(words(player, name, values));
  const loud = () => say('volume', { percent: percent(volume) });
  if (action === 'rate') say('rate', { rate: `${rate.toLocaleString(document.documentElement.lang || 'en')}×` });
  if (action === 'louder') loud();
  if (action === 'mute' && muted) say('muted');
  else if (action === 'mute') loud();
  if (action !== 'captions' || captions.languages.length === 0) return;
  if (captions.language) say('captions-on', { language: captions.label });
  else say('captions-off');
}
