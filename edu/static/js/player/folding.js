// Words without accents and capitals, as the search of the site has them, and where they stand in a text.

/**
 * The folded text, and for each of its letters the place in the text that it came from.
 * @param {string} text
 */
export function fold(text) {
  let folded = '';
  /** @type {number[]} */ const places = [];
  let at = 0;
  for (const letter of text) {
    const plain = letter.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    folded += plain;
    for (let number = 0; number < plain.length; number += 1) places.push(at);
    at += letter.length;
  }
  places.push(at);
  return { text: folded, places };
}

/**
 * What somebody asks for: words, and what stands in quotation marks as one; folded.
 * @param {string} asked
 */
export function wantedWords(asked) {
  const found = [...asked.matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+)/g)];
  return found.map(([, quoted, word]) => fold((quoted ?? word ?? '').trim()).text).filter((word) => word !== '');
}

/**
 * Where the wanted words stand in a text, in its own places, none inside another.
 * @param {string} text
 * @param {readonly string[]} wanted  folded
 * @returns {[number, number][]}
 */
export function marksIn(text, wanted) {
  const { text: folded, places } = fold(text);
  /** @type {[number, number][]} */ const found = [];
  for (const word of wanted) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      found.push([places[at] ?? 0, places[at + word.length] ?? text.length]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  return found.filter(([start], number) => found.slice(0, number).every(([, end]) => end <= start));
}
