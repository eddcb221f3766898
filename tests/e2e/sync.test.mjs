// One user with two devices, and two partners, against the real gateway over bad networks: what is written on one is on
// the other, nothing acknowledged is missing, nothing is there twice.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { Member, PASSWORD, same } from '../support/account.mjs';
import { backupFile } from '../support/books.mjs';
import { jpeg } from '../support/pictures.mjs';
import { scenario, until } from '../support/scenario.mjs';
import { Walker, restored, startWalk } from '../support/walk.mjs';

const users = { chan: PASSWORD, wong: PASSWORD };

/** A phone and a tablet of one user, with one client on both. */
async function twoDevices(world) {
  const phone = new Member(await world.device());
  const client = await phone.client({ zh: '雲杉物流有限公司', remark: '最初' });
  await phone.signIn('chan', '手機');
  await phone.sent();
  const tablet = new Member(await world.device({ device: 'tablet' }));
  await tablet.signIn('chan', '平板');
  await tablet.holds('organisation', client, () => true, 'the client is on the tablet');
  return { phone, tablet, client };
}

async function edit(member, client, fields) {
  await member.device.go(`/clients/${client}/edit`);
  for (const [label, text] of Object.entries(fields)) await member.type(label, text);
  await member.tap('儲存');
  await member.said('客戶已儲存');
}

scenario('a book made before the first sign-in is bound and comes whole to the second device, picture and all', async world => {
  const phone = new Member(await world.device());
  const client = await phone.client({ zh: '雲杉物流有限公司', remark: '登入之前' });
  await phone.device.go(`/notes/new?org=${client}`);
  await phone.writeNote('第一次見面');
  const picture = await jpeg(phone.page, 1_200, 900);
  await phone.main.locator('input[type=file]').setInputFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: picture });
  await phone.page.getByRole('button', { name: /^相片/ }).first().waitFor();
  await phone.tap('儲存記錄');
  await phone.said('記錄已儲存');
  await phone.signIn('chan', '手機');
  await phone.sent();
  const tablet = new Member(await world.device({ device: 'tablet' }));
  await tablet.signIn('chan', '平板');
  await tablet.holds('organisation', client, record => record.body.remark === '登入之前', 'the client is on the tablet');
  await until('the picture', async () => (await tablet.device.rows('blobs')) === 1);
  await same(phone, tablet, 'note');
  assert.equal(await phone.device.rows('transfers'), 0);

  // From the tablet back to the phone.
  await tablet.note(client, '在桌上寫的');
  await tablet.sent();
  await phone.syncs();
  await same(phone, tablet, 'note');
  await phone.device.go(`/clients/${client}`);
  await phone.reads('在桌上寫的');
}, { users });

scenario('different fields merge, the same field asks, a deletion against an edit asks, and the choice can be undone', async world => {
  const { phone, tablet, client } = await twoDevices(world);
  await phone.device.offline(world.server);
  await edit(phone, client, { 備註: '電話上改的', 英文名稱: 'Spruce Logistics' });
  await world.server.fault('pass');
  await edit(tablet, client, { 備註: '平板上改的', 地址: '香港中環德輔道中 1 號' });
  await tablet.sent();
  await phone.device.online(world.server);
  await phone.syncs();
  // What the server had first stays, on both devices; the rest of both is there.
  for (const member of [phone, tablet]) {
    await member.syncs();
    await member.holds('organisation', client, ({ body }) => body.remark === '平板上改的'
      && body.name_en === 'Spruce Logistics', 'both merged');
    assert.equal(await member.device.rows('outbox'), 0);
  }
  await same(phone, tablet, 'clash');
  await tablet.device.go('/more/clashes');
  await tablet.reads('電話上改的');
  await tablet.reads('平板上改的');
  await tablet.page.locator('.clash .side').nth(1).locator('.button').click();
  await tablet.holds('organisation', client, ({ body }) => body.remark === '電話上改的', 'the choice');
  await tablet.undo('');
  await tablet.holds('organisation', client, ({ body }) => body.remark === '平板上改的', 'the choice is taken back');
  await tablet.page.locator('.clash .side').nth(1).locator('.button').click();
  await tablet.page.locator('.clash').waitFor({ state: 'detached' });
  await tablet.sent();
  await phone.syncs();
  await phone.holds('organisation', client, ({ body }) => body.remark === '電話上改的', 'the choice on the other device');
  assert.equal((await phone.device.records('clash')).filter(({ body }) => !body.chosen).length, 0);
}, { users });

