// 10,000 records of about 1 KB between a browser and a server: the app with the gateway, and PouchDB with a server of the
// CouchDB protocol, turn by turn in one run, so that both meet the same machine.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Device } from '../support/app.mjs';
import { backupFile } from '../support/books.mjs';
import { freshProfile, openBrowser } from '../support/browser.mjs';
import { WireDevice } from '../support/device.mjs';
import { Person } from '../support/pages.mjs';
import { root, serve } from '../support/server.mjs';
import { until } from '../support/until.mjs';
import { median, missed, remark, row } from './table.mjs';

const RECORDS = 10_000;
const BYTES = 1_000;
const ROUNDS = 3;
/** PouchDB's own default is 100, which is slower; of its storage adapters this is the faster one. */
const POUCH = { adapter: 'indexeddb', batch_size: 500, batches_limit: 10 };
const PATIENCE_MS = 300_000;
const PASSWORD = 'bench password 2026';

export async function sync() {
  const ours = { push: [], pull: [] };
  const pouch = { push: [], pull: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const way of ['push', 'pull']) {
      // What one side fails at is no reason not to know the other.
      await measured(`the app's ${way}`, ours[way], () => withBook(round, way === 'push' ? ourPush : ourPull));
    }
    await measured('PouchDB', [], () => withPouch(async page => {
      const { push, pull } = await page.evaluate(replicate, { docs: docs(round), options: POUCH });
      pouch.push.push(push);
      pouch.pull.push(pull);
    }));
  }
  for (const [way, goal] of [['push', 1.5], ['pull', 3]]) {
    const what = `${way} of ${RECORDS.toLocaleString('en')} records of 1 KB`;
    if (pouch[way].length) row(`${what}: PouchDB (${POUCH.adapter}) and a CouchDB-protocol server`, '', 'ms', pouch[way]);
    if (ours[way].length) row(`${what}: the app and the gateway`, '', 'ms', ours[way]);
    if (pouch[way].length && ours[way].length) row(`${what}: how many times faster`, `≥ ${goal}`, '×', [median(pouch[way]) / median(ours[way])]);
  }
  remark(`PouchDB with batches of ${POUCH.batch_size}, against express-pouchdb over LevelDB; the app from the tap on "sign in" until ` +
    'its queue is empty, or until every record is in its database');
}

async function measured(what, values, job) {
  try {
    const spent = await job();
    if (spent !== undefined) values.push(spent);
  } catch (error) {
    const text = `sync, ${what}: ${String(error.message).split('\n')[0]}`;
    if (!missed.includes(text)) missed.push(text);
  }
}

/** A gateway with one user, and the app ready on a fresh profile. */
async function withBook(round, job) {
  const server = await serve({ users: { anna: PASSWORD } });
  try {
    const device = await Device.start(server.origin, { device: 'phone' });
    try {
      await device.readyOffline();
      return await job({ device, server, round });
    } finally {
      await device.remove();
    }
  } finally {
    await server.stop();
  }
}

/** A book that was filled before anybody signed in: from signing in until the server has all of it. */
async function ourPush({ device, round }) {
  const person = new Person(device);
  const file = backupFile({ clients: 1, notes: RECORDS - 1, bytesOfNote: BYTES, queued: true, seed: round + 1 });
  await device.go('/more/storage');
  await person.main.locator('input[type=file]').setInputFiles(file);
  await device.page.getByText(person.w.exchange.restored).first().waitFor({ timeout: PATIENCE_MS });
  const waiting = await device.rows('outbox');
  if (waiting !== RECORDS) throw new Error(`${waiting} rows wait in place of ${RECORDS}`);
  const begun = await signIn(device, person);
  await until('the server to have everything', () => device.page.evaluate(reached, { store: 'outbox' }), { timeout: PATIENCE_MS });
  return performance.now() - begun;
}

