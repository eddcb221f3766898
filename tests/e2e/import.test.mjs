// What people have already comes in by taps: directories, portfolios in three encodings, address books, backups; and
// goes out again.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { tableFile } from '../support/books.mjs';
import { Person } from '../support/pages.mjs';
import { loadDemo } from '../support/screens.mjs';
import { scenario, until } from '../support/scenario.mjs';
import { root } from '../support/server.mjs';

const fixture = name => path.join(root, 'tests/fixtures', name);

async function offlinePhone(world) {
  const device = await world.device();
  await device.readyOffline();
  await device.offline(world.server);
  return { device, person: new Person(device), page: device.page };
}

scenario('both directories come in as leads, offline, and a day is kept on them', async world => {
  const { device, person, page } = await offlinePhone(world);
  for (const [file, rows] of [['data/hk-listed-companies.csv', lines('data/hk-listed-companies.csv')], ['data/hk-office-towers.csv', lines('data/hk-office-towers.csv')]]) {
    const before = await device.rows('leads');
    await device.go('/import');
    await person.readFile(fixture(file));
    assert.equal(await person.main.getByRole('button', { name: '名錄', exact: true }).getAttribute('aria-pressed'), 'true', 'a directory is seen as one');
    await person.check();
    await person.write();
    await person.imported();
    assert.equal(await device.rows('leads'), before + rows, file);
  }
  assert.equal(await device.rows('outbox'), 0, 'leads are not uploaded');
  assert.equal(await device.rows('records'), 0);

  await device.go('/search');
  await person.finds('中電', '中電控股有限公司');
  await person.finds('guotai', '國泰航空有限公司');
  await person.finds('Jardine', '怡和大廈');
  await page.getByRole('searchbox').fill('怡和大廈');
  await page.locator('.pane-list a.row').filter({ hasText: '怡和大廈' }).first().click();
  await page.getByRole('heading', { name: /怡和大廈/ }).waitFor();
  await person.tap('記錄');
  await person.writeNote('大堂登記身份證，貨梯在後門');
  await person.tap('儲存記錄');
  await person.said('記錄已儲存');
  const [client] = await device.records('organisation');
  assert.equal(client.body.name_zh, '怡和大廈');
  assert.match(JSON.stringify(client.body.extra ?? client.body), /52/, 'the storeys were kept');
  assert.equal((await device.records('note'))[0].body.organisation, client.id);
  await device.go(`/visits/new?org=${client.id}`);
  await person.tap('儲存拜訪');
  await person.said('已安排拜訪');
  await device.go('/');
  await person.section('今日拜訪').getByText('怡和大廈').waitFor();
});

for (const [file, name, contact, count] of [
  ['csv/portfolio-big5.csv', '晴川紡織有限公司', '甄詠詩', 3],
  ['csv/portfolio-gb18030.csv', '晨曦医疗器械有限公司', '欧阳明远', 3],
  ['csv/mixed-utf8-bom.csv', '永澄國際有限公司', '顧曉嵐', 3],
]) {
  scenario(`a portfolio comes in as clients: ${file}`, async world => {
    const { device, person, page } = await offlinePhone(world);
    await device.go('/import');
    await person.readFile(fixture(file));
    await person.tap('我的客戶');
    await person.reads(name);
    await person.check();
    await person.write();
    await person.imported();
    const clients = await device.records('organisation');
    assert.deepEqual(clients.map(row => row.body.name_zh).includes(name), true);
    assert.equal(clients.length, count);
    const people = await device.records('person');
    assert.ok(people.some(row => `${row.body.family_zh}${row.body.given_zh}` === contact), JSON.stringify(people.map(row => row.body)));
    assert.equal(await device.rows('outbox'), await device.rows('records'), 'every record is queued');
    if (file.includes('mixed')) {
      const first = clients.find(row => row.body.name_zh === name).body;
      assert.match(first.remark, /喜歡「早上」會面, 不喝茶/);
      assert.match(JSON.stringify(first.extra), /K-001/, 'a column without a field is kept');
      assert.match(JSON.stringify(clients.map(row => row.body)), /第一行\\n第二行/, 'a line break within a cell');
    }

    // The whole import goes by one tap, and nothing is left behind.
    await person.tap('收回這次匯入');
    await person.reads('匯入已收回');
    assert.equal((await device.records('organisation')).length + (await device.records('person')).length, 0);
    assert.equal(await device.rows('outbox'), 0);
    await device.go('/clients');
    await person.reads('未有客戶');
  });
}

