// Every screen of the app and the way to it, for the programs that look at all of them: the tour and the accessibility
// tests. `main` marks those that are looked at in every language.
import path from 'node:path';
import { root } from './server.mjs';

const fixture = name => path.join(root, 'tests/fixtures', name);
const nobody = '01890000-0000-7000-8000-000000000000';

/** Screens of a book without records. */
export const empty = [
  { name: 'today', at: '/', main: true },
  { name: 'clients', at: '/clients', main: true },
  { name: 'people', at: '/clients?show=people' },
  { name: 'search', at: '/search', main: true },
  { name: 'more', at: '/more', main: true },
  { name: 'add-sheet', at: '/', main: true, act: addSheet },
  { name: 'note-new', at: '/notes/new', main: true },
  { name: 'visit-new', at: '/visits/new', main: true },
  { name: 'follow-up-new', at: '/follow-ups/new' },
  { name: 'client-new', at: '/clients/new', main: true },
  { name: 'person-new', at: '/people/new' },
  { name: 'canvass', at: '/canvass', main: true },
  { name: 'building-new', at: '/canvass/new', main: true },
  { name: 'building-import', at: '/canvass/import' },
  { name: 'walk-receive', at: '/canvass/receive' },
  { name: 'canvass-settings', at: '/canvass/settings' },
  { name: 'import', at: '/import', main: true },
  { name: 'share', at: '/share' },
  { name: 'export', at: '/more/export' },
  { name: 'storage', at: '/more/storage', main: true },
  { name: 'settings', at: '/more/settings', main: true },
  { name: 'install', at: '/more/install' },
  { name: 'about', at: '/more/about' },
  { name: 'queue', at: '/more/queue', main: true },
  { name: 'account', at: '/more/account', main: true },
  { name: 'clashes', at: '/more/clashes' },
  { name: 'rescue', at: '/more/rescue', main: true },
];

/** Screens of the demo portfolio; `ids` come from `demoIds`. */
export const full = [
  { name: 'today', at: '/', main: true },
  { name: 'clients', at: '/clients', main: true },
  { name: 'clients-filtered', at: '/clients?stage=prospect&sort=contact' },
  { name: 'people', at: '/clients?show=people' },
  { name: 'client', at: ids => `/clients/${ids.client}`, main: true },
  { name: 'client-end', at: ids => `/clients/${ids.client}`, act: toTheEnd },
  { name: 'client-more', at: ids => `/clients/${ids.client}`, act: moreSheet },
  { name: 'client-edit', at: ids => `/clients/${ids.client}/edit`, main: true },
  { name: 'client-merge', at: ids => `/clients/${ids.client}/merge` },
  { name: 'client-compare', at: ids => `/clients/${ids.client}/merge?with=${ids.otherClient}`, main: true },
  { name: 'person', at: ids => `/people/${ids.person}`, main: true },
  { name: 'person-edit', at: ids => `/people/${ids.person}/edit` },
  { name: 'person-merge', at: ids => `/people/${ids.person}/merge?with=${ids.otherPerson}` },
  { name: 'visit-planned', at: ids => `/visits/${ids.planned}`, main: true },
  { name: 'visit-under-way', at: ids => `/visits/${ids.underWay}`, main: true },
  { name: 'visit-done', at: ids => `/visits/${ids.done}` },
  { name: 'visit-edit', at: ids => `/visits/${ids.planned}/edit` },
  { name: 'visit-new', at: ids => `/visits/new?org=${ids.client}` },
  { name: 'note-new', at: ids => `/notes/new?org=${ids.client}`, main: true },
  { name: 'note-correct', at: ids => `/notes/${ids.note}/correct` },
  { name: 'follow-up', at: ids => `/follow-ups/${ids.followUp}` },
  { name: 'follow-up-new', at: ids => `/follow-ups/new?org=${ids.client}` },
  { name: 'canvass', at: '/canvass', main: true },
  { name: 'building', at: ids => `/canvass/${ids.building}`, main: true },
  { name: 'building-floor', at: ids => `/canvass/${ids.building}?floor=27` },
  { name: 'building-edit', at: ids => `/canvass/${ids.building}/edit` },
  { name: 'building-floors', at: ids => `/canvass/${ids.building}/floors` },
  { name: 'building-floor-edit', at: ids => `/canvass/${ids.building}/floors?floor=27` },
  { name: 'lobby', at: ids => `/canvass/${ids.building}/lobby`, main: true, act: pasteBoard },
  { name: 'walk-start', at: ids => `/canvass/${ids.building}/walk`, main: true },
  { name: 'walk', at: ids => `/runs/${ids.run}`, main: true },
  { name: 'walk-menu', at: ids => `/runs/${ids.run}`, act: walkMenu },
  { name: 'walk-details', at: ids => `/runs/${ids.run}`, main: true, act: walkDetails },
  { name: 'walk-blocked', at: ids => `/runs/${ids.run}?floor=26&door=03` },
  { name: 'hand-over', at: ids => `/runs/${ids.run}/handover` },
  { name: 'results', at: ids => `/canvass/${ids.building}/results`, main: true },
  { name: 'search-found', at: '/search?q=a', main: true },
  { name: 'search-nothing', at: '/search?q=qqqzzz' },
  { name: 'import-review', at: '/import', main: true, act: review('data/hk-listed-companies.csv') },
  { name: 'import-decide', at: '/import', act: decide('csv/mixed-utf8-bom.csv') },
  { name: 'import-cards', at: '/import', act: review('vcard/several-4.0.vcf') },
  { name: 'lead', at: '/search?kind=lead', act: firstLead },
  { name: 'import-past', at: '/import' },
  { name: 'export', at: '/more/export', main: true },
  { name: 'storage', at: '/more/storage', main: true },
];

