// Notes in the browser: kept until they are sent, sent until they are kept, and what is written meanwhile is not lost.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { NoteShelf, send } from '../../edu/static/js/practice/note-shelf.js';

class Shelf {
  kept = new Map();
  getItem(key) { return this.kept.get(key) ?? null; }
  setItem(key, value) { this.kept.set(key, value); }
  removeItem(key) { this.kept.delete(key); }
}

/** A server as edu/services/notes/keeping.py is one. */
class Server {
  rows = new Map();
  asked = [];
  number = 0;
  /** @type {(() => unknown)[]} what happens before the next answers */ before = [];

  ask = async (method, note) => {
    this.asked.push(`${method} ${note.text || '-'}`);
    const row = this.rows.get(note.uid);
    const answer = method === 'PUT' ? this.#save(row, note) : this.#remove(row, note);
    await this.before.shift()?.();
    return { status: answer.status, json: async () => answer.body };
  };

  #save(row, { uid, text, base }) {
    if (row && row.text !== text && base !== row.revision && (base || row.isEdited)) {
      const other = { uid: `${uid}/${text}`, text, revision: `r${this.number += 1}` };
      this.rows.set(other.uid, other);
      return { status: 200, body: { note: row, other } };
    }
    const note = row?.text === text ? row : { uid, text, revision: `r${this.number += 1}`, isEdited: row !== undefined };
    this.rows.set(uid, note);
    return { status: 200, body: { note, other: null } };
  }

  #remove(row, { uid, base }) {
    if (!row) return { status: 404 };
    if (base && base !== row.revision) return { status: 409 };
    this.rows.delete(uid);
    return { status: 204 };
  }

  get texts() { return [...this.rows.values()].map(({ text }) => text).sort(); }
}

const NOTE = { uid: 'a', slug: 'find', film: 0, at: 12_000, text: 'Press', base: '' };
const down = () => { throw new TypeError('no network'); };

let storage;
let shelf;
let server;
let met;
const flush = () => send(shelf, server.ask, (uid, saved, isBack) => met.push([uid, saved?.other ? 'both' : saved ? 'kept' : isBack ? 'back' : 'gone']));

beforeEach(() => {
  storage = new Shelf();
  globalThis.localStorage = storage;
  shelf = new NoteShelf('me');
  server = new Server();
  met = [];
});

test('a note waits without a network, lasts over a reload, and is sent once it is there', async () => {
  shelf.put(NOTE);
  assert.equal(await send(shelf, async () => down(), () => undefined), 'kept');

  shelf = new NoteShelf('me');
  assert.equal(await flush(), 'saved');

  assert.deepEqual(server.texts, ['Press']);
  assert.equal(storage.kept.size, 0);
  assert.deepEqual(met, [['a', 'kept']]);
});

test('what is waiting for one account is not sent by another, nor shown without one', () => {
  shelf.put(NOTE);
  assert.deepEqual(new NoteShelf('other').all, []);
  assert.deepEqual(new NoteShelf('').all, []);
});

test('an answer that is lost makes no second version, whatever is written meanwhile', async () => {
  shelf.put({ ...NOTE, base: 'r0' });
  server.rows.set('a', { uid: 'a', text: 'Pre', revision: 'r0' });
  server.before.push(down);
  assert.equal(await flush(), 'kept');
  shelf.put({ ...shelf.get('a'), text: 'Press gently' });

  assert.equal(await flush(), 'saved');

  assert.deepEqual(server.asked, ['PUT Press', 'PUT Press', 'PUT Press gently']);
  assert.deepEqual(server.texts, ['Press gently']);
});

test('what is written while a note is on its way goes after it', async () => {
  shelf.put(NOTE);
  server.before.push(() => shelf.put({ ...shelf.get('a'), text: 'Press gently' }));

  assert.equal(await flush(), 'saved');

  assert.deepEqual(server.texts, ['Press gently']);
});

test('of changes on two devices both are kept, and what is typed on goes to the own one', async () => {
  server.rows.set('a', { uid: 'a', text: 'From the phone', revision: 'r7', isEdited: true });
  shelf.put({ ...NOTE, base: 'r6' });
  server.before.push(() => shelf.put({ ...shelf.get('a'), text: 'Press on' }));

  assert.equal(await flush(), 'saved');

  assert.deepEqual(met[0], ['a', 'both']);
  assert.deepEqual(server.texts, ['From the phone', 'Press on']);
});

test('a deletion is sent; of a note that the server never saw nothing is', async () => {
  shelf.put({ ...NOTE, gone: true });
  await flush();
  assert.deepEqual(server.asked, []);

  server.rows.set('a', { uid: 'a', text: 'Press', revision: 'r1' });
  shelf.put({ ...NOTE, base: 'r1', gone: true });
  assert.equal(await flush(), 'saved');
  assert.deepEqual([server.texts, shelf.all], [[], []]);
});

test('a note that was changed elsewhere is not deleted and comes back', async () => {
  server.rows.set('a', { uid: 'a', text: 'Changed', revision: 'r2' });
  shelf.put({ ...NOTE, base: 'r1', gone: true });

  await flush();

  assert.deepEqual(server.texts, ['Changed']);
  assert.deepEqual(met, [['a', 'back']]);
});

test('a deletion that is taken back while it is on its way leaves the note where it was', async () => {
  server.rows.set('a', { uid: 'a', text: 'Press', revision: 'r1' });
  shelf.put({ ...NOTE, base: 'r1', gone: true });
  server.before.push(() => shelf.put({ ...NOTE, base: 'r1' }));

  assert.equal(await flush(), 'saved');

  assert.deepEqual(server.texts, ['Press']);
});

test('what is refused stays here and holds up nothing else', async () => {
  shelf.put(NOTE);
  shelf.put({ ...NOTE, uid: 'b', text: 'Let go' });
  const refuses = async (method, note) => (note.uid === 'a' ? { status: 422, json: async () => ({}) } : server.ask(method, note));

  assert.equal(await send(shelf, refuses, () => undefined), 'refused');

  assert.deepEqual(server.texts, ['Let go']);
  assert.deepEqual(shelf.all.map(({ uid, sent }) => [uid, sent]), [['a', undefined]]);
});

test('rubbish in the storage is nothing, and one that throws costs only the memory', () => {
  for (const rubbish of ['{', '7', 'null', '[{"uid":3}]', '{"a":1}']) {
    storage.setItem('edu.notes:me', rubbish);
    assert.deepEqual(shelf.all, []);
  }
  const full = () => { throw new Error('QuotaExceededError'); };
  globalThis.localStorage = { getItem: full, setItem: full };
  const poor = new NoteShelf('');
  poor.put(NOTE);
  assert.deepEqual([poor.get('a')?.text, poor.memory?.length], ['Press', 1]);
});
