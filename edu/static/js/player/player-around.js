// What goes on around the picture: a pointer that rests, words that pass under it, what goes wrong, and menus and words of the page. Comes right behind the player.

import { watchTrouble } from './player-trouble.js';

/** Milliseconds without a move of the pointer after which the controls step aside in full screen. */
const IDLE_MS = 3000;
/** What is around a film on a page of its own. */
const PAGE = '.lesson-watch';

/**
 * Watches all of it until the signal.
 * @param {import('./edu-player.js').EduPlayer} player
 * @param {HTMLVideoElement} video
 * @param {AbortSignal} signal
 */
export function watchAround(player, video, signal) {
  watchIdle(player, signal);
  watchStuck(player, signal);
  watchTrouble(player, video, signal);
  if (player.closest(PAGE)) void Promise.all([import('../menu.js'), import('../glossary/edu-terms.js')]);
}

/** Marks the player `idle` when the pointer rests. @param {HTMLElement} host @param {AbortSignal} signal */
function watchIdle(host, signal) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const moved = () => {
    host.removeAttribute('idle');
    clearTimeout(timer);
    timer = setTimeout(() => host.setAttribute('idle', ''), IDLE_MS);
  };
  for (const name of ['pointermove', 'pointerdown', 'keydown', 'focusin']) {
    host.addEventListener(name, moved, { signal });
  }
}

/**
 * Marks the player `stuck` while its steps and words pass under the top of the window, where the style sheet of a phone
 * keeps its picture.
 * @param {HTMLElement} host @param {AbortSignal} signal
 */
function watchStuck(host, signal) {
  const around = host.closest(PAGE);
  if (!around) return;
  const watch = new IntersectionObserver(([seen]) => host.toggleAttribute('stuck', seen?.isIntersecting), {
    rootMargin: '0px 0px -100% 0px', // nothing but the line at the top of the window
  });
  watch.observe(around);
  signal.addEventListener('abort', () => watch.disconnect());
}
