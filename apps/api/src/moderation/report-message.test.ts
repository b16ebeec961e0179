import { expect, test } from 'vitest';
import { caseOf, mintStaff } from '../../test/desk.ts';
import { openHarness } from '../../test/harness.ts';
import { talksOf } from '../../test/talks.ts';

let ahead = 0;
const h = await openHarness({}, { clock: () => new Date(Date.now() + ahead) });
const { say, pair } = talksOf(h);

test('a reported message comes to the desk with three around it and no more; who is no side cannot report it', async () => {
  const { ana, ben, talkId } = await pair();
  const referent = await mintStaff(h, 'referent', ben.residenceId);
  const ids: string[] = [];
  for (let n = 0; n < 7; n++) {
    ahead += 60_000;
    ids.push((await say(n % 2 ? ana : ben, talkId, { text: `mot ${n}` })).body.message.id);
  }
  const body = { subject: 'message', subjectId: ids[4], reason: 'insult' };
  expect((await h.call('POST', '/reports', { as: await h.mintResident(), body })).status).toBe(404);
  expect((await h.call('POST', '/reports', { as: ben, body })).status).toBe(404);
  expect((await h.call('POST', '/reports', { as: ana, body })).status).toBe(201);
  const caseId = (await caseOf(h, ids[4] ?? ''))?.id ?? '';
  const { around } = (await h.call('GET', `/moderation/cases/${caseId}`, { as: referent })).body.case;
  expect(around.length).toBe(4);
  expect(around.filter(({ isReported }: { isReported: boolean }) => isReported)).toMatchObject([
    { text: 'mot 4', isAuthor: true },
  ]);
  expect(around.map(({ text }: { text: string }) => text)).not.toContain('mot 0');
});