scenario('the English names of companies become nobody\'s contacts', async world => {
  const { device, person } = await offlinePhone(world);
  await device.go('/import');
  await person.readFile(tableFile(20, { header: '公司名稱,英文名稱,電話,行業,地址' }));
  await person.tap('我的客戶');
  await person.check();
  await person.write();
  await person.imported();
  assert.equal((await device.records('person')).length, 0);
  const clients = await device.records('organisation');
  assert.equal(clients.length, 20);
  assert.ok(clients.every(row => row.body.name_en.endsWith('Limited') && row.body.phones.length === 1 && row.body.addresses.length === 1));
});

scenario('rows that cannot be read are named with their lines, the others come in', async world => {
  const { device, person, page } = await offlinePhone(world);
  await device.go('/import');
  await person.readFile(fixture('csv/bad-rows.csv'));
  await person.tap('我的客戶');
  await person.check();
  await person.main.locator('details > summary').filter({ hasText: '不會匯入的列' }).click();
  for (const line of ['第 1 行', '第 4 行']) await person.reads(new RegExp(line));
  await person.write();
  await person.imported();
  await person.reads(/未能匯入/);
  const names = (await device.records('organisation')).map(row => row.body.name_zh).sort();
  for (const name of ['白鷺設計有限公司', '青嶼測量師行', '紅梅影業有限公司']) assert.ok(names.includes(name), names.join());
  const kept = JSON.stringify(await device.records('organisation').then(rows => rows.map(row => row.body)));
  for (const words of ['not a phone', 'not-an-address', 'someday', '多出的一格']) assert.ok(kept.includes(words), `${words} is kept as it stands`);
  const download = page.waitForEvent('download');
  await person.tap('儲存報告');
  const report = fs.readFileSync(await (await download).path(), 'utf8');
  assert.match(report, /^1,|\n1,/);
  assert.match(report, /\n4,/);
});

scenario('duplicates are shown and decided: left out, filled in, or kept twice', async world => {
  const { device, person, page } = await offlinePhone(world);
  await person.client({ zh: '永澄國際有限公司', phone: '+852 3000 0101' });
  const again = async decision => {
    await device.go('/import');
    await person.readFile(fixture('csv/mixed-utf8-bom.csv'));
    await person.tap('我的客戶');
    await person.check();
    await person.reads(/看來已在你的記錄中/);
    for (const group of await person.main.getByRole('button', { name: decision, exact: true }).all()) await group.click();
    await person.write();
    await person.imported();
  };
  await again('補充空缺');
  const filled = (await device.records('organisation')).filter(row => row.body.name_zh === '永澄國際有限公司');
  assert.equal(filled.length, 1);
  assert.equal(filled[0].body.name_en, 'Wing Ching International Limited', 'the gap was filled');
  assert.equal((await device.records('organisation')).length, 3);

  await again('另外新增');
  assert.ok((await device.records('organisation')).length >= 6, 'both are kept');

  await device.go('/import');
  await person.readFile(fixture('csv/mixed-utf8-bom.csv'));
  await person.tap('我的客戶');
  await person.check();
  for (const group of await person.main.getByRole('button', { name: '略過', exact: true }).all()) await group.click();
  await person.reads('沒有要匯入的項目');
  assert.equal(await person.main.locator('.actions [data-kind=seal]').isDisabled(), true);
});

