// Bad input and bad days get a clear message and lose nothing.
import assert from 'node:assert/strict';
import path from 'node:path';
import { backupFile, clientId } from '../support/books.mjs';
import { Person } from '../support/pages.mjs';
import { jpeg } from '../support/pictures.mjs';
import { scenario, until } from '../support/scenario.mjs';
import { root } from '../support/server.mjs';

const notAPicture = path.join(root, 'tests/fixtures/pictures/not-a-picture.jpg');

async function phone(world, options) {
  const device = await world.device(options);
  return { device, person: new Person(device), page: device.page };
}

scenario('200 kB pasted into a note is kept to the last character, and its page stays quick', async world => {
  const { device, person, page } = await phone(world);
  const client = await person.client({ zh: '雲杉物流有限公司' });
  const text = '一段很長的會議記錄。'.repeat(6_900).slice(0, 68_000);
  assert.ok(Buffer.byteLength(text) >= 200_000);
  await device.go(`/notes/new?org=${client}`);
  await person.writeNote(text);
  await until('the draft', async () => (await device.stored('drafts'))[0]?.size > 200_000);
  await person.tap('儲存記錄');
  await person.said('記錄已儲存');
  assert.equal((await device.records('note'))[0].body.text, text);
  await device.go(`/clients/${client}`);
  const shown = page.locator('.note-text');
  await shown.waitFor();
  assert.ok((await shown.innerText()).length < 3_000, 'a long text is cut at first');
  await page.getByRole('button', { name: /^顯示全文/ }).click();
  await until('all of it', async () => (await shown.innerText()).length >= text.length);
});

scenario('emoji, rare Han, right-to-left and control characters stay what they are', async world => {
  const { device, person, page } = await phone(world);
  const names = ['𠮷𠝹印務👩‍👩‍👧‍👦', 'شركة مثال العربية', 'חברה לדוגמה', 'e\u0301cole Zażółć', '<b>粗體</b> & "引號" \'單\''];
  for (const name of names) {
    const client = await person.client({ zh: name });
    assert.equal(await page.locator('h1').filter({ visible: true }).first().innerText(), name);
    await device.go(`/clients/${client}`);
    await person.reads(name);
  }
  assert.deepEqual((await device.records('organisation')).map(row => row.body.name_zh).sort(), [...names].sort());
  await device.go('/search');
  await person.finds('𠮷𠝹', names[0]);
  await person.finds('مثال', names[1]);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'nothing pushes the page wider');
});

scenario('words that look like code are words', async world => {
  const { device, person, page } = await phone(world);
  page.on('dialog', dialog => assert.fail(`a dialog opened: ${dialog.message()}`));
  const attack = '<img src=x onerror="alert(1)"><script>alert(2)</script>javascript:alert(3)';
  const client = await person.client({ zh: attack, remark: attack, address: attack });
  await person.contact(client, { zh: attack });
  await person.note(client, attack);
  await device.go(`/clients/${client}`);
  await person.reads(attack);
  await device.go('/search');
  await person.finds('onerror', 'onerror');
  await device.go(`/search?q=${encodeURIComponent(attack)}`);
  await device.go(`/clients/new?name=${encodeURIComponent(attack)}`);
  assert.equal(await page.locator('img[src=x], script:not([src])').evaluateAll(found => found.filter(node => /alert/.test(node.outerHTML)).length), 0);
});

scenario('dates from 1900 to 2100 are taken, others refused with a message', async world => {
  const { device, person, page } = await phone(world);
  const client = await person.client({ zh: '長壽公司' });
  for (const [date, good] of [['1900-01-01', true], ['2100-12-31', true], ['1899-12-31', false], ['2101-01-01', false]]) {
    await device.go(`/clients/${client}/edit`);
    await person.type('最後核對', date);
    await person.tap('儲存');
    if (good) {
      await person.said('客戶已儲存');
      assert.equal((await device.records('organisation'))[0].body.last_checked, date);
    } else {
      await person.reads('日期應如 2026-11-23，介乎 1900 至 2100 年');
      assert.equal(await person.input('最後核對').inputValue(), date, 'what was typed stays');
      assert.equal((await device.records('organisation'))[0].body.last_checked, '2100-12-31');
    }
  }
  await device.go(`/visits/new?org=${client}`);
  await person.main.getByLabel('其他日期').fill('1899-12-31');
  await person.tap('儲存拜訪');
  await person.reads('日期應如 2026-11-23，介乎 1900 至 2100 年');
  await person.main.getByLabel('其他日期').fill('2100-12-31');
  await person.tap('儲存拜訪');
  await person.said('已安排拜訪');
});

