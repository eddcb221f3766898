// 洗樓: a tower is walked from the top without a network, by one and by two; nothing written at a door is lost, and
// nobody has to look for the next one.
import assert from 'node:assert/strict';
import path from 'node:path';
import { backupFile, buildingId } from '../support/books.mjs';
import { Person } from '../support/pages.mjs';
import { scenario, until } from '../support/scenario.mjs';
import { root } from '../support/server.mjs';
import { Walker, restored, startWalk } from '../support/walk.mjs';

const boards = path.join(root, 'tests/fixtures/lobby');

async function inTower(world, options, tower = { floors: 5, doors: 4 }) {
  const device = await world.device(options);
  const person = new Person(device);
  await device.readyOffline();
  await restored(person, backupFile({ clients: 3, towers: [tower] }));
  await device.offline(world.server);
  return new Walker(person);
}

scenario('a tower of 78 floors and 12 doors a floor is made by a few taps, and two files of towers are read', async world => {
  const device = await world.device();
  await device.readyOffline();
  await device.offline(world.server);
  const person = new Person(device);
  const { w } = person;
  await device.go('/canvass');
  await countTaps(device);
  await person.tap(w.canvass.new_building, device.page);
  // Nothing filled in: everything that is missing is said at once.
  await person.tap(w.buildings.save_building);
  await until('both problems', async () => (await device.page.locator('.problem').count()) >= 2);
  await person.type(w.buildings.name_zh, '星瀾廣場');
  await person.type(w.buildings.top, '78');
  await person.tap(w.buildings.no_four);
  await person.tap('01–12');
  await person.tap(w.buildings.save_building);
  await person.said(w.buildings.building_added);
  assert.ok((await taps(device)) <= 8, `${await taps(device)} taps`);
  const [tower] = await device.records('building');
  assert.equal(tower.body.floors.find(floor => floor.id === '78').doors.length, 12);
  assert.ok(tower.body.floors.every(floor => floor.id !== '74'));

  for (const [file, count] of [['towers-with-floors.csv', 3], ['hk-office-towers.csv', 20]]) {
    await device.go('/canvass/import');
    await person.main.locator('input[type=file]').setInputFiles(path.join(root, 'tests/fixtures/towers', file));
    const before = (await device.records('building')).length;
    await person.main.locator('.actions [data-kind=seal]').click();
    await until(`${count} towers of ${file}`, async () => (await device.records('building')).length === before + count);
  }
  const listed = (await device.records('building')).find(row => row.body.name_en === 'Harbour Ease Financial Centre');
  assert.deepEqual(listed.body.floors.slice(0, 2).map(floor => floor.id), ['PH', '43']);
  assert.equal(listed.body.floors[0].zone !== '', true, 'the lift zones were read');
});

scenario('an outcome is one tap, the next door is shown by itself, and a kill loses neither the outcome nor the place', async world => {
  const walker = await inTower(world);
  const { device, w } = walker;
  const run = await startWalk(walker, buildingId(0));
  assert.equal(await walker.door(), '5樓01');
  await countTaps(device);
  await walker.knock('無人應門');
  assert.equal(await taps(device), 1, 'one tap for an outcome');
  await walker.isAt('5樓02');
  await walker.knockOther('空置');
  assert.equal(await taps(device), 3, 'two taps for one of the others');
  await walker.isAt('5樓03');
  // From another floor the next door is still one tap away.
  await walker.toFloor('3樓');
  await walker.isAt('3樓01');
  await device.page.getByRole('button', { name: /^下一戶/ }).last().click();
  await walker.isAt('3樓02');
  await walker.knock('見到前台');
  await device.kill();
  await device.reopen('/');
  await device.page.getByRole('link', { name: new RegExp(w.canvass.go_on) }).first().click();
  await walker.isAt('3樓03');
  const events = [...(await walker.events()).values()];
  assert.deepEqual(events.map(event => event.act.outcome).sort(), ['met_reception', 'no_answer', 'vacant']);
  assert.ok(events.every(event => event.run === run && event.at.at_ms > 0));
  // Every event waits in the queue, in its building's scope.
  const queued = (await device.stored('outbox')).map(row => row.body).filter(row => row?.kind === 'door_event');
  assert.equal(queued.length, 3);
  assert.ok(queued.every(row => row.scope === `b:${buildingId(0)}`));
});

