// Whether the site keeps a lesson from who asks now. worker.js asks in the same way.

const GONE = [401, 403, 404, 410];
const FILM = 'class="lesson-film"'; // what only a page holds whose film its reader may see

/**
 * People are sent from a closed page to the gate or to the sign-in, which looks like any other page; a program is told
 * (edu/web/errors.py). What cannot be asked is not closed.
 * @param {{ path: string, height: number | null }} kept  height: null = it has no film
 */
export async function isClosed({ path, height }) {
  const headers = { Accept: 'application/json' };
  const answer = await fetch(path, { headers, redirect: 'manual', cache: 'no-store' }).catch(() => null);
  if (!answer?.ok) return answer !== null && GONE.includes(answer.status);
  return height !== null && !(await answer.text()).includes(FILM);
}