scenario('a text file under the name of a picture is refused, and the note stays', async world => {
  const { device, person, page } = await phone(world);
  const client = await person.client({ zh: '白鷺設計有限公司' });
  await device.go(`/notes/new?org=${client}`);
  await person.writeNote('相片加不上，文字要在');
  await person.main.locator('input[type=file]').setInputFiles(notAPicture);
  await person.said('這個檔案不是瀏覽器讀得到的相片');
  assert.equal(await person.main.getByLabel('記錄內容').inputValue(), '相片加不上，文字要在');
  assert.equal(await device.rows('blobs'), 0);
  await person.tap('儲存記錄');
  await person.said('記錄已儲存');
  await person.reads('相片加不上，文字要在');
});

scenario('a picture of 48 megapixels is made small and carries no place', async world => {
  const { device, person, page } = await phone(world);
  const client = await person.client({ zh: '青嶼測量師行' });
  await device.go(`/notes/new?org=${client}`);
  const picture = withPlace(await jpeg(page, 8_000, 6_000));
  assert.ok(picture.includes(Buffer.from('Exif')), 'the picture says where it was taken');
  await person.writeNote('現場');
  await person.main.locator('input[type=file]').setInputFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: picture });
  await page.getByRole('button', { name: /^相片/ }).first().waitFor({ timeout: 60_000 });
  await person.tap('儲存記錄');
  await person.said('記錄已儲存');
  const [note] = await device.records('note');
  const [photo] = note.body.photos;
  assert.equal(Math.max(photo.width, photo.height), 1600);
  assert.equal(Math.round(photo.width / photo.height * 100), 133, 'its shape is kept');
  assert.ok(photo.bytes < 700_000, `${photo.bytes} bytes`);
  const bytes = await blob(page);
  assert.deepEqual([...bytes.subarray(0, 2)], [0xff, 0xd8], 'a JPEG');
  assert.equal(bytes.includes(Buffer.from('Exif')), false, 'no EXIF, so no place');
  await device.go(`/clients/${client}`);
  await page.getByRole('button', { name: /^相片/ }).first().click();
  await page.getByRole('dialog').getByRole('img').waitFor();
}, { timeout: 180_000 });

scenario('a client with 5,000 notes opens, and shows the newest first', async world => {
  const { device, person, page } = await phone(world);
  await device.go('/more/storage');
  await person.main.locator('input[type=file]').setInputFiles(backupFile({ clients: 3, notesOfFirst: 5_000 }));
  await page.getByText('還原完成').waitFor({ timeout: 120_000 });
  assert.equal(await device.rows('records'), 5_003);
  await device.go(`/clients/${clientId(0)}`);
  await page.locator('.note').first().waitFor();
  const drawn = await page.locator('.note').count();
  assert.ok(drawn > 10 && drawn <= 100, `${drawn} are drawn at first`);
  await page.getByRole('button', { name: /^再顯示/ }).click();
  await until('more of them', async () => (await page.locator('.note').count()) > drawn);
  await person.note(clientId(0), '第 5,001 條');
  assert.equal(await page.locator('.note-text').first().innerText(), '第 5,001 條');
}, { timeout: 300_000 });

