// Replays a user's first day by real taps on a phone, and leaves behind what was tapped (taps.json), what reached the
// network after the app was ready offline (requests.json, which must be empty) and how many rows each store holds at
// each step (rows.json), all in target/story/. Ends with failure when a step fails or anything was asked for.
//
//   node tests/tour/story.mjs
import fs from 'node:fs';
import path from 'node:path';
import { Device } from '../support/app.mjs';
import { Person, day } from '../support/pages.mjs';
import { root, serve } from '../support/server.mjs';
import { until } from '../support/until.mjs';
import { Walker } from '../support/walk.mjs';

const target = path.join(root, 'target/story');
const directory = path.join(root, 'tests/fixtures/data/hk-listed-companies.csv');
fs.rmSync(target, { recursive: true, force: true });
fs.mkdirSync(target, { recursive: true });

const taps = [];
const rows = [];
const requests = [];
let chapter = '';
const server = await serve();
const device = new Device(server.origin, {});
let failure = null;
try {
  await open('/');
  await device.readyOffline();
  await device.offline(server);
  await firstDay(new Person(device));
} catch (error) {
  failure = error;
  await device.page.screenshot({ path: path.join(target, 'failed.png') }).catch(() => {});
}
requests.push(...reached());
save('taps.json', taps);
save('requests.json', requests);
save('rows.json', rows);
await device.remove();
await server.stop();
for (const { chapter: name, records, leads, outbox, drafts } of rows) {
  const count = taps.filter(tap => tap.chapter === name).length;
  console.log(`${name.padEnd(16, '　')} ${String(count).padStart(3)} taps  ${records} records, ${leads} leads, ${outbox} queued, ${drafts} drafts`);
}
console.log(`${taps.length} taps, ${requests.length} requests after ready offline: ${target}`);
if (requests.length) failure ??= new Error(`the network was asked for ${requests.join(', ')}`);
if (failure) console.error(`the story broke off at "${chapter}": ${failure.message}`);
process.exit(failure ? 1 : 0);

