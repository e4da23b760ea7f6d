// The working copy in the page: order, undo, what is sent and kept, and other people's changes.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CaptionStore, cueOf } from '../../edu/static/js/captions/caption-store.js';
import { CaptionSync } from '../../edu/static/js/captions/caption-sync.js';

const row = (key, start, text, revision = 1) => ({ key, revision, start, end: start + 900, text, identifier: '', settings: '' });
const HOW = { label: 'text' };

function filled(rows = [row('a', 0, 'One.'), row('b', 1000, 'Two.'), row('c', 2000, 'Three.')]) {
  let n = 0;
  const store = new CaptionStore(() => `n${(n += 1)}`);
  store.receive({ revision: 1, rows });
  return store;
}

const write = (store, key, text, how = HOW) => store.edit([{ key, cue: { ...store.cue(key), text } }], how);
const move = (store, key, start) => store.edit([{ key, cue: { ...store.cue(key), start, end: start + 900 } }], { label: 'time' });

test('cues stand in the order of time, and are found by time', () => {
  const store = filled();

  move(store, 'a', 2500);

  assert.deepEqual([...store.keys], ['b', 'c', 'a']);
  assert.equal(store.indexOf('a'), 2);
  assert.deepEqual([0, 1000, 2600].map((ms) => store.keyAt(store.indexAt(ms))), ['', 'b', 'a']);
});

test('typing is one step to undo, until something else is done', () => {
  const store = filled();
  for (const text of ['O', 'On', 'Only']) write(store, 'a', text, { label: 'text', join: 'words:a' });
  store.seal();
  write(store, 'a', 'Only.', { label: 'text', join: 'words:a' });

  assert.deepEqual(store.undo(), { label: 'text', keys: ['a'] });
  assert.equal(store.cue('a').text, 'Only');
  store.undo();
  assert.equal(store.cue('a').text, 'One.');
  assert.equal(store.undo(), null);
  assert.equal(store.pending.length, 0);
  store.redo();
  assert.equal(store.cue('a').text, 'Only');
});

test('a drag that comes back to where it began is no step', () => {
  const store = filled();
  const drag = (start) => store.edit([{ key: 'a', cue: { ...store.cue('a'), start } }], { label: 'time', join: 'drag:a' });

  drag(100);
  drag(0);

  assert.equal(store.undoLabel, '');
});

test('a split is one step, and one edit of each cue', () => {
  const store = filled();
  store.edit([{ key: 'a', cue: { ...store.cue('a'), end: 400 } }, { key: 'n', cue: { ...store.cue('a'), start: 400 } }], HOW);

  assert.deepEqual(store.pending.map(({ key, was }) => [key, was]), [['a', 1], ['n', 0]]);
  store.undo();
  assert.deepEqual([...store.keys], ['a', 'b', 'c']);
  assert.deepEqual(store.pending, []);
});

test('what is typed while a save is on its way is sent after it', () => {
  const store = filled();
  write(store, 'a', 'Once');
  store.take();
  write(store, 'a', 'Once more');

  store.receive({ revision: 2, rows: [row('a', 0, 'Once', 2)] }, { isAnswer: true });

  assert.equal(store.cue('a').text, 'Once more');
  assert.deepEqual(store.pending.map(({ was, base, cue }) => [was, base.text, cue.text]), [[2, 'Once', 'Once more']]);
});

test('others change other fields of a cue that is changed here: both stay', () => {
  const store = filled();
  write(store, 'a', 'Once');

  store.receive({ revision: 2, rows: [{ ...row('a', 100, 'One.', 2), end: 950 }] });

  assert.deepEqual([store.cue('a').start, store.cue('a').text], [100, 'Once']);
  assert.equal(store.conflicts.size, 0);
});

test('others change the same: it is disputed, not sent, and somebody says whose stays', () => {
  for (const [whose, text, edits] of [['mine', 'Mine', 1], ['theirs', 'Theirs', 0]]) {
    const store = filled();
    write(store, 'a', 'Mine');
    store.receive({ revision: 2, rows: [row('a', 0, 'Theirs', 2)] });
    assert.deepEqual([...store.conflicts.keys()], ['a']);
    assert.deepEqual(store.pending, []);
    assert.equal(store.unsent.length, 1);

    store.settle('a', whose, 'conflict');

    assert.equal(store.cue('a').text, text);
    assert.deepEqual(store.pending.map(({ was }) => was), Array(edits).fill(2));
  }
});

test('a conflict that the server tells of is the same', () => {
  const store = filled();
  write(store, 'a', 'Mine');
  store.take();

  store.receive({ revision: 2, rows: [row('a', 0, 'Theirs', 2)], conflicts: [{ key: 'a', theirs: row('a', 0, 'Theirs', 2) }] }, { isAnswer: true });

  assert.equal(store.conflicts.get('a').text, 'Theirs');
  assert.equal(store.cue('a').text, 'Mine');
});

