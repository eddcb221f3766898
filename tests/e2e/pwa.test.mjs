// The installable app: what the first load costs, that it starts without a network however that is said or not said,
// and that neither a portal nor an update can damage the version that is held.
import assert from 'node:assert/strict';
import { nextVersion } from '../support/dist.mjs';
import { Person } from '../support/pages.mjs';
import { demoIds, loadDemo } from '../support/screens.mjs';
import { scenario, until } from '../support/scenario.mjs';

const MOST_REQUESTS = 12;

scenario('the first page takes at most 12 requests, the app is ready offline and can be installed', async world => {
  const device = await world.device();
  await device.readyOffline();
  // The worker's own downloads come after the first page.
  const asked = [...new Set(device.context.asked.filter(request => !request.byWorker).map(request => request.url))];
  assert.ok(asked.length <= MOST_REQUESTS, `first page: ${asked.join('\n')}`);
  assert.ok(asked.length >= 4, 'the requests of the first page were seen');
  await device.go('/more/about');
  await new Person(device).reads('已可離線使用');

  const cdp = await device.context.newCDPSession(device.page);
  const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
  // Playwright's profiles are private ones to the browser; every other reason would be ours.
  assert.deepEqual(installabilityErrors.filter(error => error.errorId !== 'in-incognito'), []);
  const manifest = await cdp.send('Page.getAppManifest');
  assert.deepEqual(manifest.errors, []);
  const content = JSON.parse(manifest.data);
  assert.deepEqual(content.shortcuts.map(shortcut => shortcut.url.split('?')[0]).includes('/notes/new'), true);
  assert.ok(content.share_target && content.file_handlers, 'the system can share to the app and open files with it');
});

scenario('a reload without server and network shows the app, and dead Wi-Fi that nobody announces changes nothing', async world => {
  const device = await world.device();
  const person = new Person(device);
  await device.readyOffline();
  const client = await person.client({ zh: '雲杉物流有限公司' });

  // Nothing answers and no event says so: all there is must come from the device.
  device.deadNetwork(world.server);
  await device.page.reload();
  await device.page.getByRole('heading', { name: '雲杉物流有限公司' }).waitFor();
  await device.go('/');
  await person.note(client, '離線寫下的記錄');
  assert.equal(await device.page.evaluate(() => navigator.onLine), true, 'no event was fired');
  // The browser itself looks for a new worker script after a navigation; the app asks for nothing.
  const asked = world.server.requests().filter(request => request !== 'GET /sw.js');
  assert.deepEqual(asked, [], 'requests that reached the network');

  // A cold start asks nobody either, though the browser would like to ask the server while the worker wakes up.
  await device.kill();
  await device.reopen(`/clients/${client}`);
  await person.reads('離線寫下的記錄');
  assert.deepEqual(world.server.requests().filter(request => request !== 'GET /sw.js'), [], 'requests of a cold start');

  world.server.kill();
  await device.offline(world.server);
  await device.page.reload();
  await device.page.locator('.app').waitFor();
  assert.equal(await device.page.evaluate(() => navigator.onLine), false);
  await device.kill();
  await device.reopen(`/clients/${client}`);
  await person.reads('離線寫下的記錄');
}, { expected: /Failed to update a ServiceWorker/ });

scenario('every address opens without a network', async world => {
  const device = await world.device();
  const person = new Person(device);
  await device.readyOffline();
  const ids = await loadDemo(device, person.w);
  await device.offline(world.server);
  const addresses = ['/', '/clients', '/clients?show=people', '/search', '/search?q=a', '/more', '/clients/new', '/people/new', '/visits/new',
    '/notes/new', '/follow-ups/new', '/canvass', '/canvass/new', '/canvass/import', '/canvass/receive', '/canvass/settings', '/import', '/share', '/more/export', '/more/storage', '/more/settings', '/more/install', '/more/queue', '/more/account', '/more/clashes', '/more/rescue',
    '/more/about', `/clients/${ids.client}`, `/clients/${ids.client}/edit`, `/clients/${ids.client}/merge`, `/people/${ids.person}`,
    `/people/${ids.person}/edit`, `/people/${ids.person}/merge`, `/visits/${ids.planned}`, `/visits/${ids.planned}/edit`,
    `/notes/${ids.note}/correct`, `/follow-ups/${ids.followUp}`, `/canvass/${ids.building}`, `/canvass/${ids.building}/edit`,
    `/canvass/${ids.building}/floors`, `/canvass/${ids.building}/lobby`, `/canvass/${ids.building}/walk`, `/canvass/${ids.building}/results`,
    `/runs/${ids.run}`, `/runs/${ids.run}/handover`];
  for (const address of addresses) {
    await device.page.goto(device.origin + address);
    await device.page.locator('.app').waitFor();
    await until(`the heading of ${address}`, () => device.page.getByRole('heading', { level: 1 }).filter({ hasText: /./ }).count());
    assert.equal(await device.page.getByText('找不到這項記錄').count(), 0, address);
  }
  assert.deepEqual(world.server.requests().filter(request => request !== 'GET /sw.js'), []);
  assert.equal((await demoIds(device, person.w)).client, ids.client);
});