/** Screens that say what went wrong. */
export const failing = [
  { name: 'client-errors', at: '/clients/new', main: true, act: clientErrors },
  { name: 'person-errors', at: '/people/new', act: save },
  { name: 'note-empty', at: '/notes/new', act: saveNote },
  { name: 'visit-errors', at: '/visits/new', act: saveVisit },
  { name: 'client-not-here', at: `/clients/${nobody}`, main: true },
  { name: 'visit-not-here', at: `/visits/${nobody}` },
  { name: 'no-such-address', at: '/nowhere' },
  { name: 'building-not-here', at: `/canvass/${nobody}` },
  { name: 'building-errors', at: '/canvass/new', act: saveBuilding },
  { name: 'walk-receive-not-ours', at: '/canvass/receive', act: notAWalk },
  { name: 'import-not-text', at: '/import', act: pick('pictures/not-a-picture.jpg') },
  { name: 'import-bad-rows', at: '/import', act: decide('csv/bad-rows.csv', true) },
  { name: 'restore-not-a-backup', at: '/more/storage', act: notABackup },
  { name: 'photo-refused', at: '/notes/new', act: photoRefused },
];

/** Loads the demo portfolio by its button and returns one record of each sort. */
export async function loadDemo(device, w) {
  await device.go('/');
  await device.button(w.today.demo).click();
  await device.button(w.today.demo_remove).waitFor({ timeout: 60_000 });
  return demoIds(device, w);
}

/** Records of each sort, found as the screens link to them. */
export async function demoIds(device, w) {
  const { page } = device;
  const ids = {};
  const hrefs = async selector => {
    await page.locator(selector).first().waitFor({ timeout: 10_000 });
    return page.locator(selector).evaluateAll(links => links.map(link => link.getAttribute('href').split('?')[0].split('/')[2]));
  };
  await device.go('/');
  const row = name => page.locator('.day-row', { has: page.getByRole('button', { name, exact: true }) }).locator('a').first();
  const idOf = async link => (await link.getAttribute('href')).split('/')[2];
  ids.planned = await idOf(row(w.today.start));
  ids.underWay = await row(w.today.finish).count() ? await idOf(row(w.today.finish)) : ids.planned;
  ids.followUp = await idOf(row(w.today.mark_done));
  await device.go(`/visits/${ids.planned}`);
  [ids.client] = await hrefs(':is(main, [role=main]) a[href^="/clients/"]');
  await device.go('/canvass');
  [ids.building] = await hrefs('.tower-row a[href^="/canvass/"]');
  [ids.run] = await hrefs('.tower-row a[href^="/runs/"]');
  await device.go('/clients');
  ids.otherClient = (await hrefs('a.list-row[href^="/clients/"]')).find(id => id !== ids.client);
  await device.go('/clients?show=people');
  [ids.person, ids.otherPerson] = await hrefs('a.list-row[href^="/people/"]');
  for (const id of [ids.client, ids.otherClient]) {
    await device.go(`/clients/${id}`);
    await page.locator('.timeline .note, .timeline .past-visit').first().waitFor({ timeout: 5_000 }).catch(() => {});
    const notes = await page.locator('.timeline a[href$="/correct"]').evaluateAll(all => all.map(a => a.getAttribute('href').split('/')[2]));
    const visits = await page.locator('.timeline a.past-visit').evaluateAll(all => all.map(a => a.getAttribute('href').split('/')[2]));
    ids.note ??= notes[0];
    ids.done ??= visits[0];
  }
  return ids;
}

/** Opens a screen and waits until it stands still. */
export async function openScreen(device, screen, w, ids = {}) {
  await device.go(typeof screen.at === 'function' ? screen.at(ids) : screen.at);
  await settled(device.page);
  if (screen.act) {
    await screen.act(device, w, ids);
    await settled(device.page);
  }
}

