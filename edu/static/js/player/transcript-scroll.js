// Brings a line of the transcript into sight.

/**
 * Scrolls the box of the transcript and never the page.
 * @param {HTMLElement} body
 * @param {HTMLElement} line
 */
export function show(body, line) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const [seen, box] = [line.getBoundingClientRect(), body.getBoundingClientRect()];
  const middle = seen.top - box.top + (seen.height - box.height) / 2;
  body.scrollBy({ top: middle, behavior: calm ? 'instant' : 'smooth' });
}
