import { schema } from '@palier/db';
import { and, eq, inArray } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { mintPost } from '../../test/posts.ts';
import type { Context } from '../context.ts';
import { remindFavours } from './remind-favours.ts';

const hourMs = 3_600_000;
const h = await openHarness({}, {}, undefined, true); // its job acts on every favour there is
const moment = (at: Date): Context<unknown> => ({ ...h.deps, actor: null, now: at, ip: '', locale: 'fr', tx: null });
/** Noon of the day after tomorrow in Gex, whatever the season. */
const noon = () => {
  const day = new Date(Date.now() + 48 * hourMs).toISOString().slice(0, 10);
  const utc = new Date(`${day}T11:00:00Z`);
  const shown = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', hour: 'numeric', hourCycle: 'h23' });
  return new Date(utc.getTime() + (12 - Number(shown.format(utc))) * hourMs);
};
const promise = async () => {
  const [ana, ben] = [await h.mintResident(), await h.mintResident()];
  const windowFrom = noon();
  const windowTo = new Date(windowFrom.getTime() + hourMs);
  const post = await mintPost(h, ana, { windowFrom, windowTo, expiresAt: windowTo });
  const { body } = await h.call('POST', `/posts/${post.id}/favours`, { as: ben, body: {} });
  const told = async () => {
    const accounts = [ana.accountId, ben.accountId];
    const rows = await h.db
      .select()
      .from(schema.notifications)
      .where(and(eq(schema.notifications.kind, 'reminder'), inArray(schema.notifications.accountId, accounts)));
    return rows.filter(({ favourId }) => favourId === body.favour.id).length;
  };
  return { ana, ben, favourId: body.favour.id as string, windowFrom, told };
};

test('both sides are reminded the evening before, once, whoever runs the job and how often', async () => {
  const s = await promise();
  const evening = new Date(s.windowFrom.getTime() - 18 * hourMs);
  await remindFavours(moment(new Date(evening.getTime() - 60_000)));
  expect(await s.told()).toBe(0);
  const counts = await Promise.all(Array.from({ length: 10 }, () => remindFavours(moment(evening))));
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(1);
  expect(await s.told()).toBe(2);
  await remindFavours(moment(new Date(s.windowFrom.getTime() - hourMs)));
  expect(await s.told()).toBe(2);
});

test('nobody is reminded of what was called off, nor of what has begun', async () => {
  const [off, late] = [await promise(), await promise()];
  await h.call('POST', `/favours/${off.favourId}/withdraw`, { as: off.ben, body: { reason: 'unwell' } });
  await remindFavours(moment(new Date(off.windowFrom.getTime() - hourMs)));
  expect([await off.told(), await late.told()]).toEqual([0, 2]);
  const begun = await promise();
  await remindFavours(moment(new Date(begun.windowFrom.getTime() + 60_000)));
  expect(await begun.told()).toBe(0);
});
