// The words and the captions in one language: who chooses another for the one is given it in the other, where it is there.

import { part } from '../wording.js';

/** @typedef {import('./edu-transcript.js').EduTranscript} EduTranscript */
/** @typedef {import('./edu-player.js').EduPlayer} EduPlayer */

/**
 * Loaded where the words are in several languages. Captions that are off stay off.
 * @param {EduTranscript} transcript
 */
export function pair(transcript) {
  const player = /** @type {EduPlayer | null} */ (document.querySelector(`edu-player#${transcript.getAttribute('for')}`));
  const list = part(transcript, 'languages');
  const body = part(transcript, 'body');
  if (!player || !list || !body) return;
  const link = (/** @type {string} */ language) =>
    [...list.querySelectorAll('a')].find(({ hreflang }) => hreflang !== '' && hreflang === language);
  let wanted = body.lang;
  /** @param {string} language */
  const show = async (language) => {
    const found = link(language);
    if (language === wanted || !found) return;
    wanted = language;
    const page = await fetched(found.href).catch(() => null);
    if (wanted === language && page) {
      take(transcript, page);
      if (isAsked()) history.replaceState(null, '', found.search + location.hash);
    } else if (wanted === language) wanted = body.lang;
  };
  const isAsked = () => new URLSearchParams(location.search).has('words');
  const spoken = () => player.captions?.language ?? '';
  let before = spoken();
  const follow = () => {
    before = spoken();
    void show(before);
  };

  list.addEventListener('click', (event) => {
    const chosen = event.target instanceof Element ? event.target.closest('a') : null;
    if (!chosen?.hreflang || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(null, '', chosen.search + location.hash);
    void show(chosen.hreflang);
    if (spoken()) choose(player, chosen.hreflang);
  });
  part(player, 'language')?.addEventListener('change', follow);
  new MutationObserver(() => {
    if (before === '' && spoken() !== '') choose(player, wanted); // switched on by their button: in no language yet
    else follow();
  }).observe(player, { attributeFilter: ['captions'] });
  if (!isAsked()) follow();
  else if (spoken() && spoken() !== wanted) {
    // a link that somebody sent is no choice to be remembered
    player.captions?.choose(wanted);
    player.settings?.update();
  }
}

/** As if it were chosen in the settings: remembered, and told to who listens. @param {EduPlayer} player @param {string} language */
function choose(player, language) {
  const menu = /** @type {HTMLSelectElement | null} */ (part(player, 'language'));
  if (!menu) return;
  menu.value = language;
  menu.dispatchEvent(new Event('change'));
}

/** The transcript in the page of another language. @param {string} address */
async function fetched(address) {
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return answer.ok ? page.querySelector('edu-transcript') : null;
}

/** @param {EduTranscript} transcript @param {Element} other */
function take(transcript, other) {
  for (const name of ['body', 'languages']) {
    const [mine, its] = [part(transcript, name), part(other, name)];
    if (!mine || !its) continue;
    if (mine.contains(document.activeElement)) /** @type {HTMLElement | null} */ (mine.previousElementSibling)?.focus();
    mine.lang = its.lang;
    mine.dir = its.dir;
    mine.replaceChildren(...its.childNodes);
  }
  part(transcript, 'body')?.scrollTo(0, 0);
  transcript.querySelector('input[type="search"]')?.dispatchEvent(new Event('input'));
}
