// Two tabs of one book: what one saves the other shows, neither overwrites the other, and a newer version is met politely.
import assert from 'node:assert/strict';
import { Person } from '../support/pages.mjs';
import { scenario, until } from '../support/scenario.mjs';

/** A second tab of the same device, as a person's hand. */
async function secondTab(device, address) {
  const page = await device.context.newPage();
  await page.goto(device.origin + address);
  await page.locator('.app').waitFor();
  const tab = Object.assign(Object.create(Object.getPrototypeOf(device)), device, { page });
  return { page, person: new Person(tab), tab };
}

scenario('a save in one tab shows in the other', async world => {
  const device = await world.device();
  const person = new Person(device);
  const client = await person.client({ zh: '雲杉物流有限公司' });
  const other = await secondTab(device, `/clients/${client}`);
  await person.note(client, '在第一個分頁寫的');
  await other.person.reads('在第一個分頁寫的');

  await other.person.note(client, '在第二個分頁寫的');
  await device.page.bringToFront();
  await person.reads('在第二個分頁寫的');
  await other.person.client({ zh: '碧瀾貿易有限公司' });
  await device.page.bringToFront();
  await device.page.getByRole('link', { name: '客戶', exact: true }).first().click();
  await device.page.getByRole('link', { name: /碧瀾貿易有限公司/ }).waitFor();
  await device.page.getByRole('link', { name: '搜尋', exact: true }).first().click();
  await person.finds('bilan', '碧瀾貿易有限公司');
});

scenario('two tabs that edit different fields of one client both keep what they wrote', async world => {
  const device = await world.device();
  const person = new Person(device);
  const client = await person.client({ zh: '鼎盛玻璃工程公司', remark: '原來的備註' });
  await device.go(`/clients/${client}/edit`);
  const other = await secondTab(device, `/clients/${client}/edit`);
  await device.page.bringToFront();
  await person.type('備註', '第一個分頁的備註');
  await other.page.bringToFront();
  await other.person.type('英文名稱', 'Second Tab Glass Limited');
  await device.page.bringToFront();
  await person.tap('儲存');
  await person.said('客戶已儲存');
  await other.page.bringToFront();
  await other.person.tap('儲存');
  await other.person.said('客戶已儲存');
  const [stored] = await device.records('organisation');
  assert.deepEqual([stored.body.name_en, stored.body.remark], ['Second Tab Glass Limited', '第一個分頁的備註']);
  await other.person.reads('第一個分頁的備註');
  assert.equal(await device.rows('outbox'), 3, 'each act is queued once');
});

scenario('when a newer version takes the book over, the old tab says so and keeps the text', async world => {
  const device = await world.device();
  const person = new Person(device);
  const client = await person.client({ zh: '青嶼測量師行' });
  await device.go(`/notes/new?org=${client}`);
  await person.writeNote('寫到一半，新版本來了');
  await until('the draft', async () => (await device.rows('drafts')) === 1);

  const newer = await device.context.newPage();
  await newer.goto(`${device.origin}/healthz`);
  const opened = await newer.evaluate(async () => {
    const [{ name, version }] = (await indexedDB.databases()).filter(db => db.name.startsWith('topfloor-'));
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(name, version + 1);
      request.onsuccess = () => { request.result.close(); resolve('opened'); };
      request.onblocked = () => resolve('blocked');
      request.onerror = () => reject(request.error);
    });
  });
  assert.equal(opened, 'opened', 'the old tab let go at once');
  await device.page.bringToFront();
  await person.reads('另一個分頁已開啟較新版本。這個分頁已停止寫入，草稿已保存。');
  await device.accessible('the screen of the old tab');
  const drafts = await device.stored('drafts');
  assert.match(JSON.stringify(drafts.map(row => row.body)), /寫到一半，新版本來了/);
});
