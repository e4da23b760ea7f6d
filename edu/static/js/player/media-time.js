// Times as people write them: clocks, spoken lengths, and the fragments of deep links.

/**
 * @typedef {object} Chapter
 * @property {string} id     stable id of the step, 'V1-c05'
 * @property {string} title
 * @property {number} start  seconds
 * @property {number} end    seconds
 * @property {boolean} [isMirrored]  its teacher wants it seen mirrored first
 */

/** @typedef {{ step: string } | { start: number, end: number | null }} Fragment */

/**
 * 72.4 -> '1:12', 3725 -> '1:02:05'.
 * @param {number} seconds
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const minutes = Math.floor(whole / 60);
  const tail = String(whole % 60).padStart(2, '0');
  if (minutes < 60) return `${minutes}:${tail}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${tail}`;
}

/** How long something is, to the nearest second; a time in it is the second that has begun. @param {number} seconds */
export function length(seconds) {
  return clock(Math.round(seconds));
}

/** To the millisecond, as a field takes it: 80520 -> '1:20.52', 5000 -> '0:05.0'. @param {number} ms */
export function writeTime(ms) {
  const whole = Math.max(0, Math.round(ms));
  return `${clock(whole / 1000)}.${String(whole % 1000).padStart(3, '0').replace(/0{1,2}$/, '')}`;
}

/** To make one takes longer than all else that a player does when it begins. @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/** @param {string} language @param {string} unit */
function format(language, unit) {
  const name = `${language} ${unit}`;
  const known = formats.get(name) ?? new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
  formats.set(name, known);
  return known;
}

/**
 * A length in the words of the page's language: '1 minute, 12 seconds'. Screen readers say '1:12' in many odd ways.
 * @param {number} seconds
 * @param {string} language
 */
export function spoken(seconds, language) {
  const whole = Math.max(0, Math.floor(seconds));
  /** @param {number} value @param {string} unit */
  const say = (value, unit) => format(language, unit).format(value);
  const parts = [say(whole % 60, 'second')];
  if (whole >= 60) parts.unshift(say(Math.floor(whole / 60) % 60, 'minute'));
  if (whole >= 3600) parts.unshift(say(Math.floor(whole / 3600), 'hour'));
  return parts.join(', ');
}

/**
 * Normal play time of Media Fragments URI 1.0, section 4.2.1: '12.3', '1:02.5', '1:02:03'; or '1m23s'. Null when it is none.
 * @param {string} text
 */
export function parseClock(text) {
  text = text.replace(/^(?:(\d+)h)?(?:(\d+)m)?(?:([\d.]+)s)?$/, (all, h = 0, m = 0, s = 0) => all && `${h}:${m}:${s}`);
  if (!/^(\d+:)?(\d+:)?\d+(\.\d*)?$/.test(text)) return null;
  return text.split(':').reduce((total, part) => total * 60 + Number(part), 0);
}

/**
 * What a deep link asks for: '#t=12.3', '?t=12,20' or '#V1-c05'.
 * @param {string} hash
 * @returns {Fragment | null}
 */
export function parseFragment(hash) {
  const body = decode(hash.replace(/^[#?]/, ''));
  const times = /(?:^|&)t=(?:npt:)?([^&]*)/.exec(body);
  if (!times) return /^[\w-]+-c\d+$/.test(body) ? { step: body } : null;
  const [from = '', to = ''] = (times[1] ?? '').split(',');
  const start = from === '' ? 0 : parseClock(from);
  const end = to === '' ? null : parseClock(to);
  if (start === null || (to !== '' && end === null) || (end !== null && end <= start)) return null;
  return from === '' && to === '' ? null : { start, end };
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The step that is on at a time; null before the first, after the last and in gaps.
 * @param {readonly Chapter[]} chapters
 * @param {number} time seconds
 */
export function chapterAt(chapters, time) {
  return chapters.find((chapter) => time >= chapter.start && time < chapter.end) ?? null;
}

/**
 * Where 'next' or 'previous' leads. Back goes to the head of this step first, as a record player does, unless we are
 * within two seconds of it.
 * @param {readonly Chapter[]} chapters
 * @param {number} time seconds
 * @param {1 | -1} direction
 */
export function neighbour(chapters, time, direction) {
  if (direction === 1) return chapters.find((chapter) => chapter.start > time + 0.05) ?? null;
  const earlier = chapters.filter((chapter) => chapter.start < time - 2);
  return earlier.at(-1) ?? chapters[0] ?? null;
}
