// What every template must keep to: a strict content policy and words that can be translated.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../../templates/', import.meta.url);
const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html'));
const markup = (name) => readFileSync(new URL(name, folder), 'utf8').replace(/\{#[\s\S]*?#\}/g, '');

for (const name of files.filter((one) => /^(layouts|components)\//.test(one))) {
  test(`${name} has no inline style, script or handler`, () => {
    const text = markup(name);
    assert.doesNotMatch(text, /\sstyle\s*=|<style[\s>]|\son[a-z]+\s*=\s*["']|javascript:/i);
    for (const [tag] of text.matchAll(/<script[^>]*>/g)) assert.match(tag, /\ssrc=|\stype="application\/ld\+json"/); // data, not a script
  });

  test(`${name} says nothing that gettext does not know`, () => {
    const text = markup(name).replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g, ' ').replace(/<[^>]*>/g, ' ').replace(/[\w-]+="[^"]*"/g, ' ');
    assert.doesNotMatch(text, /[A-Za-z]{3,}/);
  });
}
