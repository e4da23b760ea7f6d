// <edu-upload>: which refusals are told at once, and which the library may try again by itself.

import assert from 'node:assert/strict';
import { test } from 'node:test';

Object.assign(globalThis, { HTMLElement: class {}, customElements: { define() {} } });
Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });
const { mayRetry } = await import('../../edu/static/js/upload/edu-upload.js');

/** An error of the library: with the status of the answer, or without one. */
const failed = (status) => ({ originalResponse: status ? { getStatus: () => status } : null });

for (const status of [401, 403, 404, 413, 422, 429, 507]) {
  test(`an answer ${status} needs a person and is not tried again in silence`, () => {
    assert.equal(mayRetry(failed(status)), false);
  });
}

for (const status of [0, 409, 423, 500, 502, 503]) {
  test(`${status || 'a broken line'} is tried again`, () => assert.equal(mayRetry(failed(status)), true));
}

test('nothing is tried while the browser is off line', () => {
  navigator.onLine = false;
  assert.equal(mayRetry(failed(0)), false);
});
