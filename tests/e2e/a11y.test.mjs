// Every screen is checked against WCAG 2.2 AA, empty and lived-in, on phone and tablet, light and dark; and the app is
// worked with large text, thick fingers, and no pointer at all.
import assert from 'node:assert/strict';
import { devices } from '../support/browser.mjs';
import { Person } from '../support/pages.mjs';
import * as screens from '../support/screens.mjs';
import { scenario, until } from '../support/scenario.mjs';
import { locales, words } from '../support/words.mjs';

for (const kind of Object.keys(devices)) {
  scenario(`every screen is accessible on the ${kind}, light and dark`, async world => {
    await judgeAll(await world.device({ device: kind }), words('zh-Hant'), () => true);
  }, { timeout: 900_000 });
}

for (const lang of ['zh-Hans', 'en']) {
  scenario(`the main screens are accessible in ${lang}`, async world => {
    const few = ['today', 'client', 'storage'];
    await judgeAll(await world.device({ locale: locales[lang] }), words(lang), screen => few.includes(screen.name));
  }, { timeout: 300_000 });
}

/** Looks at the screens of an empty book, of one that went wrong, and of the demo; tells all that is wrong at once. */
async function judgeAll(device, w, wanted) {
  const wrong = new Map();
  const look = async (state, list, ids) => {
    for (const screen of list.filter(wanted)) {
      await screens.openScreen(device, screen, w, ids);
      for (const scheme of ['light', 'dark']) {
        await device.page.emulateMedia({ colorScheme: scheme });
        // Names and ids differ from screen to screen; the fault is the same.
        for (const fault of await device.violations()) {
          const kind = fault.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…').replace(/>[^<]*\p{Script=Han}[^<]*</gu, '>…<');
          wrong.set(kind, [...(wrong.get(kind) ?? []), `${state}/${screen.name} ${scheme}`]);
        }
      }
    }
  };
  await look('empty', screens.empty);
  await look('failing', screens.failing);
  await look('demo', screens.full, await screens.loadDemo(device, w));
  const told = [...wrong].map(([fault, where]) => `${fault}\n    on ${where.length}: ${where.slice(0, 4).join(', ')}`);
  assert.ok(!told.length, `${told.length} faults\n${told.join('\n')}`);
}

scenario('what is tapped is at least 48 pixels high and wide', async world => {
  const device = await world.device();
  const w = words('zh-Hant');
  const small = [];
  const measure = async (state, list, ids) => {
    for (const screen of list) {
      await screens.openScreen(device, screen, w, ids);
      small.push(...(await tooSmall(device.page)).map(what => `${state}/${screen.name}: ${what}`));
    }
  };
  await measure('empty', screens.empty);
  await measure('demo', screens.full, await screens.loadDemo(device, w));
  assert.ok(!small.length, `${small.length} too small\n${[...new Set(small)].join('\n')}`);
}, { timeout: 300_000 });

/** Buttons, links and inputs whose target is smaller than 48 px, but for links within a sentence (WCAG 2.5.8). */
function tooSmall(page) {
  return page.evaluate(() => {
    const least = 48;
    const seen = element => {
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      return box.width > 1 && box.height > 1 && style.visibility !== 'hidden' && element.closest('[inert], [aria-hidden=true], .sr, .skip') === null;
    };
    // A label that belongs to an input is part of its target; a half pixel is rounding.
    return [...document.querySelectorAll('button, a[href], input, select, textarea, summary')].filter(seen)
      .filter(element => !(element.tagName === 'A' && getComputedStyle(element).display === 'inline'))
      .map(element => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.height < least - 0.5 || box.width < least - 0.5)
      .map(({ element, box }) => `${element.tagName} "${(element.getAttribute('aria-label') ?? element.innerText ?? '').trim().slice(0, 30)}" ${element.className} ${Math.round(box.width)}×${Math.round(box.height)}`);
  });
}

scenario('text at twice its size loses nothing at 390 pixels', async world => {
  const device = await world.device();
  const w = words('zh-Hant');
  const wide = [];
  const look = async (list, ids) => {
    for (const screen of list.filter(screen => !screen.act)) {
      await screens.openScreen(device, screen, w, ids);
      // As the browser's own setting for the size of text does it.
      await device.page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
      await screens.settled(device.page);
      const found = await device.page.evaluate(() => {
        const most = document.documentElement.clientWidth;
        const scrolls = element => element.closest('[data-scroll], .strip, .chips, .virtual-row, .sr, dialog:not([open])') !== null;
        const out = [...document.querySelectorAll('#main *, .pane-list *')].filter(element => {
          const box = element.getBoundingClientRect();
          return box.width > 1 && box.height > 1 && (box.right > most + 1 || box.left < -1) && !scrolls(element);
        });
        return { scrolls: document.documentElement.scrollWidth > most, out: out.slice(0, 3).map(element => `${element.tagName}.${element.className} ${element.innerText?.slice(0, 20)}`) };
      });
      if (found.scrolls || found.out.length) wide.push(`${screen.name}: ${found.scrolls ? 'scrolls sideways; ' : ''}${found.out.join(' | ')}`);
    }
  };
  await look(screens.empty);
  await look(screens.full, await screens.loadDemo(device, w));
  assert.ok(!wide.length, wide.join('\n'));
}, { timeout: 300_000 });

scenario('a note is written by the keyboard alone', async world => {
  const device = await world.device({ device: 'tablet' });
  const person = new Person(device);
  const client = await person.client({ zh: '雲杉物流有限公司' });
  await device.go(`/clients/${client}`);
  await device.page.getByRole('heading', { level: 1, name: /雲杉物流/ }).waitFor();
  const focused = () => device.page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText?.trim() ?? '');
  await tabTo(device.page, focused, '新增');
  const ring = await device.page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.notEqual(ring, 'none', 'one sees where the focus is');
  await device.page.keyboard.press('Enter');
  await device.page.getByRole('dialog').waitFor();
  await device.page.keyboard.press('Escape');
  await device.page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await focused(), '新增', 'the sheet gives the focus back');
  await device.page.keyboard.press('Enter');
  await tabTo(device.page, focused, '記錄');
  await device.page.keyboard.press('Enter');
  await until('the cursor in the note', async () => (await focused()) === '記錄內容');
  await device.page.keyboard.type('只用鍵盤寫');
  await tabTo(device.page, focused, '儲存記錄');
  await device.page.keyboard.press('Space');
  await person.said('記錄已儲存');
  await person.reads('只用鍵盤寫');
  assert.equal((await device.records('note'))[0].body.organisation, client);
});

async function tabTo(page, focused, name) {
  const way = [];
  for (let turn = 0; turn < 80; turn += 1) {
    await page.keyboard.press('Tab');
    const now = await focused();
    if (now === name) return;
    way.push(now.slice(0, 12));
  }
  assert.fail(`"${name}" is not reached by Tab: ${way.join(' → ')}`);
}
