// A working day on the phone, in Traditional Chinese, without a network from the first tap to the last.
import assert from 'node:assert/strict';
import { Person, day } from '../support/pages.mjs';
import { scenario, until } from '../support/scenario.mjs';

/** A phone that was started once with a network and has none now. */
async function offlinePhone(world) {
  const device = await world.device();
  await device.readyOffline();
  await device.offline(world.server);
  return { device, person: new Person(device), page: device.page };
}

scenario('a client is entered: all errors at once, then corrected, then a person there', async world => {
  const { device, person, page } = await offlinePhone(world);
  await person.add('客戶');
  await person.type('電郵', '沒有at的電郵');
  await person.type('電話', '12');
  await person.type('網址', '不是 網址');
  await person.tap('儲存');
  await person.said('有 4 處要修改，內容未有遺失');
  for (const problem of ['請填中文或英文名稱', '電話須有 3 至 20 個數字', '電郵應如 name@example.com', '網址應如 example.com']) {
    await person.reads(problem, { exact: true });
  }
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-invalid')), 'true', 'the first wrong field has the focus');
  assert.equal(await person.input('電話').inputValue(), '12', 'nothing typed was lost');
  assert.equal(await device.rows('records'), 0);

  await person.type('中文名稱', '永澄國際有限公司');
  await person.type('英文名稱', 'Wing Ching International Limited');
  await person.tap('現有客戶');
  await person.tap('A');
  await person.type('客群', '中型企業');
  await person.type('行業', '貿易');
  await person.type('電話', '+852 3000 0101');
  await person.type('電郵', 'info@example.com');
  await person.type('網址', 'example.com');
  await person.type('地址', '香港中環示例道 1 號 20 樓');
  await person.main.getByRole('combobox', { name: '來源', exact: true }).selectOption({ label: '客戶推薦' });
  await person.type('來源詳情，例如由誰介紹', '商會晚宴');
  await person.type('最後核對', day());
  await person.type('備註', '喜歡上午見面');
  await person.tap('儲存');
  await person.said('客戶已新增');
  const client = await person.idHere('clients');
  await page.getByRole('heading', { name: /永澄國際有限公司/ }).waitFor();
  for (const fact of ['example.com', 'info@example.com', '香港中環示例道 1 號 20 樓', '喜歡上午見面']) await person.reads(fact);
  assert.equal(await device.rows('drafts'), 0, 'the draft ended with the save');

  await person.tap('新增聯絡人');
  await person.type('中文姓名', '顧曉嵐');
  await person.reads('姓「顧」名「曉嵐」');
  await person.type('英文姓', 'Koo');
  await person.type('英文名', 'Hiu Laam');
  await person.tap('決策人');
  await person.type('電話', '+852 5555 0101');
  await person.tap('儲存');
  await person.said('聯絡人已新增');
  const [contact] = await device.records('person');
  assert.deepEqual([contact.body.family_zh, contact.body.given_zh, contact.body.organisation], ['顧', '曉嵐', client]);
  assert.equal(await device.rows('records'), 2);
  assert.equal(await device.rows('outbox'), 2, 'one queue row for each act');
});

scenario('the same name in Simplified is noticed while it is typed', async world => {
  const { device, person, page } = await offlinePhone(world);
  await person.client({ zh: '永澄國際有限公司', phone: '+852 3000 0101' });
  await person.add('客戶');
  await person.input('中文名稱').pressSequentially('永澄国际');
  const warning = page.locator('#main').getByRole('status').filter({ hasText: '似乎已有這項記錄' });
  await warning.getByRole('link', { name: /永澄國際有限公司/ }).waitFor();
  await person.type('中文名稱', '海納倉儲服務');
  await warning.waitFor({ state: 'detached' }).catch(() => {});
  assert.equal(await warning.getByRole('link').count(), 0, 'another name is no suspect');
  await person.type('電話', '30000101');
  await warning.getByRole('link', { name: /電話相同/ }).waitFor();
  assert.equal((await device.records('organisation')).length, 1);
});

scenario('a note takes two taps from anywhere', async world => {
  const { device, person, page } = await offlinePhone(world);
  const client = await person.client({ zh: '雲杉物流有限公司' });
  for (const address of ['/', '/clients', '/search', '/more/storage', `/clients/${client}`]) {
    await device.go(address);
    let taps = 0;
    const count = async locator => {
      await locator.tap();
      taps += 1;
    };
    await count(device.button('新增'));
    await count(page.getByRole('dialog').getByRole('link', { name: '記錄', exact: true }));
    const words = page.getByLabel('記錄內容');
    await words.waitFor();
    await until('the cursor in the note', () => words.evaluate(field => document.activeElement === field));
    assert.ok(taps <= 2);
    await page.keyboard.type(`由 ${address.split('/')[1] || 'today'} 寫`);
    await person.tap('儲存記錄');
    await person.said('記錄已儲存');
  }
  const notes = await device.records('note');
  assert.equal(notes.length, 5);
  assert.equal(notes.filter(note => note.body.organisation === client).length, 1, 'on a client\'s page the note is about the client');
  await device.go(`/clients/${client}`);
  await person.reads('由 clients 寫');
});

