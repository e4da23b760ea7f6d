// Rows of the question's form, as scripts read them, write them and add to them; the fields are the truth.

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

const NUMBERED = ['name', 'id', 'for', 'aria-describedby', 'data-row', 'value'];

/** The rows of a list, in order. @param {ParentNode} form @param {string} group */
export function rowsOf(form, group) {
  return /** @type {HTMLElement[]} */ ([...form.querySelectorAll(`.row[data-row^="${group}-"]`)]);
}

/** A field of a row. @param {Element} row @param {string} name @returns {Field | null} */
export function fieldOf(row, name) {
  return row.querySelector(`[name="${row.getAttribute('data-row')}-${name}"]`);
}

/** What stands in a field of a row. @param {Element} row @param {string} name */
export const said = (row, name) => fieldOf(row, name)?.value ?? '';

/** Write fields of a row, and tell whoever listens to the form. @param {Element} row @param {Record<string, string>} values */
export function write(row, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = fieldOf(row, name);
    if (!field || field.value === value) continue;
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

/** The words of an attribute with another number for the row. @param {string} text @param {string} group @param {number} from @param {number} to */
export function renumbered(text, group, from, to) {
  return text.replace(new RegExp(`(^|[\\s-]|:)${group}([-:])${from}(?=$|[\\s:-])`, 'g'), `$1${group}$2${to}`);
}

/** A new row at the end: the last one once more, empty. @param {ParentNode} form @param {string} group @returns {HTMLElement | null} */
export function addRow(form, group) {
  const rows = rowsOf(form, group);
  const last = rows.at(-1);
  if (!last) return null;
  const copy = /** @type {HTMLElement} */ (last.cloneNode(true));
  for (const element of [copy, ...copy.querySelectorAll('*')]) {
    for (const name of NUMBERED) {
      const text = element.getAttribute(name);
      if (text !== null) element.setAttribute(name, renumbered(text, group, rows.length - 1, rows.length));
    }
  }
  for (const field of /** @type {NodeListOf<Field>} */ (copy.querySelectorAll('input, textarea, select'))) {
    if (field instanceof HTMLSelectElement) field.selectedIndex = 0;
    else if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = false;
    else field.value = '';
  }
  for (const note of copy.querySelectorAll('.field-error')) note.remove();
  const number = copy.querySelector('.row-number');
  if (number) number.textContent = String(rows.length + 1);
  last.after(copy);
  return copy;
}
