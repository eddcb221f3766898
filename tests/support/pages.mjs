// The app's screens as a person works them: each step a tap, a field by its label, or words that can be read.
import assert from 'node:assert/strict';
import { words } from './words.mjs';

/** The steps of one device in one language. */
export class Person {
  constructor(device, language = 'zh-Hant') {
    this.device = device;
    this.w = words(language);
  }

  get page() {
    return this.device.page;
  }

  /** The part of the screen that holds the record or the form. */
  get main() {
    return this.page.locator('#main');
  }

  async tap(name, within = this.main) {
    await within.getByRole('button', { name, exact: true }).or(within.getByRole('link', { name, exact: true })).first().click();
  }

  input(label) {
    return this.main.getByRole('textbox', { name: label, exact: true }).first();
  }

  async type(label, text) {
    await this.input(label).fill(text);
  }

  /** ＋ and one of its entries: two taps from anywhere. */
  async add(entry) {
    await this.page.getByRole('button', { name: this.w.shell.create, exact: true }).click();
    await this.page.getByRole('dialog').getByRole('link', { name: entry, exact: true }).click();
  }

  /** Waits until words can be read somewhere on the screen; the pane that a phone hides does not count. */
  async reads(text, options) {
    await this.page.getByText(text, options).filter({ visible: true }).first().waitFor();
  }

  async said(text) {
    await this.device.said(text);
  }

  /** Takes back what the last notice says. */
  async undo(notice) {
    const line = this.page.locator('.notice').filter({ hasText: notice }).last();
    await line.getByRole('button', { name: this.w.common.undo, exact: true }).click();
    await this.said(this.w.common.undone);
  }

  /** Chooses a client or contact in a search field of a form. */
  async choose(label, text, name = text) {
    await this.main.getByRole('combobox', { name: label, exact: true }).first().fill(text);
    await this.main.locator('ul.rows button').filter({ hasText: name }).first().click();
  }

  /** A new client by the form; answers its id. */
  async client(fields) {
    const { w } = this;
    await this.device.go('/clients/new');
    const labels = { zh: w.clients.name_zh, en: w.clients.name_en, segment: w.clients.segment, industry: w.clients.industry,
      phone: w.clients.phone, email: w.clients.email, address: w.clients.address, site: w.clients.web_site, remark: w.clients.remark };
    for (const [key, text] of Object.entries(fields)) {
      if (labels[key]) await this.type(labels[key], text);
      else await this.tap(text);
    }
    await this.tap(w.common.save);
    await this.said(w.clients.client_added);
    return this.idHere('clients');
  }

  /** A new contact of a client; answers its id. */
  async contact(client, fields) {
    const { w } = this;
    await this.device.go(`/people/new${client ? `?org=${client}` : ''}`);
    const labels = { zh: w.clients.person_name_zh, family: w.clients.family_en, given: w.clients.given_en,
      title: w.clients.job_title, phone: w.clients.phone, email: w.clients.email, remark: w.clients.remark };
    for (const [key, text] of Object.entries(fields)) {
      if (labels[key]) await this.type(labels[key], text);
      else await this.tap(text);
    }
    await this.tap(w.common.save);
    await this.said(w.clients.person_added);
    return this.idHere('people');
  }

  /** A note about a client, or about nobody yet. */
  async note(client, text) {
    const { w } = this;
    await this.device.go(`/notes/new${client ? `?org=${client}` : ''}`);
    await this.writeNote(text);
    await this.tap(w.visits.save_note);
    await this.said(w.visits.note_saved);
  }

  async writeNote(text) {
    await this.main.getByLabel(this.w.visits.note_text, { exact: true }).fill(text);
  }

  /** Waits for the page of a record and answers whose it is. */
  async idHere(section) {
    await this.page.waitForURL(new RegExp(`/${section}/[0-9a-f]{8}-[0-9a-f-]+$`));
    return new URL(this.page.url()).pathname.split('/')[2];
  }

  /** Types into the search box and waits for a result that holds the text. */
  async finds(query, text) {
    await this.device.page.getByRole('searchbox').fill(query);
    const rows = this.page.locator('.pane-list a.row');
    await rows.filter({ hasText: text }).first().waitFor().catch(async () => {
      assert.fail(`"${query}" should find "${text}", found: ${(await rows.allInnerTexts()).slice(0, 5).join(' / ') || 'nothing'}`);
    });
  }

  /** A section of Today by its heading. */
  section(title) {
    return this.page.locator('section').filter({ has: this.page.getByRole('heading', { name: new RegExp(`^${title}`) }) });
  }

  /** Opens a file on the import page and goes on to what was found. */
  async readFile(...files) {
    await this.main.locator('input[type=file]').first().setInputFiles(files);
    await this.device.button(this.w.exchange.next_check).waitFor({ timeout: 60_000 });
  }

  async check() {
    await this.tap(this.w.exchange.next_check);
    await this.page.getByRole('heading', { name: this.w.exchange.found, exact: true }).waitFor({ timeout: 120_000 });
  }

  async write() {
    await this.main.locator('.actions [data-kind=seal]').click();
  }

  async imported(timeout = 60_000) {
    await this.main.getByText(this.w.exchange.finished).first().waitFor({ timeout });
  }
}

/** A day of the device's wall clock, days from today: `2026-11-23`. */
export function day(offset = 0) {
  const at = new Date(Date.now() + offset * 86_400_000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Hong_Kong' }).format(at);
}
