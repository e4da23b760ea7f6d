// The modules as files: what each imports, and what they weigh on the wire.

import { readFileSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { gzipSync } from 'node:zlib';

export const root = new URL('../../', import.meta.url);
export const read = (path) => readFileSync(new URL(path, root), 'utf8');
export const JS = 'edu/static/js/';
export const scripts = readdirSync(new URL(JS, root), { recursive: true }).filter((name) => name.endsWith('.js'));

const weight = (path) => gzipSync(read(path), { level: 9 }).length;
export const sum = (names, folder = JS) => names.reduce((total, name) => total + weight(folder + name), 0);

/** A module and all that it imports when it is loaded (imports on demand do not count). */
export function closure(names) {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) return;
    found.add(name);
    for (const [, other] of read(JS + name).matchAll(/^import [^;]*?from '(\.[\w./-]+\.js)';/gm)) {
      visit(posix.join(posix.dirname(name), other));
    }
  };
  names.forEach(visit);
  return [...found];
}

/** The modules of a list of templates/components/scripts.html, which pages fetch ahead of need. */
export function preloaded(list) {
  const [, names] = new RegExp(`${list} = \\(([^)]*)\\)`).exec(read('templates/components/scripts.html'));
  return [...names.matchAll(/'([\w/-]+\.js)'/g)].map(([, name]) => name);
}
