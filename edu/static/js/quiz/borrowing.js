// What a question brings with it when its page is shown inside another: style sheets and modules which that one has not.

import { borrowStyles } from '../player/edu-clip.js';

const OURS = /\/js\/([\w/-]+\.js)$/;

/**
 * In their order. Modules come by addresses beside this one: where the page has some of them joined (edu/web/bundles.py),
 * its own addresses lead to those.
 * @param {Document} other
 */
export async function borrow(other) {
  await borrowStyles(other);
  const wanted = [...other.querySelectorAll('script[type="module"][src]')].map((script) => script.getAttribute('src') ?? '');
  for (const address of wanted.filter((one) => !document.querySelector(`script[src="${one}"]`))) {
    await import(new URL(`../${OURS.exec(address)?.[1]}`, import.meta.url).href);
  }
}
