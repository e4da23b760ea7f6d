// What a page needs to work by itself: files of the interface with all that they import, pictures, and what its film brings.

const IMPORTED = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}\/[\w./-]+\.js)['"]/g;
const STYLED = /['"]([\w-]+\.css)['"]/g; // what player/sheets.js fetches when a tool comes
const SHEET = /^([\w.-]+\.(?:jpe?g|webp|png|avif))#xywh=/m;

/**
 * Everything under a node, the contents of templates too.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {Element[]}
 */
export function all(root, selector) {
  const inside = [...root.querySelectorAll('template')].flatMap(({ content }) => all(content, selector));
  return [...root.querySelectorAll(selector), ...inside];
}

/**
 * Addresses of the interface's files and of pictures that a page names, each once, absolute.
 * @param {ParentNode} page
 * @param {string} base  the page's own address
 */
export function namedFiles(page, base) {
  const links = 'link[rel~="stylesheet"], link[rel~="modulepreload"], link[rel~="icon"]';
  const named = [
    ...all(page, `${links}, use`).map((one) => one.getAttribute('href')),
    ...all(page, 'script[src], img[src]').map((one) => one.getAttribute('src')),
  ];
  return own(named, base).filter((url) => !url.pathname.startsWith('/media/')).map(({ href }) => href);
}

/** The modules and the style sheets that a module names. @param {string} source @param {string} address */
export function imports(source, address) {
  const modules = [...source.matchAll(IMPORTED)].map(([, name]) => name ?? '');
  const sheets = [...source.matchAll(STYLED)].map(([, name]) => `../../css/${name}`);
  return [...modules, ...sheets].map((name) => new URL(name, address).href);
}

/**
 * Addresses of what the film of a page brings beside itself: still picture, small pictures, words, true times, layers.
 * @param {ParentNode} page
 * @param {string} base
 */
export function filmFiles(page, base) {
  const player = page.querySelector('edu-player');
  if (!player) return [];
  const named = [
    ...['data-storyboard', 'data-frames'].map((name) => player.getAttribute(name)),
    player.querySelector('video')?.getAttribute('poster'),
    ...all(player, 'track').map((one) => one.getAttribute('src')),
    ...all(player, '[data-layers]').map((one) => one.getAttribute('data-layers')),
  ];
  return own(named, base).map(({ href }) => href);
}

/** A film in one size. @typedef {{ url: string, height: number }} Film  pixels; 0 = there is one size */

/** The sizes in which a page has its film, the largest first. @param {ParentNode} page @returns {Film[]} */
export function films(page) {
  const listed = all(page, '[data-part="quality"] option[data-url]').map((one) => ({
    url: one.getAttribute('data-url') ?? '',
    height: Number(one.getAttribute('value')),
  }));
  const plain = all(page, 'edu-player source[type="video/mp4"]').map((one) => ({ url: one.getAttribute('src') ?? '', height: 0 }));
  const found = listed.length > 0 ? listed : plain.slice(0, 1);
  return [...new Map(found.map((film) => [film.height, film])).values()];
}

/** The size that was chosen, else the next smaller, else the smallest. @param {Film[]} sizes @param {number} height */
export function filmFor(sizes, height) {
  const falling = [...sizes].sort((a, b) => b.height - a.height);
  return falling.find((film) => film.height <= height) ?? falling.at(-1) ?? null;
}

/** The sheet of small pictures that a storyboard cuts. @param {string} text @param {string} address */
export function sheetOf(text, address) {
  const found = SHEET.exec(text)?.[1];
  return found ? new URL(found, address).href : null;
}

/** @param {(string | null | undefined)[]} named @param {string} base */
function own(named, base) {
  const home = new URL(base).origin;
  const urls = named.flatMap((one) => (one ? [new URL(one, base)] : [])).filter(({ origin }) => origin === home);
  for (const url of urls) url.hash = '';
  return [...new Map(urls.map((url) => [url.href, url])).values()];
}