for (const [way, button] of [['goes on', '繼續'], ['is taken back', '放棄並收回']]) {
  scenario(`an import of 50,000 rows that is killed ${way}`, async world => {
    const rows = 50_000;
    const { device, person } = await offlinePhone(world);
    await device.go('/import');
    await person.readFile(tableFile(rows));
    await person.tap('我的客戶');
    await person.check();
    await person.write();
    // Enough is written to be worth losing, and far from all.
    await until('some chunks', async () => (await device.rows('records')) >= 3_000, { timeout: 180_000 });
    await device.kill();

    await device.reopen('/clients');
    const written = await device.rows('records');
    assert.ok(written >= 3_000 && written < rows, `${written} written`);
    await person.reads('未有客戶');
    await device.go('/import');
    const banner = device.page.getByRole('group', { name: /的匯入中斷了/ });
    await banner.waitFor();
    await banner.getByRole('button', { name: button }).click();
    if (way === 'goes on') {
      await person.imported(480_000);
      assert.equal(await device.rows('records'), rows);
      assert.equal(await device.rows('outbox'), rows);
      assert.equal(await device.rows('plans'), 0);
      await device.go('/search');
      await until('the last row to be found', async () => {
        await device.page.getByRole('searchbox').fill('49999號');
        return device.page.locator('.pane-list a.row').filter({ hasText: '49999號' }).count();
      }, { timeout: 120_000 });
    } else {
      await device.page.getByText('匯入已收回').or(device.page.getByText('寫入的部分已全部收回')).first().waitFor({ timeout: 300_000 });
      assert.equal((await device.rows('records')) + (await device.rows('outbox')) + (await device.rows('plans')), 0);
      await device.go('/clients');
      await person.reads('未有客戶');
    }
  }, { timeout: 1_200_000 });
}

scenario('address books of every sort of phone come in, many files at once', async world => {
  const { device, person, page } = await offlinePhone(world);
  const folder = fixture('vcard');
  const files = fs.readdirSync(folder).filter(name => name.endsWith('.vcf')).sort();
  await device.go('/import');
  await person.readFile(...files.map(name => path.join(folder, name)));
  await person.check();
  for (const choice of await person.main.getByRole('button', { name: '另外新增', exact: true }).all()) await choice.click();
  await person.write();
  await person.imported();
  const people = (await device.records('person')).map(row => row.body);
  const names = people.map(body => `${body.family_zh ?? ''}${body.given_zh ?? ''}` || `${body.family_en} ${body.given_en}`);
  for (const name of ['陳大文', '歐陽雪兒', '歐陽志明']) assert.ok(names.includes(name), `${name} of ${names.join(', ')}`);
  assert.equal(people.some(body => JSON.stringify(body).includes('\ufffd')), false, 'no character was lost');
  assert.match(JSON.stringify([...people, ...(await device.records('organisation')).map(row => row.body)]), /kept as it is/, 'what is not understood is kept');
  const firms = (await device.records('organisation')).map(row => row.body.name_zh || row.body.name_en);
  assert.ok(firms.some(name => name.includes('雲杉物流')), firms.join());
});

scenario('tables and cards go out, harmless to a spreadsheet and right in the names', async world => {
  const { device, person, page } = await offlinePhone(world);
  const client = await person.client({ zh: '=HYPERLINK("http://example.com")', en: '+Plus, "Quoted" Limited', remark: '@SUM(A1)\n第二行' });
  await person.contact(client, { zh: '歐陽雪兒', family: 'Au Yeung', given: 'Suet Yi', phone: '+852 5555 0102' });
  await device.go('/more/export');
  const take = async title => {
    const download = page.waitForEvent('download');
    await person.main.getByRole('button', { name: title }).click();
    const file = await download;
    await person.reads(/已存到下載/);
    return { name: file.suggestedFilename(), text: fs.readFileSync(await file.path(), 'utf8') };
  };
  const clients = await take(/^客戶表格/);
  assert.match(clients.name, /\.csv$/);
  assert.ok(clients.text.startsWith('\ufeff'), 'a spreadsheet sees that it is UTF-8');
  for (const cell of cells(clients.text)) assert.doesNotMatch(cell, /^[=@]|^\+[A-Z]/, 'no cell is a formula');
  assert.ok(clients.text.includes('HYPERLINK'), 'and yet it is all there');
  const people = await take(/^聯絡人表格/);
  assert.ok(people.text.includes('歐陽') && people.text.includes('雪兒'));
  const cards = await take(/^通訊錄/);
  assert.match(cards.text, /VERSION:3\.0/);
  assert.match(cards.text, /^N(;[^:]*)?:歐陽;雪兒;/m);
  assert.match(cards.text, /^FN(;[^:]*)?:歐陽雪兒/m);
  await person.tap('4.0（較新）');
  assert.match((await take(/^通訊錄/)).text, /VERSION:4\.0/);

  // What went out comes in again, with the very names.
  world.server.fault('pass');
  const back = await world.device();
  const other = new Person(back);
  const file = path.join(back.profile, 'clients.csv');
  fs.writeFileSync(file, clients.text);
  await back.go('/import');
  await other.readFile(file);
  await other.tap('我的客戶');
  await other.check();
  await other.write();
  await other.imported();
  const [again] = await back.records('organisation');
  assert.deepEqual([again.body.name_zh, again.body.name_en], ['=HYPERLINK("http://example.com")', '+Plus, "Quoted" Limited']);
});

