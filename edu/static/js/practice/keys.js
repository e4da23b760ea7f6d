// The keys as they truly are: in the dialog of `?`, where each act can be given another, and on the buttons of the player.

import { fetchSheet } from '../player/sheets.js';
import { KEYS } from '../player/player-keys.js';
import { choices, remember } from '../player/preferences.js';
import { part, words } from '../wording.js';

/** Keys that leave, send or move the focus are the browser's; digits all go to a tenth of the film. */
const OFFERED = /^([^\d]|Arrow\w+|Home|End|Page(Up|Down)|Insert|Delete|Media\w+)$/u;
/** @type {Record<string, string>} */
const DRAWN = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };

/** Letters, digits and signs, which dictation and stray touches type by mistake (WCAG 2.2, 2.1.4). @param {string} key */
function isSign(key) {
  return key.length === 1 && key !== ' ';
}

/**
 * The usual key of the act that a key now has; '' for none.
 * @param {string} key
 * @param {Record<string, string>} [own]  usual keys and those that were taken for them
 */
export function usualKey(key, own) {
  own = { ...own };
  const moved = Object.entries(own).find(([, taken]) => taken === key);
  return moved?.[0] ?? (key in KEYS && !(key in own) ? key : '');
}

/**
 * What becomes of the keys when an act is to have another one.
 * @param {Record<string, string>} own  usual keys and those that were taken for them
 * @param {string} usual  names the act
 * @param {string} pressed
 * @returns {{ own: Record<string, string> } | { refused: 'taken' | 'kept', by: string }}  `by`: the usual key of the act that has it
 */
export function rebound(own, usual, pressed) {
  const key = pressed.length === 1 ? pressed.toLowerCase() : pressed;
  if (!OFFERED.test(key)) return { refused: 'kept', by: '' };
  const by = usualKey(key, own);
  if (by !== '' && by !== usual) return { refused: 'taken', by };
  const { [usual]: _, ...others } = own;
  return { own: key === usual ? others : { ...others, [usual]: key } };
}

/**
 * What pressed keys mean where that is not the usual: names of acts by keys, '' where a key has none any more.
 * @param {Record<string, string>} own
 */
export function meanings(own) {
  const given = Object.keys(own).map((usual) => [usual, '']);
  return Object.fromEntries([...given, ...Object.entries(own).map(([usual, key]) => [key, usual])]);
}

/** The key that an act has now. @param {string} usual */
function keyOf(usual) {
  return choices().keys?.[usual] ?? usual;
}

/** The dialog of the keys of a player, and its buttons. One for each player. */
export class KeyMap {
  #player;
  #dialog;
  #panel;
  /** @type {HTMLButtonElement | null} the key that waits for another */ #asking = null;

