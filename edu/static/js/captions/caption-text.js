// Cue text as people read and type it: entities and speakers are the file's business, not theirs.

/** Tags of WebVTT cue text (its section 4.3) and times inside a cue; anything else with "<" is text. */
const TAG = /(<\/?(?:b|i|u|c|v|lang|ruby|rt)(?:\.[^\s<>]*)?(?:[ \t\n][^<>]*)?>|<\d[\d:.]*>)/g;
const VOICE = /^<v[ \t]+([^<>&\n]+)>([\s\S]*?)(?:<\/v>)?\s*$/;
/** @type {Record<string, string>} */
const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&nbsp;': '\u00a0', '&lrm;': '\u200e', '&rlm;': '\u200f' };

/** @param {string} text */
const decode = (text) => text.replace(/&(?:amp|lt|gt|nbsp|lrm|rlm);/g, (entity) => ENTITIES[entity] ?? entity);

/** What a cue text means, whatever way it is written. @param {string} text */
const meaning = (text) => text.split(TAG).map((piece, n) => (n % 2 ? piece : decode(piece))).join('\u0000');

/**
 * What was typed, as cue text: stray "&" and "<" escaped, no empty lines (they would end the cue).
 * @param {string} typed
 */
export function toCueText(typed) {
  const lines = typed.replace(/\r\n?/g, '\n').replace(/[ \t]+$/gm, '').replace(/\n{2,}/g, '\n').replace(/^\n+|\n+$/g, '');
  return lines.split(TAG).map((piece, n) => (n % 2 ? piece : piece
    .replace(/&(?!(?:amp|lt|gt|nbsp|lrm|rlm);)/g, '&amp;')
    .replaceAll('<', '&lt;').replaceAll('-->', '--&gt;'))).join('');
}

/** A cue text as it is shown for typing; as it is written where decoding would change its meaning. @param {string} text */
export function toTyped(text) {
  const shown = text.split(TAG).map((piece, n) => (n % 2 ? piece : decode(piece))).join('');
  return meaning(toCueText(shown)) === meaning(text) ? shown : text;
}

/**
 * The one speaker of a cue, and the words.
 * @param {string} text
 */
export function parted(text) {
  const [, speaker = '', words = ''] = VOICE.exec(text) ?? [];
  return speaker && !/<\/?v[ .>]/.test(words) ? { speaker: speaker.trim(), words } : { speaker: '', words: text };
}

/** @param {string} speaker @param {string} words */
export function voiced(speaker, words) {
  const name = speaker.replace(/[<>&\n]/g, ' ').replace(/\s+/g, ' ').trim();
  return name ? `<v ${name}>${words}` : words;
}

/** The words alone, as a viewer sees them. @param {string} text */
export function plain(text) {
  return decode(text.replace(TAG, ''));
}

/**
 * How much there is to read: letters (spaces count, a line break as one), lines, the longest line.
 * @param {string} text
 */
export function reading(text) {
  const lines = plain(text).split('\n').map((line) => [...line.trim()].length).filter(Boolean);
  const letters = lines.reduce((sum, length) => sum + length, 0) + Math.max(0, lines.length - 1);
  return { letters, lines: lines.length, longest: Math.max(0, ...lines) };
}

export { TAG };