scenario('the demo portfolio comes and goes in one step each, own records stay', async world => {
  const { device, person, page } = await offlinePhone(world);
  await loadDemo(device, person.w);
  const demo = await device.records('organisation');
  assert.ok(demo.length >= 40);
  assert.ok((await device.records('visit')).length > 5 && (await device.records('note')).length > 20);
  assert.equal(await device.rows('outbox'), 0, 'invented records are never uploaded');
  await person.client({ zh: '自己的客戶' });
  await device.go('/');
  await person.page.getByRole('button', { name: '移除示範資料' }).click();
  await person.said('示範資料已移除');
  assert.deepEqual((await device.records('organisation')).map(row => row.body.name_zh), ['自己的客戶']);
  assert.equal((await device.records('note')).length + (await device.records('visit')).length, 0);
  await device.go('/clients');
  await person.reads('自己的客戶');
});

scenario('a backup restored into a fresh device brings everything, and restored twice nothing more', async world => {
  const { device, person, page } = await offlinePhone(world);
  await loadDemo(device, person.w);
  const client = await person.client({ zh: '備份裏的客戶', phone: '+852 3000 0777' });
  await person.note(client, '備份裏的記錄');
  await device.go(`/notes/new?org=${client}`);
  await person.writeNote('未寫完的草稿');
  await until('the draft', async () => (await device.rows('drafts')) === 1);
  await device.go('/more/storage');
  const download = page.waitForEvent('download');
  await person.tap('立即備份');
  const file = path.join(device.profile, 'copy.topfloor');
  await (await download).saveAs(file);
  await person.said('備份已交出');
  const before = await device.counts();

  world.server.fault('pass');
  const fresh = await world.device();
  const other = new Person(fresh);
  await fresh.go('/more/storage');
  for (const round of [1, 2]) {
    await other.main.locator('input[type=file]').setInputFiles(file);
    await fresh.page.getByText('還原完成').waitFor({ timeout: 120_000 });
    const after = await fresh.counts();
    assert.deepEqual(after, before, `restore ${round}`);
    await fresh.go('/more/storage');
  }
  await fresh.go('/search');
  await other.finds('備份裏', '備份裏的客戶');
  await fresh.go(`/notes/new?org=${client}`);
  await until('the draft', async () => (await other.main.getByLabel('記錄內容').inputValue()) === '未寫完的草稿');
  await fresh.page.reload();
  await fresh.page.locator('.app').waitFor();
  assert.deepEqual({ ...(await fresh.counts()), drafts: 1 }, before);
});

scenario('a file that is no backup, or a cut one, is said so and changes nothing it should not', async world => {
  const { device, person, page } = await offlinePhone(world);
  await person.client({ zh: '原有的客戶' });
  await device.go('/more/storage');
  await person.main.locator('input[type=file]').setInputFiles(fixture('csv/bad-rows.csv'));
  await person.reads('這不是 Topfloor 的備份檔。沒有改動任何記錄。');
  const download = page.waitForEvent('download');
  await person.tap('立即備份');
  const text = fs.readFileSync(await (await download).path(), 'utf8');
  const cut = path.join(device.profile, 'cut.topfloor');
  fs.writeFileSync(cut, text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1));
  await person.main.locator('input[type=file]').setInputFiles(cut);
  await person.reads(/檔案不完整/);
  assert.equal((await device.records('organisation')).length, 1);
});

/** Rows of a table below its header. */
function lines(name) {
  return fs.readFileSync(fixture(name), 'utf8').trim().split('\n').length - 1;
}

/** Every cell of a CSV text, unquoted. */
function cells(text) {
  return [...text.slice(1).matchAll(/(?:^|,|\r?\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(match => (match[1] ?? match[2] ?? '').replaceAll('""', '"'));
}
