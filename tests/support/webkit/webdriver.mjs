// A small client of the W3C WebDriver protocol, for WebKitGTK.
import { execFileSync, spawn } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const host = path.join(path.dirname(fileURLToPath(import.meta.url)), 'wkbrowser.py');
const PATIENCE_MS = 30_000;

/** Starts WebKitGTK on a profile folder; `kill()` is SIGKILL for the browser. */
export async function openWebKit(profile) {
  const port = await freePort();
  const driver = spawn('xvfb-run', ['-a', '-s', '-screen 0 1400x3000x24', process.env.WEBKIT_DRIVER ?? '/usr/bin/WebKitWebDriver', `--port=${port}`],
    { stdio: 'ignore', detached: true });
  const base = `http://127.0.0.1:${port}`;
  await repeat('the driver', async () => (await fetch(`${base}/status`)).ok);
  const features = ['StorageAPI', 'StorageAPIEstimate', 'FileSystem'].flatMap(name => ['--feature', name]);
  const capabilities = { browserName: 'wkbrowser', 'webkitgtk:browserOptions': { binary: host, args: ['--data', profile, ...features] } };
  const { sessionId } = await ask(base, 'POST', '/session', { capabilities: { alwaysMatch: capabilities } });
  return new WebKit(base, `/session/${sessionId}`, driver, profile);
}

class WebKit {
  constructor(base, session, driver, profile) {
    Object.assign(this, { base, session, driver, profile });
  }

  ask(method, address, body) {
    return ask(this.base, method, this.session + address, body);
  }

  go(url) {
    return this.ask('POST', '/url', { url });
  }

  js(script, ...args) {
    return this.ask('POST', '/execute/sync', { script, args });
  }

  /** Waits for what a function body answers to become true; `arguments` hold the values. */
  async until(what, script, ...args) {
    return repeat(what, () => this.js(script, ...args));
  }

  /** The first element that a selector finds and that has this text or label, as soon as it can be seen. */
  async find(selector, name = '') {
    return repeat(`${selector} "${name}"`, async () => {
      const found = await this.js(`
        const named = element => [element.getAttribute('aria-label'), element.innerText, ...(element.labels ? [...element.labels].map(label => label.innerText) : [])];
        const here = [...document.querySelectorAll(arguments[0])].filter(element => element.getClientRects().length);
        return here.find(element => !arguments[1] || named(element).some(text => text?.trim() === arguments[1])) ?? null;`, selector, name);
      return found && Object.values(found)[0];
    });
  }

  async click(selector, name) {
    await this.ask('POST', `/element/${await this.find(selector, name)}/click`, {});
  }

  async type(selector, name, text) {
    const element = await this.find(selector, name);
    await this.ask('POST', `/element/${element}/click`, {});
    await this.ask('POST', `/element/${element}/value`, { text });
  }

  /** Waits for words on the screen, and moves to them: what is not in sight is not drawn. */
  async reads(text) {
    const look = `
      const holds = [...document.querySelectorAll('body *')].filter(element => element.textContent.includes(arguments[0])).pop();
      holds?.scrollIntoView({ block: 'center' });
      return document.body.innerText.includes(arguments[0]);`;
    await this.until(`"${text}" on the screen`, look, text).catch(async error => {
      throw new Error(`${error.message}; the screen says: ${await this.js('return location.href + document.body.innerText.slice(0, 500)')}`);
    });
  }

  /** SIGKILL for the browser and its helpers, all of which have this profile in their command line or are its children. */
  async kill() {
    for (const pid of processesOf(this.profile)) signal(pid, 'SIGKILL');
    await this.endDriver();
  }

  async close() {
    // The window may be gone before the answer is sent.
    await this.ask('DELETE', '', undefined).catch(() => {});
    await this.endDriver();
  }

  async endDriver() {
    signal(-this.driver.pid, 'SIGTERM');
    await new Promise(resolve => (this.driver.exitCode !== null || this.driver.signalCode ? resolve() : this.driver.once('exit', resolve)));
  }
}

async function ask(base, method, address, body) {
  const response = await fetch(base + address, { method, headers: { 'content-type': 'application/json' }, body: body === undefined ? undefined : JSON.stringify(body) });
  const { value } = JSON.parse(await response.text());
  if (value?.error) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

async function repeat(what, look) {
  const end = Date.now() + PATIENCE_MS;
  let last;
  for (;;) {
    try {
      last = await look();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`${what} did not come: ${last}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

function processesOf(profile) {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n')
    .map(line => line.trim().match(/^(\d+)\s+(\d+)\s+(.*)$/)).filter(Boolean).map(([, pid, parent, args]) => ({ pid: Number(pid), parent: Number(parent), args }));
  const found = new Set(all.filter(process => process.args.includes(host) && process.args.includes(profile)).map(process => process.pid));
  for (const process of all) if (found.has(process.parent)) found.add(process.pid);
  return found;
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}

export function freePort() {
  return new Promise(resolve => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