/** A fresh device of a user whose book another device has filled: from signing in until all of it is here. */
async function ourPull({ device, server, round }) {
  const other = new WireDevice(server.direct(), { name: 'anna', password: PASSWORD, seed: round + 1 });
  await other.login();
  await other.hello();
  other.notes(RECORDS, { bytes: BYTES });
  const { applied } = await other.pushAll();
  if (applied !== RECORDS) throw new Error(`${applied} records applied in place of ${RECORDS}`);
  const last = other.receipts.at(-1).record;
  const begun = await signIn(device, new Person(device));
  await until('the last record', () => device.page.evaluate(reached, { store: 'records', key: last }), { timeout: PATIENCE_MS });
  const spent = performance.now() - begun;
  const records = await device.rows('records');
  if (records < RECORDS) throw new Error(`${records} records came in place of ${RECORDS}`);
  return spent;
}

/** Runs in the page: waits until a store of the book is empty, or holds a key. To count 10,000 rows would slow down what is measured. */
async function reached({ store, key }) {
  const wait = request => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const names = (await indexedDB.databases()).map(({ name }) => name).filter(name => name.startsWith('topfloor-'));
  const books = await Promise.all(names.map(name => wait(indexedDB.open(name))));
  try {
    for (let turn = 0; turn < 100; turn += 1) {
      const found = await Promise.all(books.map(book => wait(book.transaction(store).objectStore(store).openKeyCursor(key))));
      if (key === undefined ? found.every(cursor => !cursor) : found.some(Boolean)) return true;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    // A book that was made meanwhile is looked at too.
    return false;
  } finally {
    for (const book of books) book.close();
  }
}

/** When the form was sent. */
async function signIn(device, person) {
  const { sync } = person.w;
  await device.go('/more/account');
  await device.field(sync.account_name).fill('anna');
  await device.field(sync.password).fill(PASSWORD);
  const begun = performance.now();
  await device.button(sync.sign_in).tap();
  return begun;
}

async function withPouch(job) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'topfloor-couch-'));
  const profile = freshProfile();
  const child = spawn(process.execPath, [path.join(root, 'tests/bench/couch.mjs'), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const origin = await new Promise((resolve, reject) => {
      child.stdout.once('data', line => resolve(String(line).trim()));
      child.once('exit', code => reject(new Error(`the CouchDB-protocol server ended with ${code}`)));
    });
    const context = await openBrowser(profile);
    try {
      const [page] = context.pages();
      await page.goto(`${origin}/bench`);
      return await job(page);
    } finally {
      await context.close();
    }
  } finally {
    child.kill('SIGTERM');
    for (const place of [folder, profile]) fs.rmSync(place, { recursive: true, force: true });
  }
}

/** The same notes as the app gets, as documents. */
function docs(round) {
  const source = new WireDevice('', { seed: round + 1 });
  return source.notes(RECORDS, { bytes: BYTES }).map(({ body }) => {
    const { record, kind, schema, action: { create } } = JSON.parse(body);
    return { _id: record, kind, schema, created: create.created, body: create.body };
  });
}

/** Runs in the page: fills a database, pushes it, and pulls it into another. */
async function replicate({ docs, options: { adapter, ...options } }) {
  const { PouchDB } = window;
  const remote = new PouchDB(`${location.origin}/book`);
  await remote.info();
  const first = new PouchDB('first', { adapter });
  for (let at = 0; at < docs.length; at += 500) await first.bulkDocs(docs.slice(at, at + 500));
  const timed = async job => {
    const begun = performance.now();
    await job();
    return performance.now() - begun;
  };
  const push = await timed(() => first.replicate.to(remote, options));
  const second = new PouchDB('second', { adapter });
  const pull = await timed(() => second.replicate.from(remote, options));
  for (const [name, db] of [['server', remote], ['second database', second]]) {
    const { doc_count } = await db.info();
    if (doc_count !== docs.length) throw new Error(`${doc_count} of ${docs.length} in the ${name}`);
  }
  return { push, pull };
}