  /** @param {HTMLElement} player */
  constructor(player) {
    this.#player = player;
    this.#dialog = /** @type {HTMLDialogElement} */ (part(player, 'help'));
    this.#panel = /** @type {HTMLElement} */ (part(player, 'key-map'));
    for (const kbd of this.#dialog.querySelectorAll('kbd[data-key]')) this.#enliven(/** @type {HTMLElement} */ (kbd));
    this.#panel.hidden = false;
    void fetchSheet('caption-look.css');
    this.#listen();
    this.#draw();
  }

  /** @param {HTMLElement} kbd */
  #enliven(kbd) {
    if (!((kbd.dataset.key ?? '') in KEYS)) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'player-key';
    button.dataset.key = kbd.dataset.key;
    kbd.replaceWith(button);
    button.append(kbd);
    button.addEventListener('click', () => this.#ask(button));
  }

  #listen() {
    this.#dialog.addEventListener('keydown', (event) => this.#pressed(event), { capture: true });
    this.#dialog.addEventListener('close', () => this.#ask(null));
    this.#dialog.addEventListener('focusout', () => this.#ask(null));
    this.#signs.addEventListener('change', () => this.#keep({ signs: this.#signs.checked }));
    part(this.#panel, 'keys-plain')?.addEventListener('click', () => {
      this.#keep({ keys: {}, map: {}, signs: true });
      this.#say('plain');
    });
  }

  get #signs() {
    return /** @type {HTMLInputElement} */ (part(this.#panel, 'signs'));
  }

  /** @param {HTMLButtonElement | null} button */
  #ask(button) {
    this.#asking?.removeAttribute('aria-pressed');
    this.#asking = button;
    if (!button) return;
    button.setAttribute('aria-pressed', 'true');
    this.#say('press', { act: this.#act(button.dataset.key ?? '') });
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const usual = this.#asking?.dataset.key;
    if (usual === undefined || /^(Shift|Control|Alt|AltGraph|Meta|Tab)$/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#ask(null);
    if (event.key === 'Escape') return this.#say('left');
    const found = rebound(choices().keys ?? {}, usual, event.key);
    if ('refused' in found) return this.#say(found.refused, { key: this.#name(event.key), act: this.#act(found.by) });
    this.#keep({ keys: found.own, map: meanings(found.own) });
    return this.#say('given', { key: this.#name(keyOf(usual)), act: this.#act(usual) });
  }

  /** @param {import('../player/preferences.js').Choices} change */
  #keep(change) {
    remember(change);
    this.#draw();
  }

  /** Writes the keys of now on all that shows keys. */
  #draw() {
    const hasSigns = choices().signs !== false;
    this.#signs.checked = hasSigns;
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.#dialog.querySelectorAll('.player-key'))) {
      const key = keyOf(button.dataset.key ?? '');
      const shown = hasSigns || !isSign(key) ? this.#name(key) : words(this.#panel, 'off');
      const kbd = /** @type {HTMLElement} */ (button.firstElementChild);
      kbd.textContent = shown;
      button.setAttribute('aria-label', words(this.#panel, 'change', { key: shown, act: this.#act(button.dataset.key ?? '') }));
    }
    const digits = this.#dialog.querySelector('kbd[data-key="0–9"]');
    if (digits) digits.textContent = hasSigns ? '0–9' : words(this.#panel, 'off');
    this.#title(hasSigns);
  }

  /** Buttons tell their keys by aria-keyshortcuts and behind their names. @param {boolean} hasSigns */
  #title(hasSigns) {
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.#player.querySelectorAll('[aria-keyshortcuts], [data-usual]'))) {
      const usual = (button.dataset.usual ??= button.getAttribute('aria-keyshortcuts') ?? '');
      const key = keyOf(usual);
      const isOn = hasSigns || !isSign(key);
      if (isOn) button.setAttribute('aria-keyshortcuts', key === ' ' ? 'Space' : key);
      else button.removeAttribute('aria-keyshortcuts');
      const label = button.getAttribute('aria-label');
      if (button.title && label) button.title = isOn ? `${label} (${this.#name(key)})` : label;
    }
  }

  /** What the list says about the act of a usual key. @param {string} usual */
  #act(usual) {
    const button = [...this.#dialog.querySelectorAll('.player-key')].find((one) => one.getAttribute('data-key') === usual);
    return button?.closest('div')?.querySelector('dd')?.textContent ?? '';
  }

  /** @param {string} key */
  #name(key) {
    return key === ' ' ? words(this.#panel, 'space') : (DRAWN[key] ?? key);
  }

  /** @param {string} name @param {Record<string, string>} [values] */
  #say(name, values) {
    const line = part(this.#dialog, 'keys-said');
    if (line) line.textContent = words(this.#panel, name, values);
  }
}

/** @type {WeakMap<HTMLElement, KeyMap>} */
const maps = new WeakMap();

/** Lets a player show the keys as they are. @param {HTMLElement} player */
export function showKeys(player) {
  if (!maps.has(player) && part(player, 'key-map')) maps.set(player, new KeyMap(player));
}

/** Opens the list of the keys. @param {HTMLElement} player */
export function openKeys(player) {
  showKeys(player);
  const dialog = /** @type {HTMLDialogElement | null} */ (part(player, 'help'));
  if (dialog && !dialog.open) dialog.showModal();
}
