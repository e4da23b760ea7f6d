// What two people made of one cue, put together field by field; as the server does it.

/** @typedef {import('./caption-store.js').Cue} Cue */

/** What one may change while another changes the rest. */
const GROUPS = /** @type {const} */ ([['start', 'end'], ['text'], ['identifier'], ['settings']]);

/** @param {Cue | null} one @param {Cue | null} other */
export function same(one, other) {
  return one === other || (!!one && !!other && GROUPS.flat().every((name) => one[name] === other[name]));
}

/**
 * `mine` with what `theirs` changed since `old`. Not clear where both changed the same otherwise: then it is mine.
 * @param {Cue | null} old
 * @param {Cue} mine
 * @param {Cue} theirs
 */
export function fieldwise(old, mine, theirs) {
  let isClear = true;
  const cue = { ...theirs };
  for (const group of GROUPS) {
    const differs = (/** @type {Cue | null} */ a, /** @type {Cue | null} */ b) => group.some((name) => a?.[name] !== b?.[name]);
    if (!differs(mine, old)) continue;
    isClear &&= !differs(theirs, old) || !differs(theirs, mine);
    for (const name of group) Object.assign(cue, { [name]: mine[name] });
  }
  const { start, end, text, identifier, settings } = cue;
  return { cue: { start, end, text, identifier, settings }, isClear };
}
