// Sends the form by which a recording is handed in, and tells how far it is; what is wrong is said beside it.

import { part, percent, words } from '../wording.js';

const MB = 1_000_000;

/**
 * @param {HTMLFormElement} form
 * @param {() => { moment: { own: number, film: number }, step: string }} laid  how the recording is laid beside the film now
 */
export function sendBy(form, laid) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { moment, step } = laid();
    const told = { own_ms: Math.round(moment.own * 1000), film_ms: Math.round(moment.film * 1000), step };
    for (const [name, value] of Object.entries(told)) {
      const field = /** @type {HTMLInputElement | null} */ (form.querySelector(`[name="${name}"]`));
      if (field) field.value = String(value);
    }
    const size = /** @type {HTMLInputElement | null} */ (form.querySelector('[type="file"]'))?.files?.[0]?.size ?? 0;
    const most = Number(form.dataset.most);
    if (size <= most) return send(form);
    const line = part(form, 'sent');
    if (line) line.textContent = words(form, 'large', { size: Math.ceil(size / MB), most: most / MB });
    return undefined;
  });
}

/** @param {HTMLFormElement} form */
function send(form) {
  const [line, button] = [part(form, 'sent'), form.querySelector('button')];
  const say = (/** @type {string} */ sentence) => { if (line) line.textContent = sentence; };
  const request = new XMLHttpRequest();
  request.open('POST', form.action);
  request.setRequestHeader('Accept', 'application/json');
  request.upload.addEventListener('progress', ({ loaded, total }) => say(words(form, 'sending', { percent: percent(loaded / total) })));
  request.addEventListener('load', () => {
    if (request.status < 400) location.assign(request.responseURL);
    else say(refusal(request.responseText) || words(form, 'lost'));
  });
  request.addEventListener('error', () => say(words(form, 'lost')));
  request.addEventListener('loadend', () => button?.toggleAttribute('disabled', request.status > 0 && request.status < 400));
  button?.toggleAttribute('disabled', true);
  request.send(new FormData(form));
}

/** The sentence of an answer that refuses. @param {string} answer */
function refusal(answer) {
  try {
    return String(JSON.parse(answer).detail ?? '');
  } catch {
    return '';
  }
}
