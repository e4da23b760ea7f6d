// Scripts go out without their comments: each must still be the same program.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import ts from 'typescript';

import { JS, read, root, scripts } from './modules.js';

const python = process.env.EDU_PYTHON ?? new URL('.venv/bin/python', root).pathname;
const STRIP = 'import json, sys; from edu.web import bare; json.dump([bare.script(text) for text in json.load(sys.stdin)], sys.stdout)';

/** @param {string[]} texts */
const bare = (texts) =>
  JSON.parse(execFileSync(python, ['-c', STRIP], { cwd: root, input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 1e8 }));

/** The program as TypeScript writes it, without comments and empty lines. @param {string} text */
function program(text) {
  const compilerOptions = { removeComments: true, target: 'ES2022', module: 'ESNext' };
  return ts.transpileModule(text, { compilerOptions }).outputText.replace(/\n\s*\n+/g, '\n');
}

test('every script without its comments is the same program, on the same lines', () => {
  const texts = scripts.map((name) => read(JS + name));
  for (const [n, sent] of bare(texts).entries()) {
    assert.equal(program(sent), program(texts[n]), scripts[n]);
    assert.equal(sent.split('\n').length, texts[n].split('\n').length, scripts[n]);
    assert.ok(sent.length < texts[n].length, scripts[n]);
  }
});

const KEPT = ["const a = 'http://x//y';", 'const b = `a // b`;', "const c = /\\/\\*/;", "const d = '/* no */';", 'f(a / b, c /* x */);'];

test('what looks like a comment between quotes is none', () => {
  for (const [n, sent] of bare(KEPT).entries()) assert.equal(program(sent), program(KEPT[n]), KEPT[n]);
});