scenario('a visit is planned, started, finished, noted in one tap and followed up', async world => {
  const { device, person, page } = await offlinePhone(world);
  const client = await person.client({ zh: '碧瀾貿易有限公司', phone: '+852 3000 0102' });
  await person.contact(client, { zh: '歐陽雪兒' });
  await device.go(`/clients/${client}`);
  await person.tap('拜訪');
  await person.tap('歐陽雪兒');
  await person.tap('首次會面');
  await person.type('目的', '介紹新方案');
  await person.tap('儲存拜訪');
  await person.said('已安排拜訪');
  const visit = await person.idHere('visits');

  // Something due today and something that is late.
  for (const [text, date] of [['今日要覆電', day()], ['昨日已到期', day(-1)]]) {
    await device.go(`/follow-ups/new?org=${client}`);
    await person.type('要做甚麼', text);
    await person.main.getByLabel('其他日期').fill(date);
    await person.tap('新增跟進');
    await person.said('跟進');
  }
  await device.go('/');
  await person.section('今日拜訪').getByText('碧瀾貿易有限公司').waitFor();
  await person.section('今日跟進').getByText('今日要覆電').waitFor();
  await person.section('逾期').getByText('昨日已到期').waitFor();
  assert.equal(await person.section('今日拜訪').getByText('昨日已到期').count(), 0);

  await person.section('今日拜訪').getByRole('button', { name: '開始' }).click();
  await person.section('進行中').getByText('碧瀾貿易有限公司').click();
  await person.type('結果', '同意下月試用');
  await person.type('觀察', '倉庫很滿，人手不足');
  await person.tap('結束');
  await person.said('已完成');
  await person.reads('同意下月試用');
  await person.reads(/按你點按的時間；不記錄位置/);

  await person.tap('寫記錄');
  await person.writeNote('雪兒提到對手的報價');
  await person.tap('競爭對手');
  await person.tap('儲存記錄');
  await person.said('記錄已儲存');
  await page.waitForURL(`**/visits/${visit}`);
  await person.reads('雪兒提到對手的報價');

  await person.main.getByRole('button', { name: /^明日/ }).click();
  await person.type('要做甚麼', '送上試用合約');
  await person.tap('新增跟進');
  await page.waitForURL(`**/visits/${visit}`);
  await person.reads('送上試用合約');
  const [stored] = await device.records('visit');
  assert.equal(stored.body.status, 'done');
  assert.equal(stored.body.outcome, '同意下月試用');
  const promised = (await device.records('follow_up')).find(entry => entry.body.text === '送上試用合約');
  assert.deepEqual([promised.body.due.date, promised.body.visit, promised.due], [day(1), visit, day(1)]);

  await device.go('/');
  await person.section('之後七日').getByText('送上試用合約').waitFor();
  await person.section('今日跟進').getByRole('button', { name: '完成' }).click();
  await person.said('跟進已完成');
  await until('the section to go', async () => (await person.section('今日跟進').count()) === 0);
  await device.go(`/clients/${client}`);
  await person.reads('雪兒提到對手的報價');
});

scenario('every act can be taken back', async world => {
  const { device, person, page } = await offlinePhone(world);
  const client = await person.client({ zh: '晴川紡織有限公司' });

  await person.note(client, '要收回的一句');
  await person.reads('要收回的一句');
  await person.undo('記錄已儲存');
  await until('the note to go', async () => (await page.getByText('要收回的一句').count()) === 0);
  assert.equal((await device.records('note')).length, 2, 'taking back a note is another entry; nothing is deleted');

  await device.go(`/clients/${client}/edit`);
  await person.type('中文名稱', '晴川紡織集團');
  await person.tap('儲存');
  await page.getByRole('heading', { name: /晴川紡織集團/ }).waitFor();
  await person.undo('客戶已儲存');
  await page.getByRole('heading', { name: /晴川紡織有限公司/ }).waitFor();

  await device.go(`/follow-ups/new?org=${client}`);
  await person.type('要做甚麼', '寄樣本');
  await person.main.getByLabel('其他日期').fill(day());
  await person.tap('新增跟進');
  await person.said('跟進');
  await device.go('/');
  await person.section('今日跟進').getByRole('button', { name: '完成' }).click();
  await person.undo('跟進已完成');
  await person.section('今日跟進').getByText('寄樣本').waitFor();

  await device.go(`/visits/new?org=${client}`);
  await person.tap('儲存拜訪');
  await person.tap('開始');
  await person.undo('進行中');
  await person.main.getByRole('button', { name: '開始', exact: true }).waitFor();
  assert.equal((await device.records('visit'))[0].body.status, 'planned');

  await device.go(`/clients/${client}`);
  await person.tap('更多');
  await page.getByRole('dialog').getByRole('button', { name: /^刪除/ }).click();
  await person.said('客戶已刪除');
  await person.undo('客戶已刪除');
  await device.go('/clients');
  await page.getByRole('link', { name: /晴川紡織有限公司/ }).waitFor();

  await person.client({ zh: '不要的客戶' });
  await person.undo('客戶已新增');
  await until('the client to go', async () => (await device.records('organisation')).length === 1);
});