scenario('a portal, a busy server, a cut request, half an answer and a lost answer lose nothing and double nothing', async world => {
  const { server } = world;
  const phone = new Member(await world.device());
  await phone.signIn('chan', '手機');
  await phone.syncs();
  // A network that answers in the server's place is recognised by the first small request; what is cut or lost is cut
  // where it hurts most, at the push.
  const faults = [
    ['captive', '/v1/', '這個網絡要先登入'], ['portal302', '/v1/', '這個網絡要先登入'], ['e503', '/v1/', '503'],
    ['refuse', '/v1/', '沒有回應'], ['captive', '/v1/push', '這個網絡要先登入'], ['reset-up 300', '/v1/push', '沒有回應'],
    ['reset-down 20', '/v1/push', '沒有回應'], ['truncate', '/v1/push', '沒有回應'], ['lost-answer', '/v1/push', '沒有回應'],
  ];
  for (const [mode, path, words] of faults) {
    await server.fault(mode, { path });
    await phone.note('', `記錄於 ${mode} ${path}`);
    await phone.upload();
    await phone.troubledBy(words);
    assert.ok((await phone.device.rows('outbox')) > 0, `${mode}: nothing counts as delivered`);
    await server.fault('pass');
  }
  await phone.syncs();
  // Asked to wait it waits; a batch that is too large goes in halves, and nothing of it is set aside.
  await phone.note('', '太忙');
  await server.fault('e429', { path: '/v1/push', times: 1, after: 1 });
  await phone.syncs();
  await server.fault('refuse', { path: '/v1/' });
  await phone.note('', '太大一');
  await phone.note('', '太大二');
  await server.fault('e413', { path: '/v1/push', times: 1 });
  await phone.syncs();
  assert.equal(await phone.device.rows('refused'), 0);
  const tablet = new Member(await world.device());
  await tablet.signIn('chan', '平板');
  await until('all notes', async () => (await tablet.device.records('note')).length === faults.length + 3);
  await same(phone, tablet, 'note');
}, { users, expected: /localhost:9\/login/ });

scenario('a server killed in the middle and one restored from an older backup lose nothing that was acknowledged', async world => {
  const { server } = world;
  const { phone, tablet, client } = await twoDevices(world);
  await server.backup();
  await phone.note(client, '備份之後');
  await phone.sent();
  await tablet.syncs();
  await phone.note(client, '伺服器被殺時');
  await server.kill9();
  await phone.upload();
  await phone.troubledBy('沒有回應');
  await server.restart();
  await phone.syncs();
  await server.restore();
  await phone.syncs();
  await tablet.syncs();
  for (const member of [phone, tablet]) {
    await until('both notes', async () => (await member.device.records('note')).length === 2);
  }
  await same(phone, tablet, 'note');
}, { users });

scenario('a token that is no longer known pauses and asks; a wrong password says so and keeps what was typed', async world => {
  const phone = new Member(await world.device());
  await phone.device.go('/more/account');
  await phone.fillSignIn({ name: 'chan', password: 'not the right one', deviceName: '手機' });
  await phone.page.locator('.sign-in-failed').waitFor();
  assert.equal(await phone.page.locator('#sign-in-name').inputValue(), 'chan');
  await phone.fillSignIn({ password: PASSWORD });
  await phone.page.locator('.sign-out').waitFor();
  await phone.client({ zh: '青嶼測量師行' });
  await phone.sent();
  await world.server.administer('user', 'close', 'chan');
  await phone.note('', '帳戶停用之後');
  await phone.upload();
  await phone.troubledBy('已停用');
  assert.equal(await phone.device.rows('outbox'), 1);
  await world.server.administer('user', 'open', 'chan');
  await phone.syncs();
}, { users });

