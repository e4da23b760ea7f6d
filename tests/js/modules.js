// The modules as files: what each imports, and what they weigh on the wire.

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';

export const root = new URL('../../', import.meta.url);
export const read = (path) => readFileSync(new URL(path, root), 'utf8');
export const JS = 'edu/static/js/';
export const scripts = readdirSync(new URL(JS, root), { recursive: true }).filter((name) => name.endsWith('.js'));

/** Bytes of each script and style sheet of ours as the site sends it: in gzip, without comments. */
const WEIGH = `
import json
from edu.web.assets import FOLDER, facts_of, compressed
files = [path for room in ("js", "css") for path in (FOLDER / room).rglob("*.*")]
print(json.dumps({f"edu/static/{path.relative_to(FOLDER)}": len(compressed((facts_of(path),))) for path in files}))
`;
const python = process.env.EDU_PYTHON ?? new URL('.venv/bin/python', root).pathname;
const weights = JSON.parse(execFileSync(python, ['-c', WEIGH], { cwd: root, encoding: 'utf8', maxBuffer: 1e7 }));
export const sum = (names, folder = JS) => names.reduce((total, name) => total + weights[folder + name], 0);

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
