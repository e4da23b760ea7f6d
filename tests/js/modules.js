// The modules as files: what each imports, and what they weigh on the wire.

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';

export const root = new URL('../../', import.meta.url);
export const read = (path) => readFileSync(new URL(path, root), 'utf8');
export const JS = 'edu/static/js/';
export const scripts = readdirSync(new URL(JS, root), { recursive: true }).filter((name) => name.endsWith('.js'));

/** Bytes of each script and style sheet of ours, and of each bundle, as the site sends it: in gzip, without comments. */
const WEIGH = `
import json
from edu.web import bundles
from edu.web.assets import FOLDER, compressed, facts_of, packed
files = [path for room in ("js", "css") for path in (FOLDER / room).rglob("*.*")]
alone = {f"edu/static/{path.relative_to(FOLDER)}": len(compressed((facts_of(path),))) for path in files}
joined = {name: bundles.text(FOLDER / "js", name, bundles.entry(name)) for name in bundles.BUNDLES}
print(json.dumps({**alone, **{name: len(packed(text.encode())) for name, text in joined.items()}}))
`;
const python = process.env.EDU_PYTHON ?? new URL('.venv/bin/python', root).pathname;
const weights = JSON.parse(execFileSync(python, ['-c', WEIGH], { cwd: root, encoding: 'utf8', maxBuffer: 1e7 }));
export const sum = (names, folder = JS) => names.reduce((total, name) => total + weights[folder + name], 0);

/** Bytes of a bundle of edu/web/bundles.py. @param {string} name */
export const weightOf = (name) => weights[name];

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
