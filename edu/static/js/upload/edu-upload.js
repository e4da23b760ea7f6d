// <edu-upload data-endpoint data-next>: the form inside becomes a tus upload that survives broken lines and reloads.
//
// Fires, bubbling: edu-upload-done {url}. Without the tus library the form posts as it would without script.

import { TransferRate } from './transfer-rate.js';
import { part, percent, words } from '../wording.js';

const SCRIPT = '../../vendor/tus/tus.min.js';
const CHUNK_BYTES = 8 * 1024 * 1024; // below the usual limit of proxies in front
const RETRY_MS = [0, 1000, 3000, 5000, 10_000, 20_000];
const MB = 1_000_000;

/** @typedef {{ getStatus(): number, getBody(): string, getHeader(name: string): string | undefined }} Answer */
/** @typedef {Error & { originalResponse?: Answer | null }} UploadError */
/** @typedef {{ setHeader(name: string, value: string): void }} Request */
/** @typedef {object} Upload
 * @property {string | null} url
 * @property {() => void} start
 * @property {(terminate?: boolean) => Promise<void>} abort
 * @property {() => Promise<{ uploadUrl: string }[]>} findPreviousUploads
 * @property {(previous: { uploadUrl: string }) => void} resumeFromPreviousUpload
 */

/** @returns {Promise<{ Upload: new (file: File, options: object) => Upload, isSupported: boolean } | null>} */
async function library() {
  try {
    await import(new URL(SCRIPT, import.meta.url).href); // a classic bundle: it leaves its face on the window
    const { tus } = /** @type {any} */ (globalThis);
    return tus?.isSupported ? tus : null;
  } catch {
    return null;
  }
}

/**
 * The sentence of a problem+json answer, or the status, and the field of the form that it is about.
 * @param {Answer} answer
 */
function problem(answer) {
  try {
    const { detail, field } = JSON.parse(answer.getBody());
    return { reason: String(detail ?? answer.getStatus()), field: String(field ?? '') };
  } catch {
    return { reason: String(answer.getStatus()), field: '' };
  }
}

/** Of a full disk or quota, and of too many tries: the same file may fit later, once somebody has done something. */
const NO_ROOM = [507, 429];

/**
 * Whether the library may try again by itself, without a word: what needs a person is told at once.
 * @param {UploadError} error
 */
export function mayRetry(error) {
  const status = error.originalResponse?.getStatus() ?? 0;
  if (NO_ROOM.includes(status)) return false;
  return (status < 400 || status >= 500 || status === 409 || status === 423) && navigator.onLine;
}

export class EduUpload extends HTMLElement {
  #life = new AbortController();
  #rate = new TransferRate();
  /** @type {Upload | null} */ #upload = null;
  #isRunning = false;
  #isSignedOut = false;
  #share = 0;

