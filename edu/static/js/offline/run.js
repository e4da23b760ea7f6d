// Keeps the page of an open rating on the device, so that it can be reloaded without a network. The marks themselves are
// kept by <edu-checklist>; what it has saved must be in the kept page, or an older mark would be shown again.

import { keepRun } from './keeping.js';
import { RUN, lack, leaveIfEmpty } from './shelf.js';

const SETTLE_MS = 400;

const rating = document.querySelector('edu-checklist');
const path = location.pathname;
/** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;

/** Without a network there is the page from before. */
function keep() {
  if (navigator.onLine) void keepRun(path).catch(() => undefined);
}

async function forget() {
  await caches.delete(RUN + path);
  await leaveIfEmpty();
}

function heed() {
  const state = rating?.getAttribute('state');
  clearTimeout(timer);
  if (state === 'closed') void forget();
  else if (state === null || state === 'saved' || state === 'elsewhere') timer = setTimeout(keep, SETTLE_MS);
}

if (rating && lack(window) === '') {
  new MutationObserver(heed).observe(rating, { attributeFilter: ['state'] });
  heed();
}
