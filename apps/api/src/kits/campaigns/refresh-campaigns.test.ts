import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { dayInFrance } from '../../../test/day-in-france.ts';
import { openHarness } from '../../../test/harness.ts';
import type { Context } from '../../context.ts';
import { newId } from '../../ids.ts';
import { refreshCampaigns } from '../index.ts';
import { listOutcomes } from './tasks.queries.ts';

const h = await openHarness({}, {}, undefined, true);
const ctx: Context<null> = { ...h.deps, actor: null, now: new Date(), ip: '', locale: 'fr', tx: null };
const commune = '01173';
const today = dayInFrance();

/** A campaign of which each favour is one person helped by another, as many as asked. */
const mintCampaign = async () => {
  const home = await h.mintResidence({ commune });
  const id = newId();
  const row = { id, kit: 'heatwave', commune, firstDay: today, lastDay: today, openedAt: new Date() } as const;
  await h.db.insert(schema.campaigns).values(row);
  let made = 0;
  const mintPerson = async () => {
    const person = { id: newId(), residenceId: home.id, displayName: 'Camille', trust: 'known' } as const;
    await h.db.insert(schema.residents).values({ ...person, joinedAt: new Date() });
    return person.id;
  };
  const help = async (helper: string, beneficiary: string): Promise<void> => {
    const post = {
      id: newId(),
      authorId: helper,
      residenceId: home.id,
      commune,
      cell: home.cell,
      state: 'done',
    } as const;
    const words = { kind: 'offer', category: 'errands', title: 'De l’eau', audience: 'residence' } as const;
    const at = { createdAt: new Date(), updatedAt: new Date() };
    await h.db.insert(schema.posts).values({ ...post, ...words, ...at, taken: 1, expiresAt: new Date() });
    const taskRow = { campaignId: id, residenceId: home.id, task: `task-${made++}`, postId: post.id };
    await h.db.insert(schema.campaignTasks).values({ ...taskRow, openedAt: new Date() });
    const favour = { id: newId(), postId: post.id, commune, helperId: helper, beneficiaryId: beneficiary } as const;
    await h.db
      .insert(schema.favours)
      .values({ ...favour, ...at, acceptedBy: beneficiary, authorId: helper, state: 'done' });
  };
  const helpEach = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++) await help(await mintPerson(), await mintPerson());
  };
  const board = async () => {
    await refreshCampaigns(ctx);
    const { done, people } = (await listOutcomes(h.db, [id], commune, 'Europe/Paris')).get(id) ?? {};
    return { done, people };
  };
  return { id, mintPerson, help, helpEach, board };
};

test('people helped are told from fifteen, then move by five; one more or less never shows', async () => {
  const { helpEach, board } = await mintCampaign();
  await helpEach(14);
  expect(await board()).toEqual({ done: null, people: null });
  await helpEach(1);
  expect(await board()).toEqual({ done: 15, people: 15 });
  await helpEach(4);
  expect(await board()).toEqual({ done: 15, people: 15 });
  await helpEach(1);
  expect(await board()).toEqual({ done: 20, people: 20 });
});

test('a board that moved is told live, once; one that did not is neither written nor told', async () => {
  const { id, helpEach, board } = await mintCampaign();
  const told = async () =>
    (await h.db.select().from(schema.outbox)).filter((one) => one.kind === 'insights' && one.commune === commune)
      .length;
  const written = async () => {
    const [row] = await h.db.select().from(schema.campaignBoards).where(eq(schema.campaignBoards.campaignId, id));
    return row?.refreshedAt;
  };
  await helpEach(14);
  const before = await told();
  await board();
  expect([await told(), await written()]).toEqual([before, undefined]);
  await helpEach(1);
  await board();
  const at = await written();
  expect([await told(), at]).toEqual([before + 1, ctx.now]);
  await refreshCampaigns({ ...ctx, now: new Date(ctx.now.getTime() + 3_600_000) });
  expect([await told(), await written()]).toEqual([before + 1, at]);
});

test('twenty people helped by ten, or almost all by one, tell nothing', async () => {
  const few = await mintCampaign();
  const helpers: string[] = [];
  for (let n = 0; n < 10; n++) helpers.push(await few.mintPerson());
  for (let n = 0; n < 20; n++) await few.help(helpers[n % 10] as string, await few.mintPerson());
  expect(await few.board()).toEqual({ done: null, people: null });

  const one = await mintCampaign();
  const helper = await one.mintPerson();
  await one.helpEach(10);
  for (let n = 0; n < 60; n++) await one.help(helper, await one.mintPerson());
  expect(await one.board()).toEqual({ done: null, people: null });
});
