// Pictures of every screen, empty, full and failing, on phone and tablet, light and dark, in three languages, and one
// page that shows them all: target/tour/index.html. A screen that cannot be reached is reported and the tour goes on.
//
//   node tests/tour/tour.mjs [--lang zh-Hant,en] [--device phone] [--scheme dark] [--only client,today] [--full]
//
// `--full` makes the window as high as the screen's content.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Device } from '../support/app.mjs';
import { devices } from '../support/browser.mjs';
import * as screens from '../support/screens.mjs';
import { root, serve } from '../support/server.mjs';
import { languages, locales, words } from '../support/words.mjs';

const { values: options } = parseArgs({
  options: { lang: { type: 'string' }, device: { type: 'string' }, scheme: { type: 'string' }, only: { type: 'string' },
    full: { type: 'boolean', default: false } },
});
const listed = (option, all) => (option ? option.split(',').filter(item => all.includes(item)) : all);
const target = path.join(root, 'target/tour');
const states = { empty: screens.empty, failing: screens.failing, demo: screens.full };
const schemes = listed(options.scheme, ['light', 'dark']);
const only = options.only?.split(',');

const pictures = [];
const problems = [];
fs.mkdirSync(target, { recursive: true });
const server = await serve();
try {
  for (const lang of listed(options.lang, languages)) {
    for (const device of listed(options.device, Object.keys(devices))) await round(lang, device);
  }
} finally {
  await server.stop();
}
contactSheet();
console.log(`${pictures.length} pictures: ${path.join(target, 'index.html')}`);
if (problems.length) console.log(`${problems.length} screens could not be pictured:\n${problems.join('\n')}`);
// The server's and the browsers' last handles are of no use any more.
process.exit(0);

async function round(lang, kind) {
  const w = words(lang);
  const device = await Device.start(server.origin, { device: kind, locale: locales[lang], scheme: schemes[0] });
  // A screen that does not come is reported soon, so that the others are seen.
  device.context.setDefaultTimeout(8_000);
  let ids = {};
  try {
    for (const [state, list] of Object.entries(states)) {
      const wanted = list.filter(screen => (lang === 'zh-Hant' || screen.main) && (!only || only.includes(screen.name)));
      if (!wanted.length) continue;
      if (state === 'demo') ids = await attempt(`${lang} ${kind}: loading the demo`, () => screens.loadDemo(device, w)) ?? {};
      for (const screen of wanted) {
        const where = `${state}/${screen.name} ${lang} ${kind}`;
        const opened = await attempt(where, () => screens.openScreen(device, screen, w, ids).then(() => true));
        await picture(device, { state, screen: screen.name, lang, kind, failed: !opened });
      }
    }
    for (const complaint of device.context.complaints) problems.push(`  ${lang} ${kind}: ${complaint}`);
  } finally {
    await device.remove();
  }
}

async function picture(device, about) {
  for (const scheme of schemes) {
    const file = [about.state, about.screen, about.lang, about.kind, scheme].join('-') + '.png';
    await attempt(file, async () => {
      await device.page.emulateMedia({ colorScheme: scheme });
      if (options.full) await fit(device.page, about.kind);
      await device.page.screenshot({ path: path.join(target, file) });
      pictures.push({ ...about, scheme, file });
    });
  }
  if (options.full) await device.page.setViewportSize(devices[about.kind].viewport);
}

/** Makes the window as high as what the screen holds. */
async function fit(page, kind) {
  const { width, height } = devices[kind].viewport;
  const content = await page.evaluate(() => Math.max(document.documentElement.scrollHeight,
    ...[...document.querySelectorAll('.pane')].map(pane => pane.scrollHeight)));
  await page.setViewportSize({ width, height: Math.min(Math.max(height, content), 6000) });
}

async function attempt(what, job) {
  try {
    return await job();
  } catch (error) {
    problems.push(`  ${what}: ${String(error.message).split('\n')[0]}`);
    return null;
  }
}

function contactSheet() {
  const groups = new Map();
  for (const shot of pictures) {
    const name = `${shot.state} / ${shot.screen}`;
    groups.set(name, [...(groups.get(name) ?? []), shot]);
  }
  const figure = shot => `<figure class="${shot.kind}"${shot.failed ? ' data-failed' : ''}><a href="${shot.file}">`
    + `<img loading="lazy" src="${shot.file}" alt=""></a><figcaption>${shot.lang} · ${shot.kind} · ${shot.scheme}`
    + `${shot.failed ? ' · not reached' : ''}</figcaption></figure>`;
  const sections = [...groups].map(([name, shots]) => `<section><h2>${name}</h2><div>${shots.map(figure).join('')}</div></section>`);
  const escaped = problems.join('\n').replace(/[&<]/g, c => (c === '&' ? '&amp;' : '&lt;'));
  fs.writeFileSync(path.join(target, 'index.html'), `<!doctype html><meta charset="utf-8"><title>Topfloor: every screen</title>
<style>
body { font: 14px/1.4 system-ui; margin: 1.5rem; background: #eee; color: #222 }
section > div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start }
figure { margin: 0 } figcaption { font-size: 12px; color: #555 }
img { display: block; border: 1px solid #bbb; background: #fff }
.phone img { width: 260px } .tablet img { width: 512px }
[data-failed] img { outline: 3px solid #c00 }
</style>
<h1>Topfloor: every screen</h1>
<p>${pictures.length} pictures</p>
${problems.length ? `<h2>Not reached, or complained of</h2><pre>${escaped}</pre>` : ''}
${sections.join('\n')}
`);
}