scenario('signing out with unsent work takes two steps, closes the book, and the next user has a book of their own', async world => {
  const phone = new Member(await world.device());
  await phone.client({ zh: '青嶼測量師行' });
  await phone.signIn('chan', '手機');
  await phone.sent();
  await world.server.fault('refuse', { path: '/v1/' });
  await phone.note('', '未上傳的');
  await phone.device.go('/more/account');
  await phone.tap('登出');
  await phone.reads('照樣登出');
  await phone.tap('照樣登出');
  await phone.page.getByRole('heading', { name: '已登出' }).waitFor();
  assert.equal(await phone.page.getByText('青嶼測量師行').count(), 0);
  await world.server.fault('pass');
  await phone.page.reload();
  await phone.page.getByRole('heading', { name: '已登出' }).waitFor();

  await phone.page.getByRole('button', { name: '用另一個帳戶' }).click();
  await phone.fillSignIn({ name: 'wong', password: PASSWORD, deviceName: '同一部手機' });
  await phone.page.locator('.app').waitFor();
  await phone.device.go('/clients');
  assert.equal(await phone.page.getByText('青嶼測量師行').count(), 0);
  await phone.note('', '王的記錄');
  await phone.sent('what this user wrote is sent').catch(() => {});

  // The first one comes back: their book, with what had waited.
  await phone.device.go('/more/account');
  await phone.tap('登出');
  await phone.page.getByRole('heading', { name: '已登出' }).waitFor();
  await phone.page.getByRole('button', { name: '用另一個帳戶' }).click();
  await phone.fillSignIn({ name: 'chan', password: PASSWORD, deviceName: '手機' });
  await phone.page.locator('.app').waitFor();
  await phone.device.go('/clients');
  await phone.reads('青嶼測量師行');
  await phone.syncs();
}, { users });

scenario('two tabs: one syncs, and when it is closed the other takes over', async world => {
  const phone = new Member(await world.device());
  await phone.signIn('chan', '手機');
  await phone.syncs();
  const page = await phone.device.context.newPage();
  await page.goto(`${phone.device.origin}/more/queue`);
  await page.locator('.sync-status').waitFor();
  await phone.page.close();
  phone.device.page = page;
  await phone.note('', '在第二個分頁');
  await phone.sent();
  assert.equal((await phone.device.stored('receipts')).length, 1);
}, { users });

scenario('a lost device is locked or wiped before anything more is shown, and can be readmitted', async world => {
  const phone = new Member(await world.device());
  await phone.client({ zh: '青嶼測量師行' });
  await phone.signIn('chan', '手機');
  await phone.sent();
  const device = (await world.server.administer('device', 'list', 'chan')).match(/[0-9a-f]{8}-[0-9a-f-]{27}/)[0];
  await world.server.administer('device', 'revoke', device, '--lock');
  // Any screen will do: the app says hello when it is opened.
  await phone.queue();
  await phone.page.getByRole('heading', { name: '這部裝置已鎖上' }).waitFor();
  await phone.page.reload();
  await phone.page.getByRole('heading', { name: '這部裝置已鎖上' }).waitFor();
  // Readmitted it opens with everything in it, and signs in anew.
  await world.server.administer('device', 'readmit', device);
  await phone.page.getByRole('button', { name: '再問一次' }).click();
  await phone.page.locator('.app').waitFor();
  await phone.device.go('/clients');
  await phone.reads('青嶼測量師行');
  await phone.device.go('/more/account');
  await phone.fillSignIn({ password: PASSWORD });
  await phone.page.locator('.sign-out').waitFor();

  await world.server.administer('device', 'revoke', device, '--wipe');
  await phone.queue();
  await phone.page.getByRole('heading', { name: '這部裝置的記錄已刪除' }).waitFor();
  const left = await phone.page.evaluate(async () => (await indexedDB.databases()).filter(({ name }) => name.startsWith('topfloor-')).length);
  assert.equal(left, 0);
}, { users });