scenario('an outcome is taken back, details follow it, and a promise made at a door comes up on its day', async world => {
  const walker = await inTower(world);
  const { device, person, w } = walker;
  await startWalk(walker, buildingId(0));
  await walker.knock('沒興趣');
  await device.page.locator('.done-card').getByRole('button', { name: w.common.undo, exact: true }).click();
  await walker.isAt('5樓01');
  await until('the door to be untouched again', async () => (await device.page.locator('.door[aria-selected=true]').getAttribute('data-tone')) === 'untouched');
  await walker.knock('有興趣');
  await walker.openDetails();
  const sheet = device.page.getByRole('dialog');
  await sheet.getByRole('button', { name: '小冊子', exact: true }).click();
  await sheet.getByRole('button', { name: w.canvass.tomorrow, exact: true }).click();
  await sheet.getByRole('textbox', { name: w.canvass.who, exact: true }).fill('陳小姐');
  await sheet.getByRole('textbox', { name: w.canvass.company_name, exact: true }).fill('雲杉物流有限公司');
  assert.equal(await sheet.getByRole('button', { name: /新增客戶「雲杉物流有限公司」/ }).getAttribute('aria-pressed'), 'true', 'a name that was typed is kept');
  await walker.saveDetails();
  const [client] = (await device.records('organisation')).filter(row => row.body.name_zh === '雲杉物流有限公司');
  assert.equal(client.body.source, 'cold_call');
  const [promise] = await device.records('follow_up');
  assert.equal(promise.body.organisation, client.id);
  assert.deepEqual(promise.body.door.door, { floor: '5', door: '01' });
  const [building] = await device.records('building');
  assert.equal(building.body.tenants[0].organisation, client.id);
  await device.go('/');
  await person.reads('再聯絡 陳小姐');
  await device.go(`/clients/${client.id}`);
  await person.reads('量度大廈1 5樓01');
  assert.equal((await device.records('door_event')).filter(row => row.body.act.detail).length, 1);
  // An appointment's details go with it: one undo on the card takes back the outcome, the visit and the client.
  await device.go(`/canvass/${buildingId(0)}`);
  await device.page.getByRole('link', { name: w.canvass.go_on }).first().click();
  await walker.isAt('5樓02');
  await walker.knock('約了見面');
  await walker.openDetails();
  await sheet.getByLabel(w.canvass.appointment_day, { exact: true }).fill('2026-12-24');
  await sheet.getByRole('button', { name: w.canvass.save_details, exact: true }).click();
  await person.reads(w.canvass.appointment_needs_client);
  await sheet.getByRole('textbox', { name: w.canvass.company_name, exact: true }).fill('晴川貿易有限公司');
  await walker.saveDetails();
  await until('the visit', async () => (await device.records('visit')).length === 1);
  await device.page.locator('.done-card').getByRole('button', { name: w.common.undo, exact: true }).click();
  await walker.isAt('5樓02');
  await until('all of it to be gone', async () => (await device.records('visit')).length === 0);
  assert.equal((await device.records('organisation')).filter(row => row.body.name_zh === '晴川貿易有限公司').length, 0);
});

scenario('a refusal blocks the door with its words until somebody lifts it with a reason', async world => {
  const walker = await inTower(world);
  const { device, person, w } = walker;
  const run = await startWalk(walker, buildingId(0));
  await walker.knockOther('拒絕，勿再來');
  await walker.openDetails();
  await device.page.getByRole('dialog').getByRole('textbox', { name: w.canvass.refusal_words, exact: true }).fill('請不要再來');
  await walker.saveDetails();
  await device.go(`/runs/${run}?floor=5&door=01`);
  await device.page.locator('.blocked blockquote').filter({ hasText: '請不要再來' }).waitFor();
  assert.equal(await device.page.locator('.outcomes').count(), 0, 'no outcome can be written at a blocked door');
  await device.go(`/canvass/${buildingId(0)}/results`);
  await device.page.getByRole('heading', { level: 1 }).waitFor();
  await device.go(`/runs/${run}?floor=5&door=01`);
  const lift = () => device.page.locator('.blocked').getByRole('button', { name: w.canvass.lift, exact: true });
  await lift().click();
  await lift().click();
  await person.reads(w.canvass.lift_needs_reason);
  await device.page.getByRole('textbox', { name: w.canvass.lift_reason }).fill('新租戶');
  await lift().click();
  await person.said(w.canvass.lifted);
  await device.page.locator('.blocked').waitFor({ state: 'hidden' });
});