  connectedCallback() {
    const { signal } = this.#life;
    this.addEventListener('submit', (event) => this.#submitted(event), { signal });
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    addEventListener('online', () => { if (this.#upload && !this.#isRunning) void this.#start(); }, { signal });
    addEventListener('beforeunload', (event) => { if (this.#isRunning) event.preventDefault(); }, { signal });
  }

  disconnectedCallback() {
    this.#life.abort();
    void this.#upload?.abort();
  }

  /** @param {Event} event */
  #submitted(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const file = this.#file(form);
    if (!file) return;
    event.preventDefault();
    void this.#begin(form, file);
  }

  /** @param {HTMLFormElement} form */
  #file(form) {
    const input = /** @type {HTMLInputElement | null} */ (form.querySelector('input[type="file"]'));
    return input?.files?.[0] ?? null;
  }

  /** @param {HTMLFormElement} form @param {File} file */
  async #begin(form, file) {
    this.#show(form, file);
    const most = Number(this.dataset.maxBytes) || Infinity;
    if (file.size === 0) return this.#stop(form, words(this, 'empty'));
    if (file.size > most) {
      return this.#stop(form, words(this, 'too-large', { size: Math.ceil(file.size / MB), max: Math.floor(most / MB) }));
    }
    const tus = await library();
    if (!tus) return form.submit();
    this.#upload = new tus.Upload(file, this.#options(form, file));
    const [previous] = await this.#upload.findPreviousUploads();
    if (previous) this.#upload.resumeFromPreviousUpload(previous);
    return this.#start();
  }

  /** @param {HTMLFormElement} form @param {File} file */
  #options(form, file) {
    const metadata = { filename: file.name, filetype: file.type };
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string' && name !== 'csrf_token') Object.assign(metadata, { [name]: value });
    }
    return {
      endpoint: this.dataset.endpoint,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MS,
      onShouldRetry: mayRetry,
      removeFingerprintOnSuccess: true,
      metadata,
      onBeforeRequest: (/** @type {Request} */ request) => request.setHeader('X-CSRFToken', this.#token),
      onProgress: (/** @type {number} */ sent, /** @type {number} */ total) => this.#progress(sent, total),
      onError: (/** @type {UploadError} */ error) => this.#failed(form, error),
      onSuccess: (/** @type {{ lastResponse?: Answer } | undefined} */ end) => this.#done(end?.lastResponse),
    };
  }

  get #token() {
    return this.#meta?.content ?? '';
  }

  /** @returns {HTMLMetaElement | null} */
  get #meta() {
    return document.querySelector('meta[name="csrf-token"]');
  }

  async #start() {
    if (this.#isSignedOut) await this.#freshToken();
    this.#rate.reset();
    this.#isRunning = true;
    this.#pauseButton(words(this, 'pause'));
    this.#tell(words(this, 'waiting'));
    this.#upload?.start();
  }

  /** Whoever signed in again in another tab has a new session, and with it a new token. */
  async #freshToken() {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
      const fresh = page.querySelector('meta[name="csrf-token"]')?.getAttribute('content');
      if (fresh && this.#meta) this.#meta.content = fresh;
      this.#isSignedOut = false;
    } catch {
      // the upload itself will say what is wrong
    }
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const action = /** @type {Element} */ (event.target).closest('[data-action]')?.getAttribute('data-action');
    if (action === 'cancel') void this.#cancel();
    if (action !== 'pause' || !this.#upload) return;
    if (this.#isRunning) void this.#pause();
    else void this.#start();
  }

  async #pause() {
    await this.#upload?.abort();
    this.#rest(words(this, 'paused', { percent: percent(this.#share) }));
  }

  async #cancel() {
    this.#isRunning = false;
    await this.#upload?.abort(true).catch(() => undefined);
    this.#upload = null;
    this.querySelector('.upload-status')?.remove();
    const form = this.querySelector('form');
    if (form) form.hidden = false;
    this.#button(form)?.focus();
  }

  /** @param {number} sent bytes @param {number} total bytes */
  #progress(sent, total) {
    if (!this.#isRunning) return;
    const isFirst = this.#rate.speed === 0;
    this.#share = total > 0 ? sent / total : 0;
    this.#rate.add(sent, performance.now());
    const bar = part(this, 'progress');
    if (bar instanceof HTMLProgressElement) bar.value = this.#share;
    const left = this.#rate.left(total);
    if (left === null && isFirst && sent > 0) this.#tell(words(this, 'resumed', { percent: percent(this.#share) }));
    if (left === null) return;
    const speed = (this.#rate.speed / MB).toFixed(1);
    const time = left < 90 ? words(this, 'seconds', { n: left }) : words(this, 'minutes', { n: Math.ceil(left / 60) });
    this.#tell(words(this, 'percent', { percent: percent(this.#share), speed, left: time }), true);
  }

  /** @param {HTMLFormElement} form @param {UploadError} error */
  #failed(form, error) {
    const answer = error.originalResponse;
    const status = answer?.getStatus() ?? 0;
    this.#isSignedOut = status === 401 || status === 403;
    if (this.#isSignedOut) return this.#rest(words(this, 'signed-out'));
    if (!answer || (status >= 500 && status !== 507)) return this.#rest(words(this, 'lost'));
    const { reason, field } = problem(answer);
    if (NO_ROOM.includes(status)) return this.#rest(reason, 'again');
    if (form.querySelector(`[name="${CSS.escape(field)}"]:not([type="file"])`)) return this.#refuse(form, field, reason);
    return this.#stop(form, words(this, 'refused', { reason }));
  }

  /** @param {Answer | undefined} last */
  #done(last) {
    this.#isRunning = false;
    const url = this.#upload?.url ?? '';
    this.#upload = null;
    this.#tell(words(this, 'done'));
    this.dispatchEvent(new CustomEvent('edu-upload-done', { bubbles: true, detail: { url } }));
    const id = url.split('/').at(-1) ?? '';
    const next = last?.getHeader('Edu-Location') ?? (this.dataset.next ?? '').replace('{id}', encodeURIComponent(id));
    if (next) location.assign(next);
  }

