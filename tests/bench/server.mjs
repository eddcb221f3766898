// The gateway under load, on one core, by simulated devices on the other: how many changes a second it takes and how long a
// push waits, with 1, 100 and 1,000 devices; and whether a page costs the same at the end of a long feed as of a short one.
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WireDevice } from '../support/device.mjs';
import { root, serve } from '../support/server.mjs';
import { missed, remark, row } from './table.mjs';

const BATCH = 20;
const FLEETS = [1, 100, 1_000];
/** A fleet pushes for so long; what is under way then is waited for and counts. */
const LOAD_MS = 8_000;
/** Signing in is slow on purpose: what a fleet may spend on it. Devices beyond that share the tokens there are. */
const SIGN_IN_MS = 12_000;
const USERS = 20;
const PASSWORD = 'bench password 2026';

const FEEDS = [1_000, 10_000, 100_000, 1_000_000];
/** A feed is filled through pushes as long as that takes no longer than this; TOPFLOOR_BENCH_FILL_S allows more. */
const FILL_S = Number(process.env.TOPFLOOR_BENCH_FILL_S ?? 60);
const PAGE = 500;
const PAGES_EACH = 5;

export async function server() {
  const program = build();
  const alone = onOneCore();
  await underLoad({ program, under: alone });
  await longFeed({ program, under: alone });
}

function build() {
  execFileSync('cargo', ['build', '--quiet', '--package', 'topfloor-server', '--profile', 'server'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  return path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, 'target'), 'server/topfloor-server');
}

/** The command that keeps a program on one core, where the system has it. */
function onOneCore() {
  if (spawnSync('taskset', ['-c', '0', 'true']).status === 0) return ['taskset', '-c', '0'];
  remark('server: no "taskset" here, so the server had every core');
  return [];
}

async function underLoad(options) {
  for (const size of FLEETS) {
    const names = Array.from({ length: Math.min(USERS, size) }, (_, n) => `user${n}`);
    await withServer({ ...options, users: Object.fromEntries(names.map(name => [name, PASSWORD])) }, async origin => {
      const fleet = await enrol(origin, names, size);
      const waits = [];
      let changes = 0;
      let putOff = 0;
      const begun = performance.now();
      const end = begun + LOAD_MS;
      await Promise.all(fleet.map(async device => {
        do {
          if (!device.queue.length) device.notes(BATCH, { bytes: 700 });
          const batch = device.batch({ most: BATCH });
          const sent = performance.now();
          try {
            const { applied, rejected } = device.settle(batch, await device.send(batch));
            if (rejected) throw new Error(`the server rejected ${JSON.stringify(device.deadLetters[0].outcome)}`);
            changes += applied;
            waits.push(performance.now() - sent);
          } catch (error) {
            if (!error.after) throw error;
            putOff += 1;
            await sleep(error.after * 1_000);
          }
        } while (performance.now() < end);
      }));
      if (putOff) remark(`server, ${size} devices: ${putOff} pushes were put off by the server and are not in its figures`);
      const seconds = (performance.now() - begun) / 1_000;
      const what = `server, one core, ${size.toLocaleString('en')} ${size === 1 ? 'device' : 'devices'}`;
      row(`${what}: changes stored a second`, '', '/s', [changes / seconds]);
      row(`${what}: a push of ${BATCH} changes`, '', 'ms', waits, { tails: [0.99] });
    });
  }
}

/** So many devices, signed in; a device keeps its own numbers even where it shares another's token. */
async function enrol(origin, names, size) {
  const fleet = [];
  const own = [];
  const end = Date.now() + SIGN_IN_MS;
  for (let n = 0; n < size; n += 1) {
    const device = new WireDevice(origin, { name: names[n % names.length], password: PASSWORD, seed: n + 1, timeout: 120_000, keep: true });
    if (own.length === 0 || Date.now() < end) {
      await signIn(device, end);
      if (device.token) own.push(device);
    }
    if (!device.token) {
      const { token, generation, limits } = own[n % own.length];
      // Each shares a range of numbers nobody else uses.
      Object.assign(device, { token, generation, limits, number: n * 1_000_000 });
    }
    fleet.push(device);
  }
  if (own.length < size) remark(`server: ${own.length} of ${size} devices signed in within ${SIGN_IN_MS / 1_000} s; the others pushed with their tokens`);
  return fleet;
}

async function signIn(device, end) {
  for (;;) {
    try {
      await device.login();
      await device.hello();
      return;
    } catch (error) {
      device.token = undefined;
      if (!error.after) throw error;
      if (Date.now() + error.after * 1_000 > end) return;
      await sleep(error.after * 1_000);
    }
  }
}

async function longFeed(options) {
  await withServer({ ...options, users: { anna: PASSWORD } }, async origin => {
    const device = new WireDevice(origin, { name: 'anna', password: PASSWORD, timeout: 120_000, keep: true });
    await device.login();
    await device.hello();
    let length = 0;
    let rate = Infinity;
    const begun = performance.now();
    for (const feed of FEEDS) {
      const spent = (performance.now() - begun) / 1_000;
      const needed = (feed - length) / rate;
      const name = `feed of ${feed.toLocaleString('en')} changes`;
      if (spent + needed > FILL_S) {
        missed.push(`server, ${name}: filling it by pushes at ${Math.round(rate)}/s takes ${Math.round(needed)} s more; TOPFLOOR_BENCH_FILL_S=${Math.ceil((spent + needed) * 1.3)} allows it`);
        break;
      }
      const filled = await fill(device, feed - length);
      length = feed;
      rate = filled.rate;
      row(`${name}: the last pushes of ${device.limits.mutations} changes`, 'not growing', 'ms', filled.last);
      for (const [place, share] of [['beginning', 0], ['middle', 0.5], ['end', 1]]) {
        row(`${name}: a page of ${PAGE} at the ${place}`, 'not growing', 'ms', await pages(device, Math.floor((feed - PAGE) * share)));
      }
    }
    remark('server: feeds were filled by pushes of as many changes as a batch may hold, small notes, one device');
  });
}

/** Pushes so many small notes; the rate, and how long each of the last pushes took. */
async function fill(device, count) {
  const waits = [];
  const begun = performance.now();
  for (let left = count; left > 0;) {
    const most = Math.min(left, device.limits.mutations);
    device.notes(most, { bytes: 1 });
    const sent = performance.now();
    const { applied } = await device.push();
    waits.push(performance.now() - sent);
    // Nobody asks for them again, and a million of them are much.
    device.receipts = [];
    if (applied !== most) throw new Error(`${applied} of ${most} changes applied`);
    left -= most;
  }
  return { rate: count / ((performance.now() - begun) / 1_000), last: waits.slice(-5) };
}

async function pages(device, since) {
  const spent = [];
  for (let round = 0; round < PAGES_EACH; round += 1) {
    const begun = performance.now();
    const page = await device.pullPage('u:self', { since, limit: PAGE });
    spent.push(performance.now() - begun);
    if (page.records.length !== PAGE) throw new Error(`a page of ${page.records.length} after ${since}`);
    device.records.clear();
  }
  return spent;
}

async function withServer(options, job) {
  const server = await serve(options);
  try {
    await job(server.direct());
  } finally {
    await server.stop();
  }
}
