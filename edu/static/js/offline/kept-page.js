// A lesson's page as it is kept: with the one film that is here, and without what only the site can do.

import { all } from './collect.js';

const NEEDS_SITE = '.site-account, .site-search, meta[name="csrf-token"], edu-film-questions, .words-files, .take-along > .rows-note, .player-download, .player-sounds';

/**
 * Changes a page that was just fetched.
 * @param {Document} page
 * @param {object} kept
 * @param {string} kept.film   the address of its film, '' = none
 * @param {string} kept.mark   a sentence that says since when it is here
 * @param {string} kept.quiz   a sentence in place of a form
 */
export function makeKept(page, { film, mark, quiz }) {
  for (const one of all(page, NEEDS_SITE)) one.remove();
  for (const form of page.querySelectorAll('form[method="post"]')) form.replaceWith(line(page, 'rows-note', quiz));
  const player = page.querySelector('edu-player');
  if (player) keepFilm(page, player, film);
  // whoever is signed in on the site is nobody here, and so is told what becomes of their notes
  for (const one of all(page, '.notes [data-part="unowned"]')) one.remove();
  for (const one of all(page, '.notes [data-part="off-site"]')) one.removeAttribute('hidden');
  page.querySelector('.page-head')?.append(line(page, 'rows-note keep-mark', mark));
}

/** @param {Document} page @param {Element} player @param {string} film */
function keepFilm(page, player, film) {
  for (const name of ['data-hls', 'data-hls-av1', 'data-av1']) player.removeAttribute(name);
  // lists of other sizes and sounds, which are not here
  for (const list of all(player, '[data-part="quality"], [data-part="sound"]')) list.closest('label')?.remove();
  for (const source of player.querySelectorAll('source')) source.remove();
  const source = page.createElement('source');
  source.setAttribute('src', film);
  source.setAttribute('type', 'video/mp4');
  player.querySelector('video')?.prepend(source);
}

/** @param {Document} page @param {string} className @param {string} words */
function line(page, className, words) {
  const made = page.createElement('p');
  made.className = className;
  made.textContent = words;
  return made;
}
