// Style sheets that come when they are needed.

/**
 * A style sheet that few need, once for all players of the page; resolves when it holds, or cannot be had.
 * @param {string} name
 * @returns {Promise<void>}
 */
export function fetchSheet(name) {
  const href = new URL(`../../css/${name}`, import.meta.url).href;
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return Promise.resolve();
  const link = document.createElement('link');
  const held = new Promise((resolve) => { link.onload = link.onerror = () => resolve(undefined); });
  Object.assign(link, { rel: 'stylesheet', href });
  document.head.append(link);
  return held;
}