scenario('the tower is worked by the keyboard alone on the tablet', async world => {
  const walker = await inTower(world, { device: 'tablet' });
  const { device } = walker;
  const { page } = device;
  await startWalk(walker, buildingId(0));
  await page.locator('.floor-cell[tabindex="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await walker.isAt('4樓01');
  await page.keyboard.press('End');
  await walker.isAt('1樓01');
  await page.locator('.door[tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  await walker.isAt('1樓02');
  await page.locator('.outcome').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.done-card p').filter({ hasText: '1樓02' }).waitFor();
  await walker.isAt('1樓03');
  await device.accessible('the walk');
});

scenario('a lobby board is pasted, looked at and taken into the tower', async world => {
  const walker = await inTower(world, {}, { floors: 28, doors: 6 });
  const { device, person, w } = walker;
  const { default: fs } = await import('node:fs');
  const board = fs.readFileSync(path.join(boards, 'a-classic.txt'), 'utf8');
  const truth = JSON.parse(fs.readFileSync(path.join(boards, 'a-classic.json'), 'utf8'));
  await device.go(`/canvass/${buildingId(0)}/lobby`);
  await device.page.getByRole('textbox', { name: w.canvass.lobby_paste }).fill(board);
  await device.page.locator('.lobby-row').nth(truth.length - 1).waitFor();
  await device.page.locator('.actions [data-kind=seal]').click();
  await device.page.waitForURL(new RegExp(`/canvass/${buildingId(0)}$`));
  const [building] = await device.records('building');
  const names = building.body.tenants.map(tenant => tenant.name_zh);
  for (const row of truth.slice(0, 10)) assert.ok(names.includes(row.name_zh), row.name_zh);
  await person.reads(`${building.body.tenants.length} 個租戶`);
  await device.go('/search');
  await person.finds(truth[0].name_zh, '量度大廈1');
});

scenario('two partners without a network walk 40 × 12 doors, one is killed in the middle, and their files make one truth', async world => {
  const theirPhone = await world.device();
  await theirPhone.readyOffline();
  const other = new Walker(new Person(theirPhone));
  const one = await inTower(world, {}, { floors: 40, doors: 12 });
  const { w } = one;
  // The walk is split by odd and even floors.
  await one.device.go(`/canvass/${buildingId(0)}/walk`);
  await one.person.tap(w.canvass.by_floors);
  await one.device.page.getByRole('textbox', { name: w.canvass.my_name }).fill('阿明');
  await one.device.page.getByRole('textbox', { name: w.canvass.partner_name }).fill('阿珍');
  await one.person.tap(w.canvass.start);
  await one.device.page.locator('#door-name').waitFor();
  const run = new URL(one.device.page.url()).pathname.split('/')[2];
  await take(other, await handOver(one, run), '阿珍');
  assert.equal(await other.door(), '40樓01');
  await one.device.go(`/runs/${run}`);
  await one.isAt('39樓01');

  const outcomes = ['無人應門', '見到前台', '沒興趣', '有興趣'];
  const walk = async (walker, doors) => {
    for (let turn = 0; turn < doors; turn += 1) await walker.knock(outcomes[turn % outcomes.length]);
  };
  await walk(one, 120);
  await one.device.kill();
  await one.device.reopen(`/runs/${run}`);
  await one.device.page.locator('#door-name').waitFor();
  await walk(one, 120);
  await walk(other, 240);

  // Whoever opens a door of the other's is told.
  await one.device.go(`/runs/${run}?floor=40&door=01`);
  await one.person.reads('這一戶由 阿珍 負責');

  // The files cross, and one of them arrives twice.
  const [ours, theirs] = [await handOver(one, run), await handOver(other, run)];
  await take(other, ours);
  await take(one, theirs);
  await take(one, theirs);
  const [first, second] = [await one.events(), await other.events()];
  assert.equal(first.size, 480);
  assert.deepEqual([...first.keys()].sort(), [...second.keys()].sort());
  for (const [id, event] of first) assert.deepEqual(second.get(id), event, `event ${id}`);
  const seen = new Set([...first.values()].map(event => `${event.door.floor} ${event.door.door}`));
  assert.equal(seen.size, 480, 'every door was called at once');
  // Door by door the two boards look the same.
  const boards = [];
  for (const walker of [one, other]) {
    await walker.device.go(`/canvass/${buildingId(0)}`);
    await walker.device.page.locator('.floor-row').nth(39).waitFor({ state: 'attached' });
    boards.push(await walker.device.page.locator('.floor-row .mark').evaluateAll(marks => marks.map(mark => `${mark.dataset.tone} ${mark.getAttribute('d')}`)));
  }
  assert.deepEqual(boards[0], boards[1]);
  await one.device.go(`/runs/${run}?floor=40&door=01`);
  await one.person.reads('這一輪已由 阿珍 記為「無人應門」');
}, { timeout: 600_000 });

/** Sends a walk as a file, as far as the downloads. */
async function handOver(walker, run) {
  await walker.device.go(`/runs/${run}/handover`);
  const download = walker.device.page.waitForEvent('download');
  await walker.person.tap(walker.w.handover.send);
  const file = path.join(walker.device.profile, `hand-over-${Date.now()}.topfloor-run.json`);
  await (await download).saveAs(file);
  return file;
}

/** Takes a file in: for a walk that is new here as the partner of that name, ending on the walk; a return by its counts. */
async function take(walker, file, partner) {
  const { main } = walker.person;
  const { handover } = walker.w;
  await walker.device.go('/canvass/receive');
  await main.locator('input[type=file]').first().setInputFiles(file);
  await main.locator('.actions [data-kind=seal]').waitFor();
  if (partner) await main.getByRole('button', { name: partner, exact: true }).click();
  await main.locator('.actions [data-kind=seal]').click();
  if (partner) await walker.device.page.locator('#door-name').waitFor();
  else await walker.person.reads(handover.taken_in);
}

async function countTaps(device) {
  await device.page.evaluate(() => {
    window.taps = 0;
    addEventListener('click', event => { if (event.isTrusted) window.taps += 1; }, true);
  });
}

function taps(device) {
  return device.page.evaluate(() => window.taps);
}
