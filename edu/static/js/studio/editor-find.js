// The editor's search for a work to cite or a step to show: a dialog that gives what was chosen.

import { part, words } from '../wording.js';

const PAUSE = 250;

/**
 * Let somebody choose; gives a key or a step, or '' when nothing was chosen.
 * @param {HTMLElement} editor
 * @param {string} what  cite or step
 * @param {string} url
 * @param {Record<string, string>} where  whose works they are
 * @returns {Promise<string>}
 */
export function find(editor, what, url, where) {
  const dialog = /** @type {HTMLDialogElement} */ (part(editor, 'find'));
  const field = /** @type {HTMLInputElement} */ (dialog.querySelector('input'));
  const inside = (/** @type {string} */ name) => /** @type {HTMLElement} */ (part(dialog, name));
  const [title, results, state] = [inside('find-title'), inside('results'), inside('find-state')];
  const life = new AbortController();
  let timer = 0;
  let asked = 0;
  title.textContent = words(editor, what);
  inside('find-label').textContent = words(editor, `${what}-words`);
  field.value = '';

  const ask = async () => {
    const mine = ++asked;
    try {
      const answer = await fetch(`${url}?${new URLSearchParams({ q: field.value, ...where })}`, { headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { found, total } = await answer.json();
      if (mine === asked && !life.signal.aborted) show(results, found);
      if (mine === asked) state.textContent = words(editor, !found.length ? 'none' : found.length < total ? 'first' : 'results', { count: found.length, total });
    } catch {
      if (mine === asked) state.textContent = words(editor, 'failed');
    }
  };

  return new Promise((resolve) => {
    const { signal } = life;
    let chosen = '';
    dialog.addEventListener('close', () => { life.abort(); clearTimeout(timer); resolve(chosen); }, { signal, once: true });
    field.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(() => void ask(), PAUSE); }, { signal });
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') event.preventDefault(); // it would send the form around
      if (event.key === 'ArrowDown') results.querySelector('button')?.focus();
    }, { signal });
    results.addEventListener('click', (event) => {
      const button = /** @type {Element} */ (event.target).closest('button');
      if (!button) return;
      event.stopPropagation();
      chosen = button.value;
      dialog.close();
    }, { signal });
    results.replaceChildren();
    dialog.showModal();
    field.focus();
    void ask();
  });
}

/** @param {HTMLElement} results @param {{ value: string, title: string, note: string }[]} found */
function show(results, found) {
  results.replaceChildren(...found.map(({ value, title, note }) => {
    const [item, button, more] = [document.createElement('li'), document.createElement('button'), document.createElement('small')];
    Object.assign(button, { type: 'button', value });
    more.textContent = note;
    button.append(title, more);
    item.append(button);
    return item;
  }));
}