  /** Stands still; the file stays chosen and what has arrived stays. @param {string} sentence @param {string} [button] */
  #rest(sentence, button = 'go-on') {
    this.#isRunning = false;
    this.#pauseButton(words(this, button));
    this.#tell(sentence);
  }

  /** A field is wrong, not the file: said beside it, in the form. @param {HTMLFormElement} form @param {string} name @param {string} sentence */
  #refuse(form, name, sentence) {
    this.#isRunning = false;
    this.#upload = null;
    this.querySelector('.upload-status')?.remove();
    form.hidden = false;
    const input = /** @type {HTMLElement | null} */ (form.querySelector(`[name="${CSS.escape(name)}"]`));
    const line = Object.assign(document.createElement('p'), { className: 'field-error', textContent: sentence });
    line.id = `field-${name}-error`;
    input?.closest('.field')?.querySelector('label, legend')?.after(line);
    input?.setAttribute('aria-invalid', 'true');
    input?.setAttribute('aria-describedby', [line.id, input.getAttribute('aria-describedby')].filter(Boolean).join(' '));
    input?.focus();
  }

  /** What was wrong the last time is said no more. @param {HTMLFormElement} form */
  #forgive(form) {
    for (const line of form.querySelectorAll('.field-error')) {
      for (const input of form.querySelectorAll(`[aria-describedby~="${line.id}"]`)) {
        input.removeAttribute('aria-invalid');
        const ids = (input.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id !== line.id);
        input.setAttribute('aria-describedby', ids.join(' '));
      }
      line.remove();
    }
  }

  /** Ends; another file is needed. @param {HTMLFormElement} form @param {string} sentence */
  #stop(form, sentence) {
    this.#isRunning = false;
    this.#upload = null;
    form.hidden = false;
    this.#tell(sentence);
    /** @type {HTMLElement | null} */ (form.querySelector('input[type="file"]'))?.focus();
    this.querySelector('.upload-status')?.setAttribute('data-stopped', '');
  }

  /** @param {HTMLFormElement} form @param {File} file */
  #show(form, file) {
    this.querySelector('.upload-status')?.remove();
    this.#forgive(form);
    const template = this.querySelector('template');
    if (template) form.after(template.content.cloneNode(true));
    form.hidden = true;
    const name = part(this, 'name');
    if (name) name.textContent = file.name;
    /** @type {HTMLElement | null} */ (this.querySelector('[data-action="pause"]'))?.focus();
  }

  /** @param {HTMLFormElement | null} form @returns {HTMLElement | null} */
  #button(form) {
    return form?.querySelector('[type="submit"]') ?? null;
  }

  /** @param {string} label */
  #pauseButton(label) {
    const button = this.querySelector('[data-action="pause"]');
    if (button) button.textContent = label;
  }

  /**
   * Shown always; read out only when it is news and not one of the many steps forward.
   * @param {string} sentence
   * @param {boolean} [quiet]
   */
  #tell(sentence, quiet = false) {
    const [line, status] = [part(this, 'message'), part(this, 'status')];
    if (line) line.textContent = sentence;
    if (status && !quiet) status.textContent = sentence;
  }
}

customElements.define('edu-upload', EduUpload);