test('what others removed goes; what was changed here is disputed and can be kept as a new cue', () => {
  const store = filled();
  write(store, 'b', 'Mine');

  store.receive({ revision: 2, gone: ['a', 'b'] });
  assert.deepEqual([...store.keys], ['b', 'c']);
  assert.equal(store.conflicts.get('b'), null);
  store.settle('b', 'mine', 'conflict');

  assert.deepEqual(store.pending.map(({ key, was, cue }) => [key, was, cue?.text]), [['n1', 0, 'Mine']]);
});

test('a removal that was saved is undone under a new key, and redone', () => {
  const store = filled();
  store.edit([{ key: 'b', cue: null }], { label: 'remove' });
  store.take();
  store.receive({ revision: 2, gone: ['b'] }, { isAnswer: true });

  store.undo();
  assert.deepEqual([...store.keys], ['a', 'n1', 'c']);
  store.redo();
  assert.deepEqual([...store.keys], ['a', 'c']);
  store.undo();
  assert.equal(store.size, 3);
});

test('an undo leaves what others did to the cue since', () => {
  const store = filled();
  write(store, 'a', 'Mine');
  store.take();
  store.receive({ revision: 2, rows: [row('a', 0, 'Mine', 2)] }, { isAnswer: true });
  store.receive({ revision: 3, rows: [{ ...row('a', 300, 'Mine', 3) }] });

  store.undo();

  assert.deepEqual([store.cue('a').start, store.cue('a').text], [300, 'One.']);
});

test('an answer that was lost makes no conflict with oneself', () => {
  const store = filled();
  write(store, 'a', 'Once');
  store.take();
  store.release();
  write(store, 'a', 'Twice');

  store.receive({ revision: 2, rows: [row('a', 0, 'Once', 2)] });

  assert.equal(store.conflicts.size, 0);
  assert.deepEqual(store.pending.map(({ was, cue }) => [was, cue.text]), [[2, 'Twice']]);
});

test('a repair by the server is a step that can be taken back', () => {
  const store = filled();

  store.receive({ revision: 2, rows: [row('a', 0, 'Mended.', 2)] }, { label: 'repair' });
  assert.equal(store.undo().label, 'repair');

  assert.equal(store.cue('a').text, 'One.');
  assert.equal(store.pending.length, 1);
});

test('the worst problem of a cue counts', () => {
  const store = filled();
  const problem = (key, severity) => ({ rule: 'C08', key, severity, message: '', fixable: true });

  store.receive({ problems: [problem('a', 'info'), problem('a', 'error'), problem('b', 'warn')] });

  assert.deepEqual(['a', 'b', 'c'].map((key) => store.severity(key)), ['error', 'warn', '']);
});

test('a long list goes out in parts that the server takes', () => {
  const rows = Array.from({ length: 1500 }, (_, n) => row(`k${n}`, n * 1000, 'x'.repeat(60)));
  const store = filled(rows);
  store.edit(rows.map(({ key }) => ({ key, cue: { ...store.cue(key), text: 'y'.repeat(60) } })), HOW);

  const sent = store.take(200_000);

  assert.ok(sent.length > 100 && JSON.stringify(sent).length < 400_000);
  assert.equal(store.pending.length, 1500);
});

/** A server of one track; `answers` are what it says, in turn: an object, a status, an Error, or 'silence'. */
function saving(answers, { shelf = new Map(), basedOn = 1, store = filled() } = {}) {
  const asked = [];
  const fetch = async (url, { method, body, signal }) => {
    asked.push({ method, url, body: body && JSON.parse(body) });
    const answer = answers.shift() ?? {};
    if (answer === 'silence') await new Promise((_, fail) => { signal.addEventListener('abort', () => fail(signal.reason)); });
    if (answer instanceof Error) throw answer;
    const status = typeof answer === 'number' ? answer : 200;
    return new Response(JSON.stringify(status === 200 ? { revision: 2, served: 1, ...answer } : { detail: 'No.' }),
      { status, headers: { 'Content-Type': 'application/json' } });
  };
  const storage = { getItem: (name) => shelf.get(name) ?? null, setItem: (name, text) => shelf.set(name, text), removeItem: (name) => shelf.delete(name) };
  const sync = new CaptionSync(store, { url: '/draft', token: 't', shelf: storage, name: 'kept', fetch, basedOn });
  return { sync, store, asked, shelf };
}

const loaded = async (answers, more) => {
  const all = saving([{ revision: 1, rows: [] }, ...answers], more);
  await all.sync.load();
  all.asked.length = 0;
  return all;
};

