// Copies the two libraries that pages load on demand from node_modules into edu/static/vendor (which git ignores).
//
// Run by `npm run assets` after `npm ci`. Each copy carries its licence. Fails loudly when a file is not where the
// pinned version keeps it, so that an update cannot silently leave the site without its player or its uploads.

import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const from = join(root, 'node_modules');
const vendor = join(root, 'edu', 'static', 'vendor');

/** [in node_modules, in vendor] */
export const FILES = [
  ['hls.js/dist/hls.light.min.mjs', 'hls/hls.light.min.mjs'],
  ['hls.js/LICENSE', 'hls/LICENSE'],
  ['tus-js-client/dist/tus.min.js', 'tus/tus.min.js'],
  ['tus-js-client/LICENSE', 'tus/LICENSE'],
];

await rm(vendor, { recursive: true, force: true });
for (const [source, target] of FILES) {
  await mkdir(dirname(join(vendor, target)), { recursive: true });
  await copyFile(join(from, source), join(vendor, target));
}
process.stdout.write(`${FILES.length} files into edu/static/vendor\n`);
