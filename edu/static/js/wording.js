// Words of the page for scripts: the server writes them, translated, into data-text-… attributes.

/**
 * The sentence `name` of an element with its {places} filled in.
 * @param {Element} element
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export function words(element, name, values = {}) {
  const sentence = element.getAttribute(`data-text-${name}`) ?? '';
  return sentence.replace(/\{(\w+)\}/g, (place, key) => String(values[key] ?? place));
}

/**
 * The part of an element that carries data-part="name".
 * @param {ParentNode} root
 * @param {string} name
 * @returns {HTMLElement | null}
 */
export function part(root, name) {
  return root.querySelector(`[data-part="${name}"]`);
}

/** 0.42 -> '42 %' as the page's language writes it. @param {number} share */
export function percent(share) {
  return new Intl.NumberFormat(document.documentElement.lang || 'en', { style: 'percent' }).format(share);
}
