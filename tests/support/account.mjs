// A person with an account: signing in and out, what waits, what the server has.
import assert from 'node:assert/strict';
import { Person } from './pages.mjs';
import { until } from './until.mjs';

export const PASSWORD = 'a long walk up 78 floors';

export class Member extends Person {
  /** Signs this device in, by the form. */
  async signIn(name, deviceName, password = PASSWORD) {
    await this.device.go('/more/account');
    await this.fillSignIn({ name, password, deviceName });
    await this.page.locator('.sign-out').waitFor();
  }

  /** Fills the form in and sends it; whatever is left out stays as it stands there. */
  async fillSignIn({ name, password, deviceName }) {
    if (name) await this.page.locator('#sign-in-name').fill(name);
    if (password) await this.page.locator('#sign-in-password').fill(password);
    if (deviceName) await this.page.locator('#sign-in-device').fill(deviceName);
    await this.page.locator('form.sign-in button[type=submit]').click();
  }

  async queue() {
    await this.device.go('/more/queue');
  }

  /** "Upload now". */
  async upload() {
    await this.queue();
    await this.tap(this.w.sync.upload_now);
  }

  /** Waits until nothing waits on this device any more. */
  async sent(what = 'everything is sent') {
    await until(what, async () => (await this.device.rows('outbox')) === 0);
  }

  /** Brings what the others did to this device. */
  async syncs() {
    await this.upload();
    await this.sent();
    await until('the attempt is over', async () => (await this.page.locator('.sync-trouble .banner').count()) === 0
      && (await this.page.locator('.sync-activity').innerText()).includes(this.w.sync.idle));
  }

  /** What the status says of the last attempt. */
  async troubledBy(text) {
    await this.page.locator('.sync-trouble .banner').filter({ hasText: text }).waitFor();
  }

  /** Waits until a record of this device holds what is expected. */
  async holds(kind, id, check, what) {
    await until(what, async () => {
      const found = (await this.device.records(kind)).find(record => record.id === id);
      return found && check(found);
    });
  }
}

/** The same clients on two devices, in whatever order. */
export async function same(one, other, kind) {
  const plain = async member => (await member.device.records(kind)).map(({ id, body, deleted }) => ({ id, body, deleted }))
    .sort((a, b) => a.id.localeCompare(b.id));
  assert.deepEqual(await plain(one), await plain(other));
}
