import { type Database, inTransaction, schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { until } from '../../test/live-harness.ts';
import { entry, openStream } from '../../test/stream.ts';
import { newId } from '../ids.ts';
import { record } from '../record.ts';

/** Two of one residence, and how a post of either is made. */
const stage = async (db: Database) => {
  const residence = { id: newId(), territoryId: newId() };
  await db.insert(schema.territories).values({ id: residence.territoryId, name: 'T' });
  await db
    .insert(schema.residences)
    .values({ ...residence, commune: '01173', name: 'R', homes: 20, cell: '891f961802fffff' });
  const [a, b] = [newId(), newId()];
  for (const id of [a, b])
    await db.insert(schema.residents).values({ id, residenceId: residence.id, displayName: 'X', trust: 'known' });
  const make = async (authorId: string, state: 'open' | 'withdrawn', at: Date) => {
    const id = newId();
    await db.insert(schema.posts).values({
      id,
      authorId,
      residenceId: residence.id,
      commune: '01173',
      cell: '891f961802fffff',
      kind: 'offer',
      category: 'pets',
      title: 'Un chat',
      audience: 'residence',
      state,
      createdAt: at,
      updatedAt: at,
      expiresAt: new Date(),
    });
    return id;
  };
  return { a, b, make };
};

test('a post just made is hidden as well when a place of it frees behind the block; one made behind it is of no concern', async () => {
  const { db, begin, stamped } = await openStream();
  const { a, b, make } = await stage(db);
  const opened = (postId: string) =>
    inTransaction(db, (tx) => record(tx, entry, [{ kind: 'post', change: 'opened', postId }]));
  const known = await make(b, 'open', new Date());
  await opened(known);
  const first = await begin();
  await until(() => stamped.length === 1, 'a post that both know of');
  await first.stop();
  await inTransaction(db, async (tx) => {
    await tx.insert(schema.blocks).values({ residentId: a, blockedId: b });
    await record(tx, entry, [{ kind: 'block', change: 'set', sideA: a, sideB: b }]);
  });
  await opened(known);
  const unknown = await make(b, 'open', new Date());
  await opened(unknown);
  const second = await begin();
  await until(() => stamped.length === 5, 'the block, and what stands behind it');
  await second.stop();
  expect(stamped.map(({ seq, kind, change, postId, sideA }) => [seq, kind, change, postId, sideA])).toEqual([
    [1, 'post', 'opened', known, null],
    [2, 'block', 'set', null, a],
    [3, 'post', 'hidden:residence', known, a],
    [4, 'post', 'opened', known, null],
    [5, 'post', 'opened', unknown, null],
  ]);
});

test('a post narrowed at the moment of a block is hidden with the audience it had: its own event tells nothing across the block', async () => {
  const { db, begin, stamped } = await openStream();
  const { a, b, make } = await stage(db);
  const narrow = (postId: string) =>
    inTransaction(db, async (tx) => {
      await tx.update(schema.posts).set({ audience: 'stair' }).where(eq(schema.posts.id, postId));
      await record(tx, entry, [{ kind: 'post', change: 'narrowed:residence', postId }]);
    });
  const [before, behind] = [await make(b, 'open', new Date(0)), await make(b, 'open', new Date(0))].sort() as [
    string,
    string,
  ];
  await narrow(before);
  await inTransaction(db, async (tx) => {
    await tx.insert(schema.blocks).values({ residentId: a, blockedId: b });
    await record(tx, entry, [{ kind: 'block', change: 'set', sideA: a, sideB: b }]);
  });
  await narrow(behind);
  const sequencer = await begin();
  await until(() => stamped.length === 5, 'both edits, the block and what it hides');
  await sequencer.stop();
  expect(stamped.map(({ kind, change, postId }) => [kind, change, postId])).toEqual([
    ['post', 'narrowed:residence', before],
    ['block', 'set', null],
    ['post', 'hidden:residence', before],
    ['post', 'hidden:residence', behind],
    ['post', 'narrowed:residence', behind],
  ]);
});

test('a block takes what each side had open off the screen of the other, and its end puts it back, as events of their own', async () => {
  const { db, begin, stamped } = await openStream();
  const sequencer = await begin();
  const { a, b, make } = await stage(db);
  const old = new Date(Date.now() - 7_200_000);
  const [ofA, ofB] = [await make(a, 'open', old), await make(b, 'open', old)];
  await make(b, 'withdrawn', old);
  const act = (kind: 'block' | 'audit', change: string) =>
    inTransaction(db, async (tx) => {
      if (change === 'set') await tx.insert(schema.blocks).values({ residentId: a, blockedId: b });
      if (change === 'lifted') await tx.delete(schema.blocks).where(eq(schema.blocks.residentId, a));
      await record(tx, entry, [{ kind, change, sideA: a, sideB: b }]);
    });
  await act('block', 'set');
  await act('audit', 'other');
  await until(() => stamped.length === 4, 'the block and what it hides');
  await act('block', 'lifted');
  await until(() => stamped.length === 7, 'its end and what it shows');
  await sequencer.stop();
  expect(stamped.map(({ seq, kind, change, postId, sideA }) => [seq, kind, change, postId, sideA])).toEqual([
    [1, 'block', 'set', null, a],
    [2, 'post', 'hidden:residence', ofA, b],
    [3, 'post', 'hidden:residence', ofB, a],
    [4, 'audit', 'other', null, a],
    [5, 'block', 'lifted', null, a],
    [6, 'post', 'shown', ofA, b],
    [7, 'post', 'shown', ofB, a],
  ]);
});