/** Nothing is loading any more and nothing moves. */
export async function settled(page) {
  await page.waitForFunction(() => !document.querySelector('.skeleton, [aria-busy=true]'), null, { timeout: 10_000 }).catch(() => {});
  await page.evaluate(async () => {
    await Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => {})));
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

async function addSheet(device, w) {
  await device.button(w.shell.create).click();
  await device.page.getByRole('dialog').waitFor();
}

async function moreSheet(device, w) {
  await device.page.locator(':is(main, [role=main])').getByRole('button', { name: w.common.more, exact: true }).click();
  await device.page.getByRole('dialog').waitFor();
}

async function toTheEnd(device) {
  const { page } = device;
  await page.locator('.timeline').waitFor();
  await page.locator('.timeline').evaluate(timeline => timeline.scrollIntoView({ block: 'start', behavior: 'instant' }));
}

async function save(device, w) {
  await device.button(w.common.save).click();
  await device.page.locator('[aria-invalid=true]').first().waitFor();
}

async function clientErrors(device, w) {
  const field = name => device.page.getByLabel(name, { exact: true }).first();
  await field(w.clients.email).fill('not an address');
  await field(w.clients.phone).fill('12');
  await field(w.clients.web_site).fill('no site');
  await save(device, w);
}

async function saveNote(device, w) {
  await device.button(w.visits.save_note).click();
  await device.page.locator('.problem').first().waitFor();
}

async function saveVisit(device, w) {
  await device.button(w.visits.save_visit).click();
  await device.page.locator('.problem').first().waitFor();
}

async function pasteBoard(device, w) {
  await device.page.getByRole('textbox', { name: w.canvass.lobby_paste }).fill('28/F 海晴貿易有限公司 / Hoi Ching Trading Ltd\n2705 & 06 德昇律師事務所\n管理處 G/F\n不知何處有限公司');
  await device.page.locator('.lobby-row').first().waitFor();
}

async function walkMenu(device, w) {
  await device.page.locator(':is(main, [role=main]) .bar').getByRole('button', { name: w.canvass.more, exact: true }).click();
  await device.page.getByRole('dialog').waitFor();
}

async function walkDetails(device) {
  await device.page.locator('.outcome').nth(3).click();
  await device.page.locator('.done-card .button').first().click();
  await device.page.locator('.details-form').waitFor();
}

async function saveBuilding(device) {
  await device.page.locator(':is(main, [role=main]) .actions [data-kind=seal]').click();
  await device.page.locator('.problem').first().waitFor();
}

async function notAWalk(device) {
  await give(device, fixture('pictures/not-a-picture.jpg'));
  await device.page.locator(':is(main, [role=main]) .empty').waitFor();
}

/** Gives a file to the screen's file input, as the system's picker does. */
export async function give(device, ...files) {
  await device.page.locator(':is(main, [role=main]) input[type=file]').first().setInputFiles(files);
}

function pick(name) {
  return async device => {
    await give(device, fixture(name));
    await device.page.locator(':is(main, [role=main]) .empty').waitFor();
  };
}

function review(name) {
  return async (device, w) => {
    await give(device, fixture(name));
    await device.button(w.exchange.next_check).waitFor();
  };
}

function decide(name, open = false) {
  return async (device, w) => {
    await review(name)(device, w);
    await device.button(w.exchange.next_check).click();
    await device.page.getByRole('heading', { name: w.exchange.found }).waitFor();
    if (open) await device.page.locator(':is(main, [role=main]) details > summary').first().click();
  };
}

/** Imports the list of companies as leads, unless it is there, and opens one of them. */
async function firstLead(device, w) {
  const found = device.page.locator('a[href^="/leads/"]');
  await device.page.getByRole('searchbox').fill('公司');
  await found.first().waitFor({ timeout: 1500 }).catch(() => {});
  if (!await found.count()) {
    await device.go('/import');
    await decide('data/hk-listed-companies.csv')(device, w);
    await device.page.locator('.actions [data-kind=seal]').click();
    await device.page.getByText(w.exchange.finished).first().waitFor();
    await device.go('/search?q=公司&kind=lead');
  }
  await found.first().click();
  await device.button(w.clients.make_client).or(device.link(w.clients.make_client)).first().waitFor();
}

async function notABackup(device, w) {
  await give(device, fixture('csv/bad-rows.csv'));
  await device.page.getByText(w.exchange.not_a_backup).first().waitFor();
}

async function photoRefused(device, w) {
  await device.page.getByLabel(w.visits.note_text).fill('…');
  await give(device, fixture('pictures/not-a-picture.jpg'));
  await device.said(w.problems.photo_not_picture);
}