test('an edit goes out and is saved', async () => {
  const { sync, store, asked, shelf } = await loaded([{ rows: [row('a', 0, 'Once', 2)] }]);
  write(store, 'a', 'Once');
  assert.equal(sync.state, 'waiting');

  assert.equal(await sync.flush(), true);
  sync.stop();

  assert.deepEqual(asked.map(({ method, body }) => [method, body.since, body.edits.length]), [['POST', 1, 1]]);
  assert.deepEqual([sync.state, store.pending.length, shelf.size], ['saved', 0, 0]);
});

test('without a network it is kept in the browser, taken up by the next page and sent', async () => {
  const { sync, store, shelf } = await loaded([new TypeError('no network')]);
  write(store, 'a', 'Once');
  assert.equal(await sync.flush(), false);
  sync.stop();
  assert.equal(sync.state, 'away');

  const next = await loaded([{ rows: [row('a', 0, 'Once', 2)] }], { shelf });
  assert.deepEqual(next.sync.resume(), []);
  assert.equal(next.store.cue('a').text, 'Once');
  assert.equal(await next.sync.flush(), true);
  next.sync.stop();
  assert.equal(shelf.size, 0);
});

test('a network that swallows what is sent is as good as none: it waits and is sent again', async (t) => {
  const { sync, store } = await loaded(['silence']);
  const silence = new AbortController();
  t.mock.method(AbortSignal, 'timeout', () => silence.signal);
  write(store, 'a', 'Once');

  const sent = sync.flush();
  assert.equal(sync.state, 'saving');
  silence.abort(new DOMException('too long', 'TimeoutError'));

  assert.equal(await sent, false);
  sync.stop();
  assert.deepEqual([sync.state, store.pending.length], ['away', 1]);
});

test('what was kept for a working copy that was made anew is given back and not sent', async () => {
  const kept = JSON.stringify({ edits: [{ key: 'a', base: row('a', 0, 'One.'), cue: cueOf(row('a', 0, 'Once')), basedOn: 1 }] });
  const { sync, store, shelf } = await loaded([], { shelf: new Map([['kept', kept]]), basedOn: 2 });

  const left = sync.resume();
  sync.keep();
  sync.stop();

  assert.deepEqual(left.map(({ cue }) => cue.text), ['Once']);
  assert.equal(store.pending.length, 0);
  assert.match(shelf.get('kept'), /Once/); // until somebody says that it can go
  sync.forget(left);
  assert.equal(shelf.size, 0);
});

test('two pages of one browser keep their edits beside each other', async () => {
  const shelf = new Map();
  const [one, other] = [await loaded([new TypeError(), { rows: [row('a', 0, 'Once', 2)] }], { shelf }), await loaded([new TypeError()], { shelf })];
  write(one.store, 'a', 'Once');
  write(other.store, 'b', 'Twice');
  await one.sync.flush();
  await other.sync.flush();
  assert.match(shelf.get('kept'), /Once.*Twice/);

  assert.equal(await one.sync.flush(), true);
  for (const { sync } of [one, other]) sync.stop();

  assert.match(shelf.get('kept'), /Twice/);
  assert.doesNotMatch(shelf.get('kept'), /Once/);
});

test('what is disputed is told as not saved, and sent once it is settled', async () => {
  const clash = { rows: [row('a', 0, 'Theirs', 2)], conflicts: [{ key: 'a', theirs: row('a', 0, 'Theirs', 2) }] };
  const { sync, store, asked } = await loaded([clash, { revision: 3, rows: [row('a', 0, 'Mine', 3)] }]);
  write(store, 'a', 'Mine');
  assert.equal(await sync.flush(), true);
  assert.equal(sync.state, 'disputed');

  store.settle('a', 'mine', 'conflict');
  assert.equal(await sync.flush(), true);
  sync.stop();

  assert.equal(sync.state, 'saved');
  assert.deepEqual(asked.map(({ body }) => body.edits[0].was), [1, 2]);
});

const REFUSALS = [[409, 'replaced'], [422, 'refused'], [401, 'out'], [503, 'away']];
for (const [status, state] of REFUSALS) {
  test(`an answer of ${status} is told as “${state}”, and nothing typed is lost`, async () => {
    const { sync, store, shelf } = await loaded([status]);
    write(store, 'a', 'Once');

    assert.equal(await sync.flush(), false);
    sync.stop();

    assert.equal(sync.state, state);
    assert.match(shelf.get('kept'), /Once/);
  });
}

test('a working copy that was approved meanwhile is noticed when it is asked for news', async () => {
  const { sync } = await loaded([{ revision: 1, served: 2, rows: [] }]);

  await sync.poll();
  sync.stop();

  assert.equal(sync.state, 'replaced');
});

test('a shelf that holds anything at all stops nothing', async () => {
  for (const text of ['', 'null', '[]', '{"edits":3}', '{"edits":[null,{"key":4}]}']) {
    const { sync } = await loaded([], { shelf: new Map([['kept', text]]) });
    assert.deepEqual(sync.resume(), []);
    sync.stop();
  }
});
