// The core of the day in the other two engines: start, go offline, write down a client and a note, be killed, and find
// everything again. Their switches for "offline" leak, so the network really refuses.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import { freshProfile } from '../support/browser.mjs';
import { Person } from '../support/pages.mjs';
import { scenario, until } from '../support/scenario.mjs';
import { serve } from '../support/server.mjs';
import { openWebKit } from '../support/webkit/webdriver.mjs';

scenario('Firefox keeps a client and a note through a kill, offline', async world => {
  const device = await world.device({ engine: 'firefox' });
  const person = new Person(device);
  await device.readyOffline();
  device.deadNetwork(world.server);
  const client = await person.client({ zh: '永澄國際有限公司', phone: '+852 3000 0101' });
  await person.note(client, '在 Firefox 寫的記錄');
  await device.go('/search');
  await person.finds('yongcheng', '永澄國際有限公司');
  await device.go(`/notes/new?org=${client}`);
  await person.writeNote('未寫完');
  await until('the draft', async () => (await device.rows('drafts')) === 1);
  const before = await device.counts();
  await device.kill();

  await device.reopen(`/clients/${client}`);
  await person.reads('在 Firefox 寫的記錄');
  assert.deepEqual(await device.counts(), before);
  await device.go(`/notes/new?org=${client}`);
  assert.equal(await person.main.getByLabel('記錄內容').inputValue(), '未寫完');
}, { timeout: 300_000, expected: /NetworkError|ServiceWorker|NS_ERROR/ });

test('WebKit keeps a client and a note through a kill, offline', { timeout: 300_000 }, async () => {
  const server = await serve();
  const profile = freshProfile();
  let webkit = await openWebKit(profile);
  try {
    await webkit.go(`${server.origin}/more/about`);
    await webkit.reads('已可離線使用');
    server.fault('refuse');

    await webkit.go(`${server.origin}/clients/new`);
    await webkit.type('#main input', '中文名稱', '永澄國際有限公司');
    await webkit.click('#main button', '儲存');
    await webkit.reads('客戶已新增');
    await webkit.until('the page of the client', 'return /clients\\/[0-9a-f-]{36}$/.test(location.pathname)');
    const client = await webkit.js('return location.pathname');
    await webkit.go(`${server.origin}/notes/new?org=${client.split('/')[2]}`);
    await webkit.type('#main textarea', '記錄內容', '在 WebKit 寫的記錄');
    await webkit.click('#main button', '儲存記錄');
    await webkit.reads('記錄已儲存');
    await webkit.kill();

    webkit = await openWebKit(profile);
    await webkit.go(server.origin + client);
    await webkit.reads('在 WebKit 寫的記錄');
    await webkit.reads('永澄國際有限公司');
    await webkit.go(`${server.origin}/search?q=yongcheng`);
    await webkit.find('.pane-list a.row');
    await webkit.reads('永澄國際有限公司');
    // After a kill WebKit asks for the page itself while it still reads the worker's registration; nobody answers.
    const own = ['GET /sw.js', `GET ${client}`];
    assert.deepEqual(server.requests().filter(request => !own.includes(request)), [], 'nothing else was asked for');
  } finally {
    await webkit.close();
    await server.stop();
    fs.rmSync(profile, { recursive: true, force: true });
  }
});