scenario('the browser is killed in the middle: all that was acknowledged is there, and the draft', async world => {
  const { device, person } = await offlinePhone(world);
  const client = await person.client({ zh: '鼎盛玻璃工程公司' });
  await person.contact(client, { zh: '譚兆基' });
  const said = [];
  for (let round = 1; round <= 3; round += 1) {
    await person.note(client, `第 ${round} 次記錄`);
    said.push(`第 ${round} 次記錄`);
    const before = await device.counts();
    await device.go(`/notes/new?org=${client}`);
    await person.writeNote(`寫到一半 ${round}`);
    await until('the draft to be kept', async () => (await device.rows('drafts')) === 1);
    await device.kill();

    await device.reopen(`/clients/${client}`);
    for (const text of said) await person.reads(text, { exact: true });
    await person.reads('譚兆基');
    assert.deepEqual(await device.counts(), { ...before, drafts: 1 });
    await device.go(`/notes/new?org=${client}`);
    await person.reads('已取回上次未完成的草稿');
    assert.equal(await person.main.getByLabel('記錄內容').inputValue(), `寫到一半 ${round}`);
    await person.tap('放棄草稿');
    await until('the draft to go', async () => (await device.rows('drafts')) === 0);
  }
  // At the very moment of the acknowledgement.
  await device.go(`/notes/new?org=${client}`);
  await person.writeNote('話音剛落');
  await person.tap('儲存記錄');
  await person.said('記錄已儲存');
  await device.kill();
  await device.reopen(`/clients/${client}`);
  await person.reads('話音剛落');
});

scenario('one box finds by characters, pinyin, initials, Jyutping, Hong Kong spelling, Latin and digits', async world => {
  const { device, person } = await offlinePhone(world);
  const client = await person.client({ zh: '永澄國際有限公司', en: 'Wing Ching International Limited', phone: '+852 3000 0101' });
  await person.client({ zh: '鼎盛玻璃工程公司', phone: '+852 3000 0999' });
  await person.contact(client, { zh: '張曉嵐', phone: '+852 5555 0101' });
  await person.note(client, '客戶查詢保溫玻璃的交貨期');
  await device.go('/search');
  for (const query of ['永澄', '永澄国际', 'yongcheng', 'yong cheng', 'yc', 'wingcing', 'wing ching', 'International', '30000101', '3000 0101']) {
    await person.finds(query, '永澄國際有限公司');
  }
  for (const query of ['張曉嵐', '张晓岚', 'zhangxiaolan', 'zxl', 'zoenghiulaam', 'cheung', '55550101']) await person.finds(query, '張曉嵐');
  await person.finds('保溫', '保溫玻璃');
  await device.page.getByRole('searchbox').fill('沒有這樣的東西');
  await person.reads('沒有找到');
  await device.page.getByRole('link', { name: '新增客戶「沒有這樣的東西」' }).click();
  assert.equal(await person.input('中文名稱').inputValue(), '沒有這樣的東西');
});

scenario('two records of one client are merged, and the merge is taken back', async world => {
  const { device, person, page } = await offlinePhone(world);
  const kept = await person.client({ zh: '永澄國際有限公司', phone: '+852 3000 0101' });
  const other = await person.client({ zh: '永澄国际', email: 'info@example.com' });
  await person.contact(other, { zh: '顧曉嵐' });
  await person.note(other, '寫在重複記錄上的一句');
  await device.go(`/clients/${kept}`);
  await person.tap('更多');
  await page.getByRole('dialog').getByRole('link', { name: '合併重複記錄' }).click();
  await person.main.getByRole('link', { name: /永澄国际/ }).first().click();
  await person.reads('1 位聯絡人');
  await person.tap('合併');
  await person.said('已合併');
  await page.waitForURL(`**/clients/${kept}`);
  await person.reads('顧曉嵐');
  await person.reads('info@example.com');
  await person.reads('寫在重複記錄上的一句');
  await device.go('/clients');
  await page.locator('a.list-row').first().waitFor();
  assert.equal(await page.locator('a.list-row').count(), 1);

  // The old address leads to the record that stayed.
  await device.go(`/clients/${other}`);
  await page.getByRole('heading', { name: /永澄國際有限公司/ }).waitFor();
});

scenario('a merge is undone by one tap', async world => {
  const { device, person, page } = await offlinePhone(world);
  const kept = await person.client({ zh: '永澄國際有限公司' });
  const other = await person.client({ zh: '永澄国际', email: 'info@example.com' });
  const contact = await person.contact(other, { zh: '顧曉嵐' });
  await device.go(`/clients/${kept}/merge?with=${other}`);
  await person.tap('合併');
  await person.undo('已合併');
  await device.go('/clients');
  await until('both to be there again', async () => (await page.locator('a.list-row').count()) === 2);
  const records = await device.records('person');
  assert.equal(records.find(row => row.id === contact).body.organisation, other);
});
