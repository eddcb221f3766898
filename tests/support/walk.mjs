// The walk through a tower as a person works it.
import assert from 'node:assert/strict';
import { until } from './until.mjs';

export class Walker {
  constructor(person) {
    this.person = person;
    this.device = person.device;
    this.w = person.w;
  }

  get page() {
    return this.device.page;
  }

  /** The name of the door at hand. */
  async door() {
    return (await this.page.locator('#door-name').innerText()).trim();
  }

  async isAt(name) {
    await until(`the walk to be at ${name}`, async () => (await this.door()) === name);
  }

  /** One tap on an outcome with a place of its own; ends when the next door is shown. */
  async knock(outcome) {
    const before = await this.door();
    await this.page.locator('.outcomes').first().getByRole('button', { name: outcome, exact: true }).click();
    await this.page.locator('.done-card p').filter({ hasText: `${before}` }).waitFor();
  }

  /** Two taps: more, and one of the others. */
  async knockOther(outcome) {
    const before = await this.door();
    await this.page.locator('.next-door').getByRole('button', { name: this.w.canvass.more, exact: true }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: outcome, exact: true }).click();
    await this.page.locator('.done-card p').filter({ hasText: `${before}` }).waitFor();
  }

  /** Goes to a door of the floor at hand by the strip. */
  async toDoor(label) {
    await this.page.locator('.door', { hasText: label }).first().click();
  }

  /** Goes to a floor by the board. */
  async toFloor(name) {
    await this.page.locator('.floor-row', { has: this.page.locator('.floor-name', { hasText: new RegExp(`^${name}$`) }) }).click();
  }

  async openDetails() {
    await this.page.locator('.done-card').getByRole('button', { name: this.w.canvass.add_details, exact: true }).click();
    await this.page.locator('.details-form').waitFor();
  }

  async saveDetails() {
    await this.page.getByRole('dialog').getByRole('button', { name: this.w.canvass.save_details, exact: true }).click();
    await this.person.said(this.w.canvass.details_saved);
    await this.page.getByRole('dialog').waitFor({ state: 'hidden' });
  }

  /** Door events on this device by their ids. */
  async events() {
    const rows = await this.device.records('door_event');
    return new Map(rows.map(row => [row.id, row.body]));
  }
}

/** Restores a book from a backup file, as somebody with a new phone does. */
export async function restored(person, file) {
  const { device, w } = person;
  await device.go('/more/storage');
  await person.main.locator('input[type=file]').setInputFiles(file);
  await device.page.getByText(w.exchange.restored).first().waitFor({ timeout: 120_000 });
}

/** Starts a walk in a building, alone, and waits for its first door. */
export async function startWalk(walker, building) {
  const { device, person, w } = walker;
  await device.go(`/canvass/${building}/walk`);
  await person.tap(w.canvass.start);
  await device.page.waitForURL(/\/runs\//);
  await device.page.locator('#door-name').waitFor();
  const run = new URL(device.page.url()).pathname.split('/')[2];
  assert.match(run, /^[0-9a-f-]{36}$/);
  return run;
}
