// Input methods: nobody who writes Chinese is disturbed while a character is being composed.
import assert from 'node:assert/strict';
import { Person } from '../support/pages.mjs';
import { scenario, until } from '../support/scenario.mjs';

/** An input method at work on the focused field, through the debugger as the system would. */
async function inputMethod(device) {
  const cdp = await device.context.newCDPSession(device.page);
  return {
    compose: text => cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length }),
    commit: text => cdp.send('Input.insertText', { text }),
    /** Enter as it arrives while an input method has the keyboard: key code 229, and the page is told it composes. */
    async enter() {
      await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 });
      await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 });
    },
  };
}

scenario('the search waits until the character is chosen', async world => {
  const device = await world.device();
  const person = new Person(device);
  await person.client({ zh: '永澄國際有限公司' });
  await person.client({ zh: 'Yong Brothers' });
  await device.go('/search');
  const box = device.page.getByRole('searchbox');
  await box.click();
  const ime = await inputMethod(device);
  await device.page.evaluate(() => {
    window.composing = 0;
    addEventListener('compositionupdate', () => { window.composing += 1; });
    window.searched = [];
    new MutationObserver(() => window.searched.push(location.search)).observe(document.querySelector('.pane-list'), { childList: true, subtree: true, characterData: true });
  });
  for (const letters of ['y', 'yo', 'yon', 'yong']) await ime.compose(letters);
  await until('the letters to be seen', async () => (await box.inputValue()) === 'yong');
  // Two frames are enough for a search that should not have begun.
  await device.page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  assert.ok(await device.page.evaluate(() => window.composing) >= 4, 'the letters were really composed');
  assert.equal(new URL(device.page.url()).search, '', 'the address does not follow letters that are not chosen');
  assert.deepEqual(await device.page.evaluate(() => window.searched), [], 'and nothing was drawn for them');
  assert.equal(await device.page.locator('.pane-list a.row').filter({ hasText: 'Yong Brothers' }).filter({ has: device.page.locator('mark') }).count(), 0);
  await ime.commit('永澄');
  await device.page.locator('.pane-list a.row').filter({ hasText: '永澄國際有限公司' }).waitFor();
  assert.equal(await box.inputValue(), '永澄');
  await until('the address', () => decodeURIComponent(new URL(device.page.url()).search) === '?q=永澄');
});

scenario('Enter that chooses a character saves no note, and the text is not touched while it is composed', async world => {
  const device = await world.device();
  const person = new Person(device);
  const client = await person.client({ zh: '永澄國際有限公司' });
  await device.go(`/notes/new?org=${client}`);
  const words = person.main.getByLabel('記錄內容');
  await words.click();
  const ime = await inputMethod(device);
  await ime.commit('客戶說');
  await ime.compose('xia zhou');
  await ime.enter();
  assert.equal(await words.inputValue(), '客戶說xia zhou');
  await ime.commit('下週');
  await until('the chosen characters', async () => (await words.inputValue()) === '客戶說下週');
  assert.equal((await device.records('note')).length, 0, 'nothing was saved by Enter');
  // Dictation commits whole sentences without any composing.
  await ime.commit('開會，帶合約。');
  assert.equal(await words.inputValue(), '客戶說下週開會，帶合約。');
  await person.tap('儲存記錄');
  await person.said('記錄已儲存');
  assert.equal((await device.records('note'))[0].body.text, '客戶說下週開會，帶合約。');
});

scenario('a name is composed in the form of a client without being cut or doubled', async world => {
  const device = await world.device();
  const person = new Person(device);
  await device.go('/clients/new');
  await person.input('中文名稱').click();
  const ime = await inputMethod(device);
  for (const letters of ['yun', 'yunshan']) await ime.compose(letters);
  await ime.enter();
  assert.equal(await device.rows('records'), 0, 'Enter while composing does not send the form');
  await ime.commit('雲杉');
  await ime.compose('wuliu');
  await ime.commit('物流');
  assert.equal(await person.input('中文名稱').inputValue(), '雲杉物流');
  await person.tap('儲存');
  await person.said('客戶已新增');
  assert.equal((await device.records('organisation'))[0].body.name_zh, '雲杉物流');
});