async function firstDay(person) {
  const { w } = person;
  await tell('第一位客戶', async () => {
    await person.tap(w.today.add_client, person.page);
    await person.type(w.clients.name_zh, '永澄國際有限公司');
    await person.type(w.clients.name_en, 'Wing Ching International Limited');
    await person.tap('現有客戶');
    await person.tap('A');
    await person.type(w.clients.phone, '+852 3000 0101');
    await person.tap(w.common.save);
    await person.said(w.clients.client_added);
  });
  await tell('那裏的聯絡人', async () => {
    await person.tap(w.clients.add_person);
    await person.type(w.clients.person_name_zh, '顧曉嵐');
    await person.tap('決策人');
    await person.type(w.clients.phone, '+852 5555 0101');
    await person.tap(w.common.save);
    await person.said(w.clients.person_added);
  });
  await tell('約今日拜訪', async () => {
    await person.add(w.shell.new_visit);
    await person.type(w.visits.goal, '介紹新方案');
    await person.tap(w.visits.save_visit);
    await person.said(w.visits.visit_planned);
  });
  await tell('匯入名錄', async () => {
    await person.page.getByRole('link', { name: w.shell.more, exact: true }).click();
    await person.page.getByRole('link', { name: w.shell.import, exact: true }).click();
    await person.readFile(directory);
    await person.check();
    await person.write();
    await person.imported();
  });
  await tell('拜訪：開始、結束、記下', async () => {
    await person.page.getByRole('link', { name: w.shell.today, exact: true }).click();
    await person.section(w.today.planned).getByRole('button', { name: w.today.start }).click();
    await person.section(w.today.now).getByRole('link').first().click();
    await person.type(w.visits.outcome, '同意下月試用');
    await person.tap(w.visits.finish);
    await person.main.getByRole('link', { name: w.visits.write_note }).first().click();
    await person.writeNote('對手上星期報過價，低兩成');
    await person.tap('競爭對手');
    await person.tap(w.visits.save_note);
    await person.said(w.visits.note_saved);
    await person.main.getByRole('button', { name: new RegExp(`^${w.visits.tomorrow}`) }).click();
    await person.type(w.visits.follow_up_text, '送上試用合約');
    await person.main.locator('.actions [data-kind=seal]').click();
    await person.page.waitForURL('**/visits/*');
  });
  await tell('電梯裏的一句話，手機被關掉', async () => {
    await person.page.getByRole('link', { name: w.shell.today, exact: true }).click();
    await person.add(w.shell.new_note);
    await person.writeNote('倉庫很滿，下季可能要擴充');
    await until('the draft to be kept', async () => (await device.rows('drafts')) === 1);
    await device.kill();
    await open('/');
    await person.add(w.shell.new_note);
    await person.page.getByText(w.common.draft_restored).waitFor();
    await person.tap(w.visits.save_note);
    await person.said(w.visits.note_saved);
  });
  await tell('名錄中的一家成為客戶', async () => {
    await person.page.getByRole('link', { name: w.shell.search, exact: true }).click();
    await person.finds('guotai', '國泰航空有限公司');
    await person.page.locator('.pane-list a.row').filter({ hasText: '國泰航空' }).first().click();
    await person.tap(w.clients.make_client);
    await person.idHere('clients');
  });
  await tell('明日的安排', async () => {
    await person.page.getByRole('link', { name: w.shell.today, exact: true }).click();
    await person.section(w.today.ahead).getByText('送上試用合約').waitFor();
  });
  await tell('加一幢大廈', async () => {
    await person.page.getByRole('link', { name: w.shell.canvass, exact: true }).click();
    await person.tap(w.canvass.new_building, person.page);
    await person.type(w.buildings.name_zh, '翠嶺商業中心');
    await person.type(w.buildings.top, '28');
    await person.tap(w.buildings.no_four);
    await person.tap('01–12');
    await person.tap(w.buildings.save_building);
    await person.said(w.buildings.building_added);
  });
  await tell('洗樓：由頂樓走四戶', async () => {
    const walker = new Walker(person);
    await person.tap(w.canvass.start);
    await person.tap('公司信');
    await person.tap(w.canvass.start);
    await person.page.locator('#door-name').waitFor();
    const from = taps.length;
    await walker.knock('無人應門');
    await walker.knock('見到前台');
    await walker.knock('有興趣');
    if (taps.length - from !== 3) throw new Error(`three outcomes took ${taps.length - from} taps`);
    await walker.openDetails();
    const sheet = person.page.getByRole('dialog');
    await sheet.getByRole('button', { name: '小冊子', exact: true }).click();
    await sheet.getByRole('button', { name: w.canvass.tomorrow, exact: true }).click();
    await walker.saveDetails();
    const before = taps.length;
    await walker.knockOther('空置');
    if (taps.length - before > 2) throw new Error(`another outcome took ${taps.length - before} taps`);
  });
  await tell('走到一半，手機被關掉', async () => {
    const walker = new Walker(person);
    const at = await walker.door();
    await device.kill();
    await open('/');
    await person.page.getByRole('link', { name: new RegExp(w.canvass.go_on) }).first().click();
    await walker.isAt(at);
  });
  await tell('一日完結，備份', async () => {
    await person.page.getByRole('link', { name: w.shell.more, exact: true }).click();
    await person.page.getByRole('link', { name: w.shell.storage, exact: true }).click();
    const download = person.page.waitForEvent('download');
    await person.tap(w.exchange.backup_now);
    await (await download).saveAs(path.join(target, `backup-${day()}.topfloor`));
  });
}

async function tell(name, steps) {
  chapter = name;
  await steps();
  rows.push({ chapter: name, ...(await device.counts()) });
}

/** Opens the browser with an ear for real taps: what was tapped, where, when. */
async function open(address) {
  await device.open(address);
  await device.context.exposeBinding('storyTap', (_, tap) => taps.push({ chapter, ...tap }));
  const listen = () => {
    const name = element => (element.getAttribute('aria-label') ?? element.innerText ?? '').trim().replace(/\s+/g, ' ').slice(0, 60);
    addEventListener('click', event => {
      const element = event.target.closest?.('a, button, input, textarea, select, summary');
      if (event.isTrusted && element) window.storyTap({ on: location.pathname, kind: element.tagName.toLowerCase(), name: name(element), at: new Date().toISOString() });
    }, true);
  };
  await device.context.addInitScript(listen);
  await device.page.evaluate(listen);
}

/** What reached the network, without the look for a new service worker that the browser itself makes after a navigation. */
function reached() {
  return server.requests().filter(request => request !== 'GET /sw.js');
}

function save(name, value) {
  fs.writeFileSync(path.join(target, name), `${JSON.stringify(value, null, 1)}\n`);
}
