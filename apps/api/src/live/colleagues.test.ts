import { expect, test } from 'vitest';
import { until } from '../../test/live-harness.ts';
import { blocksExactly, openTwo, tellsTyping } from '../../test/two-processes.ts';

const two = await openTwo();
const areListening = () =>
  until(
    async () => {
      const { rows } = await two.first.pool.query(
        `select from pg_stat_activity where application_name = 'palier listen' and datname = current_database() and state = 'idle' and query <> ''`,
      );
      return rows.length >= 2 && two.second.bus.mode() === 'postgres';
    },
    'both listening',
    10_000,
  );

test('a block is acknowledged once the other process has let go of what it had made ready', async () => {
  await areListening();
  await blocksExactly(two);
});

test('typing is told where it is read, to whoever may see it by what that process reads', async () => {
  await areListening();
  await tellsTyping(two);
});

test('what is no word of ours is heard by nobody', () => {
  for (const text of ['', 'null', '{', '{"what":"cut"}', '7']) expect(() => two.second.hub.hear(text)).not.toThrow();
});
