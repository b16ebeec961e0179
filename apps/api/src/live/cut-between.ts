import { closing } from './reader.ts';
import type { Registry } from './registry.ts';

/** What is on its way is told in milliseconds; an acknowledgement waits for it this long at most, in ms. */
const waitMs = 1_000;

/**
 * Lets nothing that was made ready before a block reach the sockets of these residents after its acknowledgement: waits for what is on its way, hands over what is queued,
 * and has whoever is catching up begin again under today's rights. To be called once the block is committed: what is read from then on knows of it.
 */
export const cutBetween = async (
  registry: Registry,
  residentIds: readonly string[],
  underWay: readonly Promise<void>[],
): Promise<void> => {
  const { promise: waited, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, waitMs);
  await Promise.race([Promise.all(underWay), waited]);
  clearTimeout(timer);
  for (const residentId of residentIds)
    for (const reader of [...registry.ofResident(residentId)]) {
      if (reader.state === 'waiting') reader.goLive();
      else if (reader.state === 'replaying') reader.close(closing.restarting, 'begin again');
    }
};
