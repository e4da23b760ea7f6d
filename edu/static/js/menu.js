// A menu that opens without script (details.menu): Escape puts it away again.

document.addEventListener('keydown', (event) => {
  const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector('details.menu[open]'));
  if (event.key !== 'Escape' || !menu) return;
  menu.open = false;
  if (menu.contains(document.activeElement)) menu.querySelector('summary')?.focus();
});
