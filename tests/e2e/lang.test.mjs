// Three languages: the browser chooses, a tap changes it without a reload, and none shows a word of another.
import assert from 'node:assert/strict';
import { Person } from '../support/pages.mjs';
import { scenario, until } from '../support/scenario.mjs';
import { settled } from '../support/screens.mjs';

const addresses = ['/', '/clients', '/search', '/more', '/clients/new', '/people/new', '/visits/new', '/notes/new', '/follow-ups/new',
  '/canvass', '/canvass/new', '/canvass/import', '/canvass/receive', '/canvass/settings', '/import', '/share', '/more/export', '/more/storage', '/more/install', '/more/about',
  '/more/queue', '/more/account', '/more/clashes', '/more/rescue'];

// The languages' own names are written as their readers know them.
const allowedInEnglish = /繁體中文|简体中文/g;

for (const [locale, tag, today] of [['zh-HK', 'zh-Hant-HK', '由第一位客戶開始'], ['zh-TW', 'zh-Hant-HK', '由第一位客戶開始'],
  ['zh-CN', 'zh-Hans-CN', '由第一位客户开始'], ['en-GB', 'en-HK', 'Start with your first client'], ['fr-FR', 'en-HK', 'Start with your first client']]) {
  scenario(`a browser in ${locale} gets its language`, async world => {
    const device = await world.device({ locale });
    await new Person(device).reads(today);
    assert.equal(await device.page.evaluate(() => document.documentElement.lang), tag);
  });
}

scenario('switching the language keeps the address and what is being written, without a reload', async world => {
  const device = await world.device({ device: 'tablet' });
  const person = new Person(device);
  await device.go('/notes/new');
  await person.writeNote('寫到一半 half-way');
  await device.page.evaluate(() => { window.same = true; });
  await device.page.getByRole('link', { name: '更多' }).click();
  await device.page.getByRole('link', { name: '設定' }).click();
  await device.button('English').click();
  await device.page.getByRole('heading', { name: 'Settings' }).waitFor();
  assert.equal(new URL(device.page.url()).pathname, '/more/settings');
  assert.equal(await device.page.evaluate(() => window.same), true, 'the page was not loaded anew');
  assert.equal(await device.page.evaluate(() => document.documentElement.lang), 'en-HK');
  await device.page.getByRole('button', { name: 'Create' }).click();
  await device.page.getByRole('dialog').getByRole('link', { name: 'Note' }).click();
  await until('the draft', async () => (await device.page.getByLabel('Text of the note').inputValue()) === '寫到一半 half-way');
  // The choice outlives the page.
  await device.page.reload();
  await device.page.getByRole('heading', { name: 'Write a note' }).waitFor();
});

scenario('in English no screen shows Chinese, in Simplified none shows Traditional', async world => {
  const english = await world.device({ locale: 'en-GB' });
  for (const address of addresses) {
    const text = (await screen(english, address)).replace(allowedInEnglish, '');
    assert.equal(text.match(/[\p{Script=Han}]+/u)?.[0], undefined, `${address}: ${text.match(/.{0,20}[\p{Script=Han}]+.{0,20}/u)?.[0]}`);
  }
  const simplified = await world.device({ locale: 'zh-CN' });
  const onlyTraditional = /[戶員單錄訪記時電話開關離線網絡檔備還復選類聯務設語讀寫繼續請個這無與為點稱業產業頁問題應該週達處況動檢視]/u;
  for (const address of addresses) {
    const text = (await screen(simplified, address)).replace(/繁體中文/g, '');
    assert.equal(text.match(onlyTraditional)?.[0], undefined, `${address}: ${text.match(/.{0,20}[戶員單錄訪記時電話開關離線網絡檔備還復選類聯務設語讀寫繼續請個這無與為點稱業產業頁問題應該週達處況動檢視].{0,20}/u)?.[0]}`);
  }
});

/** All words of a screen that can be read or heard. */
async function screen(device, address) {
  await device.go(address);
  await settled(device.page);
  const words = await device.page.evaluate(() => {
    const labels = [...document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')].flatMap(element =>
      ['aria-label', 'placeholder', 'title', 'alt'].map(name => element.getAttribute(name) ?? ''));
    return [document.title, document.body.innerText, ...labels].join('\n');
  });
  assert.ok(words.length > 40, `${address} says something`);
  return words;
}
