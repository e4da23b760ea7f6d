// Marks reach the server once, in whatever order the network comes and goes; nothing is lost and nothing is doubled.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { AnswerQueue } from '../../edu/static/js/quiz/answer-queue.js';
import { Sync } from '../../edu/static/js/stations/checklist-sync.js';

/** A server that keeps marks by revision as ours does, and can be cut off before or after it has kept them. */
class Server {
  kept = new Map();
  calls = 0;
  cut = '';
  status = 200;

  put = async (waiting) => {
    this.calls += 1;
    if (this.cut === 'before') throw new TypeError('no network');
    const saved = [];
    const stale = [];
    for (const { item, rev, response } of waiting) {
      const known = this.kept.get(item);
      if (!known || known.rev < rev) this.kept.set(item, { item, rev, response });
      const now = this.kept.get(item);
      if (JSON.stringify(now.response) === JSON.stringify(response)) saved.push({ item, rev: now.rev });
      else stale.push(now);
    }
    if (this.cut === 'after') throw new TypeError('the answer was lost');
    return { ok: this.status < 300, status: this.status, json: async () => ({ saved, stale }) };
  };
}

function made() {
  const shelf = new Map();
  const storage = { getItem: (k) => shelf.get(k) ?? null, setItem: (k, v) => void shelf.set(k, v), removeItem: (k) => void shelf.delete(k) };
  const queue = new AnswerQueue(storage, '/run');
  const server = new Server();
  const told = [];
  const gaveWay = [];
  const sync = new Sync(queue, { put: server.put, tell: (state) => told.push(state), giveWay: (later) => gaveWay.push(later) });
  return { storage, queue, server, sync, told, gaveWay };
}

test('what is marked without network is sent once there is one', async () => {
  const { queue, server, sync, told } = made();
  server.cut = 'before';
  queue.put('A1', { value: 2 });
  assert.equal(await sync.flush(), false);
  queue.put('A2', { value: 1 });
  server.cut = '';

  assert.equal(await sync.flush(), true);

  sync.stop();
  assert.deepEqual([...server.kept.keys()], ['A1', 'A2']);
  assert.deepEqual(told, ['kept', 'saved']);
  assert.deepEqual(queue.waiting, []);
});

test('marks whose acknowledgement was lost are sent again and stand once', async () => {
  const { queue, server, sync } = made();
  server.cut = 'after';
  queue.put('A1', { value: 2 });
  await sync.flush();
  assert.equal(queue.waiting.length, 1);
  server.cut = '';

  assert.equal(await sync.flush(), true);

  sync.stop();
  assert.equal(server.kept.size, 1);
  assert.deepEqual(server.kept.get('A1'), { item: 'A1', rev: 1, response: { value: 2 } });
});

test('two calls at once send one request', async () => {
  const { queue, server, sync } = made();
  queue.put('A1', { value: 2 });

  assert.deepEqual(await Promise.all([sync.flush(), sync.flush()]), [true, true]);

  assert.equal(server.calls, 1);
});

test('a mark that was given later elsewhere is shown here', async () => {
  const { queue, server, sync, told, gaveWay } = made();
  server.kept.set('A1', { item: 'A1', rev: 7, response: { value: 0 } });
  queue.put('A1', { value: 2 });

  await sync.flush();

  assert.deepEqual(gaveWay, [{ item: 'A1', rev: 7, response: { value: 0 } }]);
  assert.deepEqual([told, queue.waiting, queue.newest('A1')], [['elsewhere'], [], 7]);
});

test('a run that was finished elsewhere takes nothing more, and nothing waits for ever', async () => {
  const { queue, server, sync, told } = made();
  server.status = 409;
  queue.put('A1', { value: 2 });

  assert.equal(await sync.flush(), false);

  assert.deepEqual([told, queue.waiting, await sync.flush(), server.calls], [['closed'], [], false, 1]);
});

test('a refused page keeps its marks for the next one', async () => {
  const { storage, queue, server, sync, told } = made();
  server.status = 400;
  queue.put('A1', { value: 2 });

  await sync.flush();

  assert.deepEqual(told, ['refused']);
  const next = new AnswerQueue(storage, '/run');
  assert.deepEqual(next.meet('A1', 0), { item: 'A1', rev: 1, response: { value: 2 } });
});
