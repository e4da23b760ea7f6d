// The bar of a recording: what stays, what is cut out, covered and silenced, and where one is.

/** @typedef {import('./film-lines.js').Span} Span */

/** @param {HTMLElement} bar @param {Record<string, readonly Span[]>} marks  by class @param {number} duration */
export function drawBar(bar, marks, duration) {
  bar.replaceChildren(...Object.entries(marks).flatMap(([name, spans]) => spans.map(({ start, end }) => {
    const mark = document.createElement('span');
    mark.className = `cutter-${name}`;
    mark.style.left = `${(100 * start) / duration}%`;
    mark.style.width = `${(100 * (Math.min(end, duration) - start)) / duration}%`;
    return mark;
  })));
}
