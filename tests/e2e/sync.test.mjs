// One user with two devices against the real gateway: what is written on one is on the other, without a word too many.
import assert from 'node:assert/strict';
import { Member, PASSWORD, same } from '../support/account.mjs';
import { scenario, until } from '../support/scenario.mjs';

const users = { chan: PASSWORD, wong: PASSWORD };

scenario('a book made before the first sign-in is bound and comes whole to the second device', async world => {
  const phone = new Member(await world.device());
  const client = await phone.client({ zh: '雲杉物流有限公司', remark: '登入之前' });
  await phone.note(client, '第一次見面');
  await phone.signIn('chan', '手機');
  await phone.sent();
  const tablet = new Member(await world.device({ device: 'tablet' }));
  await tablet.signIn('chan', '平板');
  await tablet.holds('organisation', client, record => record.body.remark === '登入之前', 'the client is on the tablet');
  await same(phone, tablet, 'note');

  // From the tablet back to the phone.
  await tablet.note(client, '在桌上寫的');
  await tablet.sent();
  await phone.syncs();
  await same(phone, tablet, 'note');
  await phone.device.go(`/clients/${client}`);
  await phone.reads('在桌上寫的');
}, { users });