scenario('partners on one tower see each other\'s calls once the one names the other, and what came before waits', async world => {
  const chan = new Member(await world.device());
  await chan.signIn('chan', '陳的手機');
  await restored(chan, backupFile({ clients: 0, towers: [{ floors: 5, doors: 4 }], queued: true }));
  await chan.syncs();
  await chan.device.go('/canvass');
  await chan.page.locator('.pane-list a.row').first().click();
  const building = await chan.idHere('canvass');
  await chan.device.go(`/canvass/${building}/edit`);
  await chan.type('一齊洗樓的同事', 'wong');
  await chan.tap('儲存大廈');
  await chan.said('大廈已儲存');
  await chan.sent();

  const wong = new Member(await world.device());
  await wong.signIn('wong', '王的手機');
  await wong.holds('building', building, () => true, 'the tower is on the partner\'s device');
  const walker = new Walker(wong);
  await startWalk(walker, building);
  await walker.knock('無人應門');
  await wong.sent();
  await chan.syncs();
  await until('the call', async () => (await chan.device.records('door_event')).length === 1);
  await same(chan, wong, 'door_event');
  // A stranger's book and the rest of chan's stay apart.
  assert.equal((await wong.device.records('organisation')).length, 0);

  await chan.device.go(`/canvass/${building}/edit`);
  await chan.type('一齊洗樓的同事', '');
  await chan.tap('儲存大廈');
  await chan.said('大廈已儲存');
  await chan.sent();
  await wong.upload();
  await until('what may not be seen any more is gone', async () => (await wong.device.records('building')).length === 0);
}, { users });

scenario('what cannot be uploaded goes out sealed, into another device and straight into the server, twice without doubling', async world => {
  const { server } = world;
  const sentence = '維港的風很大，今晚早點走吧';
  const phone = new Member(await world.device());
  await phone.signIn('chan', '手機');
  await phone.syncs();
  await server.fault('refuse', { path: '/v1/' });
  const client = await phone.client({ zh: '雲杉物流有限公司' });
  await phone.note(client, '未上傳的一');
  await phone.note(client, '未上傳的二');
  await phone.device.go('/more/rescue');
  for (const input of await phone.page.locator('#save-rescue input:not([type=checkbox])').all()) await input.fill(sentence);
  const saved = phone.page.waitForEvent('download');
  await phone.tap('儲存檔案');
  const file = await (await saved).path();
  assert.ok(!fs.readFileSync(file).includes('雲杉'), 'it is sealed');

  // Into the server by the console, while the phone still cannot reach it.
  const twice = [];
  for (let turn = 0; turn < 2; turn += 1) twice.push(await server.importRescue(file, 'chan', sentence));
  assert.match(twice[0], /changes applied +3/);
  assert.match(twice[1], /changes here already +3/);
  await assert.rejects(server.importRescue(file, 'chan', 'another sentence'));

  // Into another device, which has it from the server, too.
  const tablet = new Member(await world.device());
  await server.fault('pass');
  await tablet.signIn('chan', '平板');
  await tablet.holds('organisation', client, () => true, 'from the server');
  await tablet.device.go('/more/rescue');
  await tablet.page.locator('#open-rescue input[type=file]').setInputFiles(file);
  await tablet.page.locator('#open-rescue input:not([type=file]):not([type=checkbox])').first().fill(sentence);
  await tablet.tap('打開');
  await tablet.tap('加入這部裝置');
  await tablet.reads('已加入');
  await tablet.syncs();
  await phone.syncs();
  await same(phone, tablet, 'note');
  assert.equal((await phone.device.records('note')).length, 2);
  assert.equal((await tablet.device.records('note')).length, 2);
}, { users });
