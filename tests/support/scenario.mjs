// A test with a server and devices of its own. Whatever it was about, it also fails when a page complained, when the
// content security policy stopped something, or when anybody but the app's own server was asked for anything.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { Device } from './app.mjs';
import { root, serve } from './server.mjs';

export { until } from './until.mjs';

const pictures = path.join(root, 'target/e2e');

/**
 * `body` gets a world: `world.server`, `world.device(options)`. `expected` are complaints, and
 * addresses a portal led to, that belong to the test; `users` the accounts on the server with their passwords.
 */
export function scenario(name, body, { timeout = 240_000, expected = /(?!)/, users } = {}) {
  test(name, { timeout }, async () => {
    const world = new World();
    try {
      await world.begin(users);
      await body(world);
      await world.judge(expected);
    } catch (error) {
      await world.picture(name, error);
      throw error;
    } finally {
      await world.end();
    }
  });
}

class World {
  devices = [];

  async begin(users) {
    this.server = await serve({ users });
  }

  async device(options) {
    const device = await Device.start(this.server.origin, options);
    this.devices.push(device);
    return device;
  }

  async judge(expected) {
    for (const device of this.devices) {
      assert.deepEqual(device.complaints().filter(text => !expected.test(text)), [], 'the page complained');
      assert.deepEqual(device.strangers().filter(url => !expected.test(url)), [], 'a stranger was asked');
    }
    const reports = await this.server.cspReports().catch(() => 0);
    assert.equal(reports, 0, 'the content security policy stopped something');
  }

  async picture(name, error) {
    fs.mkdirSync(pictures, { recursive: true });
    for (const [at, device] of this.devices.entries()) {
      const file = path.join(pictures, `${name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}-${at + 1}.png`);
      const taken = await device.page?.screenshot({ path: file, timeout: 5_000 }).then(() => true, () => false);
      const complaints = device.complaints();
      // The reporter shows the stack, which holds the message as it was when the error was made.
      if (taken) error.stack += `\n  picture: ${path.relative(root, file)} of ${device.page.url()}`;
      if (complaints.length) error.stack += `\n  complaints: ${complaints.join(' | ').slice(0, 1000)}`;
    }
  }

  async end() {
    for (const device of this.devices) await device.remove();
    await this.server?.stop();
  }
}
