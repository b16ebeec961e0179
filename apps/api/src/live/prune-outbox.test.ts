import { keptMs } from '@palier/domain/live';
import { expect, test } from 'vitest';
import { until } from '../../test/live-harness.ts';
import { numbers, openStream } from '../../test/stream.ts';
import { pruneOutbox } from './index.ts';

test('what is pruned is the oldest, without a hole, and never the head', async () => {
  const { db, pool, write, begin, seqs, waiting } = await openStream();
  for (let n = 0; n < 10; n += 1) await write();
  const sequencer = await begin();
  await until(async () => (await waiting()) === 0, 'everything stamped');
  await sequencer.stop();
  const now = new Date();
  const old = new Date(now.getTime() - keptMs - 1_000).toISOString();
  await pool.query('update outbox set created_at = $1 where seq in (1, 2, 3, 5, 7)', [old]);
  expect(await pruneOutbox(db, now)).toBe(3);
  expect(await seqs()).toEqual(numbers(4, 10));
  await pool.query('update outbox set created_at = $1 where id > 0', [old]);
  expect(await pruneOutbox(db, now)).toBe(6);
  expect(await seqs()).toEqual([10]);
});