scenario('a captive portal, a busy server or a refusing one during an update leaves the held version whole', async world => {
  const device = await world.device();
  await device.readyOffline();
  const before = await held(device);
  assert.ok(before.length > 8, 'the app is in the cache');
  const next = nextVersion();
  try {
    for (const fault of ['captive', 'mimic', 'portal', 'busy', 'refuse']) {
      world.server.fault(fault);
      assert.equal(await update(device), 'rejected', fault);
      assert.deepEqual(await held(device), before, fault);
    }
    // Worse: the new worker's script arrives, and what it then asks for is the portal's.
    await world.server.swap(next.folder);
    for (const fault of ['captive', 'mimic', 'portal', 'busy', 'refuse']) {
      world.server.fault(`worker+${fault}`);
      await update(device);
      await until(`the attempt under ${fault} to be over`, () => settledWorker(device));
      assert.equal(await version(device), before[0].version, fault);
      const now = (await held(device)).filter(file => file.version === before[0].version);
      assert.deepEqual(now, before, fault);
      await device.page.reload();
      await device.page.locator('.app').waitFor();
    }
    world.server.fault('refuse');
    await device.page.reload();
    await device.page.locator('.app').waitFor();
    // And a good network afterwards brings the whole new version.
    world.server.fault('pass');
    await update(device);
    await until('the new version to wait', () => waiting(device), { timeout: 30_000 });
  } finally {
    next.remove();
  }
}, { expected: /ServiceWorker|sw\.js|Uncaught \(in promise\)/ });

scenario('an update is offered, waits for a form that is being edited, and is applied by a tap', async world => {
  const device = await world.device({ device: 'tablet' });
  const person = new Person(device);
  await device.readyOffline();
  const old = await version(device);
  await device.go('/notes/new');
  await person.writeNote('正在寫的內容');
  const next = nextVersion();
  try {
    await world.server.swap(next.folder);
    await update(device);
    await person.reads('請先完成或儲存正在寫的內容');
    assert.equal(await device.button('更新並重新開啟').isDisabled(), true);
    assert.equal(await version(device), old);
    assert.equal(await person.main.getByLabel('記錄內容').inputValue(), '正在寫的內容');

    await person.tap('儲存記錄');
    await person.said('記錄已儲存');
    await person.reads('新版本已備妥');
    await device.page.evaluate(() => { window.before = true; });
    await device.button('更新並重新開啟').click();
    await until('the page to be opened anew', () => device.page.evaluate(() => window.before !== true && !!document.querySelector('.app')).catch(() => false));
    assert.equal(await version(device), next.version);
    assert.equal((await device.records('note')).length, 1);
    // The new version is whole: it starts without a network.
    await device.readyOffline();
    await device.offline(world.server);
    await device.page.reload();
    await device.page.locator('.app').waitFor();
  } finally {
    next.remove();
  }
});

scenario('the policy is really there: what it forbids is stopped and reported', async world => {
  const device = await world.device();
  await device.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
  });
  assert.equal(await device.page.evaluate(() => window.injected), undefined);
  await until('the report', async () => (await world.server.cspReports()) === 1);
  // The world's own judgement wants none.
  world.server.cspReports = async () => 0;
}, { expected: /Content Security Policy/ });

/** Every file in the app's caches with the digest of its content. */
async function held(device) {
  return device.page.evaluate(async () => {
    const files = [];
    for (const name of (await caches.keys()).filter(name => name.startsWith('topfloor-app-'))) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const body = await (await cache.match(request)).arrayBuffer();
        const digest = Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', body)), byte => byte.toString(16)).join('');
        files.push({ version: name.slice('topfloor-app-'.length), path: new URL(request.url).pathname, digest });
      }
    }
    return files;
  });
}

async function update(device) {
  return device.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return registration.update().then(() => 'fetched', () => 'rejected');
  });
}

/** No new worker is being installed, whatever came of it. */
async function settledWorker(device) {
  return device.page.evaluate(async () => !(await navigator.serviceWorker.ready).installing);
}

async function waiting(device) {
  return device.page.evaluate(async () => !!(await navigator.serviceWorker.ready).waiting);
}

/** The version of the worker that this page is served by. */
async function version(device) {
  return device.page.evaluate(async () => {
    const channel = new MessageChannel();
    const answer = new Promise(resolve => { channel.port1.onmessage = event => resolve(event.data.version); });
    (await navigator.serviceWorker.ready).active.postMessage({ type: 'version' }, [channel.port2]);
    return answer;
  });
}
