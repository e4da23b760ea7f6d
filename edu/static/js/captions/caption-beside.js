// The words of another track beside each caption, by the time that they share. For reading only.

import { plain } from './caption-text.js';

/** @typedef {{ start: number, end: number, text: string }} Line */

/**
 * A finder of lines by time.
 * @param {readonly Line[]} lines  in order of their start
 * @returns {(cue: { start: number, end: number }) => string}
 */
export function beside(lines) {
  let longest = 0;
  for (const { start, end } of lines) longest = Math.max(longest, end - start);
  return ({ start, end }) => {
    let [low, high] = [0, lines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lines[middle]?.start ?? 0) < start - longest) low = middle + 1;
      else high = middle;
    }
    const found = [];
    for (let n = low; n < lines.length && (lines[n]?.start ?? end) < end; n += 1) {
      const line = lines[n];
      if (!line || line.end <= start) continue;
      // a line belongs to the captions that have a good part of it, or that it fills a good part of
      const shared = Math.min(end, line.end) - Math.max(start, line.start);
      if (shared * 3 >= Math.min(end - start, line.end - line.start)) found.push(plain(line.text));
    }
    return found.join('\n');
  };
}