scenario('a full disk is said, and what was written stays on the screen', async world => {
  const { device, person } = await phone(world);
  const client = await person.client({ zh: '滿了的裝置' });
  const before = await device.rows('records');
  // A cached figure would let some more writes pass, so the browser starts anew under the small quota.
  await device.kill();
  await device.reopen('/');
  const debug = await device.context.newCDPSession(device.page);
  await debug.send('Storage.overrideQuotaForOrigin', { origin: device.origin, quotaSize: 1 });
  await device.go(`/notes/new?org=${client}`);
  const text = '磁碟滿了也不能丟的話'.repeat(2_000);
  await person.writeNote(text);
  await person.tap('儲存記錄');
  await person.said('裝置儲存空間已滿');
  assert.equal(await person.main.getByLabel('記錄內容').inputValue(), text);
  assert.equal(await device.rows('records'), before, 'nothing was written in part');
  await debug.send('Storage.overrideQuotaForOrigin', { origin: device.origin });
  await person.tap('儲存記錄');
  await person.said('記錄已儲存');
  assert.equal(await device.rows('records'), before + 1, 'with space again, the same tap saves');
}, { expected: /Quota/ });

scenario('when the browser has cleared the storage, the app says so instead of showing an empty book', async world => {
  const { device, person, page } = await phone(world);
  await person.client({ zh: '會不見的客戶' });
  await device.go('/more/storage');
  const download = page.waitForEvent('download');
  await person.tap('立即備份');
  const copy = path.join(device.profile, 'copy.topfloor');
  await (await download).saveAs(copy);
  await page.goto(`${device.origin}/healthz`);
  const cdp = await device.context.newCDPSession(page);
  await cdp.send('Storage.clearDataForOrigin', { origin: device.origin, storageTypes: 'indexeddb' });
  await device.go('/');
  await page.getByRole('heading', { name: '這部裝置的記錄不見了' }).waitFor();
  assert.equal(await page.getByText('由第一位客戶開始').count(), 0);
  await device.accessible('the screen that says the records are gone');
  // A reload does not make it go away.
  await page.reload();
  await page.getByRole('heading', { name: '這部裝置的記錄不見了' }).waitFor();
  await page.locator(':is(main, [role=main]) input[type=file]').setInputFiles(copy);
  await person.reads('還原完成');
  await device.go('/clients');
  await page.getByRole('link', { name: /會不見的客戶/ }).waitFor();
});

scenario('a book of a newer version is refused without being touched, and can be taken out', async world => {
  const { device, person, page } = await phone(world);
  await person.client({ zh: '未來的客戶' });
  await page.goto(`${device.origin}/healthz`);
  await page.evaluate(async () => {
    const [{ name }] = (await indexedDB.databases()).filter(db => db.name.startsWith('topfloor-'));
    await new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 999);
      request.onsuccess = () => { request.result.close(); resolve(); };
      request.onerror = () => reject(request.error);
    });
  });
  await device.go('/');
  await page.getByRole('heading', { name: '未能開啟記錄' }).waitFor();
  await person.reads(/由較新版本寫成/);
  await device.accessible('the screen of a book that cannot be opened');
  const download = page.waitForEvent('download');
  await device.button('匯出原始資料').click();
  assert.ok((await (await download).path()).length > 0);
});

/** The picture with an EXIF block that names a place (GPS latitude 22.3 N), as cameras write it. */
function withPlace(plain) {
  const tiff = Buffer.from([
    0x4d, 0x4d, 0x00, 0x2a, 0, 0, 0, 8, // big endian, first directory at 8
    0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, // one entry: the GPS directory at 26
    0, 2, 0, 1, 0, 2, 0, 0, 0, 2, 0x4e, 0, 0, 0, // latitude is north
    0, 2, 0, 5, 0, 0, 0, 3, 0, 0, 0, 56, 0, 0, 0, 0, // latitude, three rationals at 56
    0, 0, 0, 22, 0, 0, 0, 1, 0, 0, 0, 18, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1,
  ]);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([plain.subarray(0, 2), head, body, plain.subarray(2)]);
}

/** The bytes of the one picture in the store. */
async function blob(page) {
  const base64 = await page.evaluate(async () => {
    const wait = request => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const [{ name }] = (await indexedDB.databases()).filter(db => db.name.startsWith('topfloor-'));
    const db = await wait(indexedDB.open(name));
    const [row] = await wait(db.transaction('blobs').objectStore('blobs').getAll());
    db.close();
    const bytes = new Uint8Array(row.body);
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  });
  return Buffer.from(base64, 'base64');
}
