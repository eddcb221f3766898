// The real server over the real dist/, with a data folder of its own, behind a proxy that can break the way to it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProxy } from './proxy.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** The build that is tested. */
export const built = process.env.TOPFLOOR_DIST ?? path.join(root, 'dist');

/**
 * Starts the server; `origin` is what the browser opens, `fault(mode)` breaks or mends the way to it. Of `dist` or an
 * object: `data` is a folder to keep (else a new one, removed at the end), `users` are names with their passwords,
 * `program` another build of the server, `under` a command to start it by.
 */
export async function serve(options = {}) {
  const { dist = built, data, users = {}, program = builtServer(), under = [] } = typeof options === 'string' ? { dist: options } : options;
  if (!existsSync(program)) throw new Error(`${program} is missing: run the tests by "cargo xtask test e2e"`);
  const folder = data ?? mkdtempSync(path.join(os.tmpdir(), 'topfloor-data-'));
  const backup = `${folder}.backup`;
  const removed = () => {
    rmSync(backup, { recursive: true, force: true });
    if (!data) rmSync(folder, { recursive: true, force: true });
  };
  // Also when the program that started it fails: nothing of it is left running.
  const abandoned = () => {
    upstream?.child.kill('SIGKILL');
    removed();
  };
  process.once('exit', abandoned);
  const start = dist => startServer([...under, program, '--dist', dist, '--data', folder, '--port', '0']);
  /** A server that is no longer wanted and one in its place never have the data open at the same time. */
  const replace = async next => {
    await ended(upstream.child, 'SIGTERM');
    current = next;
    upstream = await start(current);
  };

  let upstream;
  let current = dist;
  const addUser = (name, password, ...more) => administer(program, ['user', 'add', name, '--data', folder, ...more], `${password}\n`);
  for (const [name, password] of Object.entries(users)) await addUser(name, password);
  upstream = await start(current);
  const proxy = await startProxy(() => upstream.port);
  return {
    origin: `http://localhost:${proxy.port}`,
    data: folder,
    /** Past the proxy, for load. */
    direct: () => `http://127.0.0.1:${upstream.port}`,
    fault: proxy.fault,
    connections: proxy.connections,
    requests: proxy.requests,
    outcomes: proxy.outcomes,
    addUser,
    /** Another command of the server on this data: `administer('doctor')`; what it printed. */
    administer: (...words) => administer(program, [...words, '--data', folder]),
    importRescue: (file, user, passphrase) => administer(program, ['import-rescue', file, '--user', user, '--data', folder], `${passphrase}\n`),
    /** The same address answers with another build from now on. */
    async swap(other) {
      await replace(other);
      proxy.fault('pass');
    },
    /** Ends in good order, or starts after a kill: the same address and the same data. */
    restart: () => replace(current),
    /** A copy of the data now, and the server as it was then. */
    backup: () => administer(program, ['backup', backup, '--data', folder]),
    async restore() {
      await ended(upstream.child, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
      await administer(program, ['restore', backup, '--data', folder]);
      upstream = await start(current);
    },
    async cspReports() {
      const answer = await fetch(`http://localhost:${upstream.port}/csp-report`);
      return (await answer.json()).count;
    },
    /** The server process is gone; the proxy stays and finds nobody behind it. */
    kill() {
      upstream.child.kill('SIGKILL');
    },
    /** As `kill`, and waits until nothing of it runs any more. */
    kill9: () => ended(upstream.child, 'SIGKILL'),
    async stop() {
      await proxy.stop();
      await ended(upstream.child, 'SIGTERM');
      process.off('exit', abandoned);
      removed();
    },
  };
}

function builtServer() {
  return process.env.TOPFLOOR_SERVER ?? path.join(root, 'target/debug/topfloor-server');
}

async function startServer([command, ...rest]) {
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  // A line for each request is not what a test's output is read for.
  child.stderr.on('data', chunk => {
    const lines = String(chunk).split('\n').filter(line => line && !/ INFO /.test(line));
    if (lines.length) process.stderr.write(`${lines.join('\n')}\n`);
  });
  const port = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', chunk => {
      output += chunk;
      const found = output.match(/http:\/\/localhost:(\d+)/);
      if (found) resolve(Number(found[1]));
    });
    child.once('error', reject);
    child.once('exit', code => reject(new Error(`the server ended with ${code}`)));
  });
  return { child, port };
}

async function ended(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** Runs one of the server's own commands to its end. */
async function administer(program, words, input = '') {
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  let complained = '';
  child.stdout.on('data', chunk => { said += chunk; });
  child.stderr.on('data', chunk => { complained += chunk; });
  // A command that wants no input may be gone before it is written.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${words.slice(0, 2).join(' ')} ended with ${code}: ${complained.trim()}`);
  return said;
}
