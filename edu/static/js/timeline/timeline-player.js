// A time line goes with a player: at each change, and while it plays with each picture of the screen.

/** @typedef {import('../player/player-store.js').PlayerStore} PlayerStore */

/**
 * @param {HTMLElement | null} player
 * @param {AbortSignal} signal
 * @param {(store: PlayerStore, isStill: boolean) => void} heard  isStill: the reader wants no motion
 */
export function followPlayer(player, signal, heard) {
  const store = /** @type {import('../player/edu-player.js').EduPlayer | null} */ (player)?.store;
  if (!store || signal.aborted) return;
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let isTicking = false;
  const tick = () => {
    isTicking = false;
    if (signal.aborted) return;
    heard(store, still.matches);
    if (!store.playing) return;
    isTicking = true;
    requestAnimationFrame(tick);
  };
  store.addEventListener('change', () => { if (!isTicking) tick(); });
  tick();
}
