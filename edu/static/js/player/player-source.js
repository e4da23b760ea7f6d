// Where the pictures come from: the browser's own HLS, else hls.js light, else a plain file; AV1 where that is easy.

const HLS_TYPE = 'application/vnd.apple.mpegurl';
const H264 = 'video/mp4; codecs="avc1.640028"';

/**
 * @param {{ offered: boolean, native: boolean, mse: boolean }} abilities  the page names a list; the browser plays lists
 *   itself; it lets a script feed the element
 * @returns {'native' | 'script' | 'file'}
 */
export function sourceKind({ offered, native, mse }) {
  if (!offered) return 'file';
  if (native) return 'native'; // the <source> elements of the page already say so
  return mse ? 'script' : 'file';
}

/**
 * Whether AV1 plays smoothly and takes no more power than H.264 would.
 * @param {string} asked  VideoConfiguration of the AV1 picture as JSON
 * @param {Pick<HTMLVideoElement, 'canPlayType'>} video  is asked where the browser has no Media Capabilities
 * @param {Pick<MediaCapabilities, 'decodingInfo'>} [capabilities]
 */
export async function isEasy(asked, video, capabilities = navigator.mediaCapabilities) {
  const picture = JSON.parse(asked);
  /** @param {string} contentType */
  const ask = (contentType) =>
    capabilities.decodingInfo({ type: 'media-source', video: { ...picture, contentType } });
  try {
    const { smooth, powerEfficient } = await ask(picture.contentType);
    return smooth && (powerEfficient || !(await ask(H264)).powerEfficient);
  } catch {
    return video.canPlayType(picture.contentType) === 'probably';
  }
}

/** What the element plays. Every change keeps the time, the speed, and whether it is playing. */
export class FilmSource {
  #video;
  #kind;
  #usual;
  #av1;
  #isEasy;
  /** @type {{ destroy(): void } | null} */ #hls = null;
  #url = '';
  #sound = '';
  #size = '';
  #begun = false;

  /**
   * @param {HTMLVideoElement} video
   * @param {DOMStringMap} page  of the player: hls, hlsAv1 (addresses), av1 (see isEasy)
   */
  constructor(video, { hls = '', hlsAv1 = '', av1 = '' }) {
    this.#video = video;
    const mse = 'MediaSource' in globalThis || 'ManagedMediaSource' in globalThis;
    this.#kind = sourceKind({ offered: hls !== '', native: video.canPlayType(HLS_TYPE) !== '', mse });
    this.#usual = this.#kind === 'script' ? hls : '';
    this.#av1 = hlsAv1;
    this.#isEasy = av1 && this.#kind !== 'file' ? isEasy(av1, video) : false;
  }

  /** To be done before the first play, so that who does not play loads nothing twice. */
  async begin() {
    this.#begun = true;
    const { currentSrc, readyState } = this.#video;
    // a browser that has passed over the first list, from another host say, would stumble over the second as well
    if (this.#usual === this.#url && readyState > 0 && /mp4\b/.test(currentSrc)) this.#isEasy = false;
    const url = (await this.#isEasy) ? this.#av1 : this.#usual;
    if (!this.#sound && !this.#size && url !== this.#url) await this.#take(url);
  }

  /** The film with another sound. @param {string} url  of a file, '' = with its own sound */
  choose(url) {
    this.#sound = url;
    return this.#settle();
  }

  /** The film in one size, whatever the network allows; another sound comes in its own. @param {string} url  '' = as it allows */
  keepTo(url) {
    this.#size = url;
    return this.#settle();
  }

  /** The same once more, at the place where it failed. */
  again() {
    return this.#take(this.#url);
  }

  #settle() {
    const url = this.#sound || this.#size;
    return url || !this.#begun ? this.#take(url) : this.begin();
  }

  /** After an error: the film in other sizes, without AV1, then without hls.js. False when nothing else is left. */
  recover() {
    if (this.#size && !this.#sound) {
      void this.keepTo('');
      return true;
    }
    const av1 = this.#video.querySelectorAll('source[type*="av01"]');
    if (this.#sound || (av1.length === 0 && !this.#hls)) return false;
    for (const source of av1) source.remove();
    this.#isEasy = false;
    void this.#take(av1.length > 0 ? this.#usual : '');
    return true;
  }

  /** @param {string} url  '' = the page's own <source> elements */
  async #take(url) {
    this.#url = url;
    const isList = this.#kind === 'script' && url.endsWith('.m3u8');
    const script = isList ? await import('./player-hls.js').catch(() => null) : null;
    if (this.#url !== url) return; // something else was chosen meanwhile
    const video = this.#video;
    const { currentTime, paused } = video;
    this.#hls?.destroy();
    this.#hls = script?.attach(video, url, currentTime, () => this.recover()) ?? null;
    if (!this.#hls) {
      if (url && !isList) video.src = url;
      else video.removeAttribute('src');
      video.load();
    }
    video.currentTime = currentTime;
    if (!paused) video.play().catch(() => undefined);
  }
}
