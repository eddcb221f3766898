// kill -9 of the browser and of the server, round after round, at no chosen moment: nothing that was said to be saved is
// missing, and nothing is there twice. Ten rounds here; `TOPFLOOR_KILLS=100` makes a hundred.
import assert from 'node:assert/strict';
import { Member, PASSWORD } from '../support/account.mjs';
import { scenario, until } from '../support/scenario.mjs';

const ROUNDS = Number(process.env.TOPFLOOR_KILLS ?? 10);

scenario(`${ROUNDS} kills of the browser and the server lose nothing and double nothing`, async world => {
  const { server } = world;
  const phone = new Member(await world.device());
  await phone.signIn('chan', '手機');
  await phone.sent();
  const written = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const text = `第 ${round + 1} 回`;
    await phone.note('', text);
    written.push(text);
    // The upload begins two seconds after the save; the kill comes somewhere before, in or after it.
    await new Promise(resolve => setTimeout(resolve, 1_800 + ((round * 137) % 500)));
    if (round % 2 === 0) {
      await phone.device.kill();
      await phone.device.reopen('/more/queue');
    } else {
      await server.kill9();
      await server.restart();
    }
  }
  await phone.syncs();
  const notes = await phone.device.records('note');
  assert.deepEqual(notes.map(({ body }) => body.text).sort(), [...written].sort(), 'on the phone');
  const tablet = new Member(await world.device());
  await tablet.signIn('chan', '平板');
  await until('all notes', async () => (await tablet.device.records('note')).length >= written.length);
  const there = await tablet.device.records('note');
  assert.deepEqual(there.map(({ body }) => body.text).sort(), [...written].sort(), 'on the server');
  assert.match(await server.administer('doctor'), /Nothing is wrong/);
}, { users: { chan: PASSWORD }, timeout: 60_000 + ROUNDS * 20_000 });
