// The app as a person meets it: page objects over names that can be seen or heard, never over the inside.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { freshProfile, openBrowser } from './browser.mjs';
import { root } from './server.mjs';

const axeSource = fs.readFileSync(path.join(root, 'tests/node_modules/axe-core/axe.min.js'), 'utf8');

/** A device with the app on it. */
export class Device {
  constructor(origin, options) {
    this.origin = origin;
    this.options = options;
    this.profile = freshProfile();
    this.earlier = { complaints: [], asked: [] };
  }

  static async start(origin, options = {}) {
    const device = new Device(origin, options);
    await device.open();
    return device;
  }

  /** Starts the browser on this device's profile and opens the app. */
  async open(address = '/') {
    this.context = await openBrowser(this.profile, this.options);
    this.page = this.context.pages()[0] ?? (await this.context.newPage());
    // Airplane mode outlives the browser.
    if (this.airplane) await this.context.setOffline(true);
    await this.go(address);
    return this;
  }

  async go(address) {
    await this.page.goto(this.origin + address);
    await this.page.locator('.app, .empty').first().waitFor();
    return this;
  }

  /** Waits until every file of the app is on the device: "ready offline". */
  async readyOffline() {
    await this.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      for (let turn = 0; turn < 200; turn += 1) {
        const channel = new MessageChannel();
        const answer = new Promise(resolve => { channel.port1.onmessage = event => resolve(event.data); });
        registration.active.postMessage({ type: 'status' }, [channel.port2]);
        const { ready } = await answer;
        if (ready) return;
        await new Promise(resolve => setTimeout(resolve, 100));
      }
      throw new Error('not ready offline after 20 s');
    });
    return this;
  }

  /** The network is gone in every way that can be told: nothing answers, and the browser says so. */
  async offline(server) {
    server.fault('refuse');
    this.airplane = true;
    await this.context.setOffline(true);
  }

  /** The honest case of dead Wi-Fi: nothing answers and no event ever says so. */
  deadNetwork(server) {
    server.fault('refuse');
  }

  async online(server) {
    server.fault('pass');
    this.airplane = false;
    await this.context.setOffline(false);
  }

  /** SIGKILL in the middle of whatever it was doing, as a system short of memory does. */
  async kill() {
    this.remember();
    await this.context.kill();
  }

  /** The browser starts again on what the last one left. */
  async reopen(address = '/') {
    return this.open(address);
  }

  remember() {
    this.earlier.complaints.push(...this.context.complaints);
    this.earlier.asked.push(...this.context.asked);
    this.context.complaints = [];
    this.context.asked = [];
  }

  complaints() {
    return [...this.earlier.complaints, ...(this.context?.complaints ?? [])];
  }

  /** Addresses outside the app's own origin that anything on this device asked for. */
  strangers() {
    const all = [...this.earlier.asked, ...(this.context?.asked ?? [])];
    return all.map(({ url }) => url).filter(url => !/^(data|blob|about|chrome):/.test(url) && new URL(url).origin !== this.origin);
  }

  async close() {
    await this.context.close();
  }

  async remove() {
    await this.close().catch(() => {});
    fs.rmSync(this.profile, { recursive: true, force: true });
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  link(name) {
    return this.page.getByRole('link', { name, exact: true });
  }

  field(name) {
    return this.page.getByLabel(name, { exact: true });
  }

  /** Waits for what the app says it just did. */
  async said(text) {
    await this.page.locator('.notice').filter({ hasText: text }).first().waitFor();
  }

  /** Rows in a store of this device's database. */
  async rows(store) {
    return this.page.evaluate(async name => {
      const databases = (await indexedDB.databases()).filter(db => db.name.startsWith('topfloor-'));
      let count = 0;
      for (const { name: database } of databases) {
        const db = await new Promise((resolve, reject) => {
          const request = indexedDB.open(database);
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        count += await new Promise((resolve, reject) => {
          const request = db.transaction(name).objectStore(name).count();
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        db.close();
      }
      return count;
    }, store);
  }

  /** Rows of every store, by its name. */
  async counts() {
    const stores = ['records', 'outbox', 'blobs', 'drafts', 'bin', 'leads', 'imports', 'plans', 'fills', 'unknown'];
    const counts = {};
    for (const store of stores) counts[store] = await this.rows(store);
    return counts;
  }

  /** All rows of a store, bodies read as JSON; only for small books. */
  async stored(store) {
    return this.page.evaluate(async name => {
      const found = [];
      for (const { name: database } of (await indexedDB.databases()).filter(db => db.name.startsWith('topfloor-'))) {
        const wait = request => new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        const db = await wait(indexedDB.open(database));
        found.push(...await wait(db.transaction(name).objectStore(name).getAll()));
        db.close();
      }
      return found.map(row => {
        let body = null;
        try {
          body = JSON.parse(new TextDecoder().decode(row.body));
        } catch {
          // A picture, not words.
        }
        return { ...row, body, size: row.body?.byteLength };
      });
    }, store);
  }

  /** Live records of a kind with their bodies. */
  async records(kind) {
    return (await this.stored('records')).filter(row => row.live === kind);
  }

  /** No rule of WCAG 2.2 AA or of axe's best practice is broken on this screen. */
  async accessible(where) {
    assert.deepEqual(await this.violations(), [], `accessibility of ${where}`);
  }

  /** The broken rules, each with the elements that break it. */
  async violations() {
    // Entering elements are half transparent for 120 ms, which is not the contrast anybody reads.
    await this.page.evaluate(() => Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => {}))));
    const cdp = this.options?.engine === 'firefox' ? null : await this.context.newCDPSession(this.page);
    // The page's own policy rightly forbids injected scripts; the debugger's evaluation is not subject to it.
    if (cdp) await cdp.send('Runtime.evaluate', { expression: axeSource });
    else await this.page.evaluate(axeSource);
    // The size of targets is measured by a test of its own: here what a sticky bar covers at the moment would count as small.
    const found = await this.page.evaluate(() =>
      window.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        rules: { 'target-size': { enabled: false } },
      })
        .then(result => result.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)}`))));
    await cdp?.detach();
    return found;
  }

  /** Nothing was reported by the page that a person would call an error. */
  clean() {
    assert.deepEqual(this.complaints(), []);
  }
}
