import type { Database } from '@palier/db';
import { plainFrame } from './frame-body.ts';
import { listMoved, viewerLine } from './live.queries.ts';
import { closing, type Reader } from './reader.ts';
import type { Registry } from './registry.ts';

const chunkMax = 2_000;

/**
 * Asks the database whether these sockets' sessions still stand and their residents still live where they did. An ended session's sockets close with 4001; whoever lives elsewhere
 * reads on from there, and is told to reload. Rejects when the database is away: the caller tries again.
 */
export const recheck = async (
  db: Database,
  registry: Registry,
  head: () => number,
  readers: readonly Reader[],
): Promise<void> => {
  for (let from = 0; from < readers.length; from += chunkMax) {
    const chunk = readers.slice(from, from + chunkMax);
    const believed = new Map(
      chunk.map((reader) => [reader.sessionHash, { sessionHash: reader.sessionHash, line: viewerLine(reader.viewer) }]),
    );
    const moved = new Map((await listMoved(db, [...believed.values()])).map((one) => [one.sessionHash, one]));
    if (moved.size === 0) continue;
    for (const reader of chunk) {
      const now = moved.get(reader.sessionHash);
      if (!now) continue;
      if (!now.isAlive) reader.close(closing.ended, 'session ended');
      else if (viewerLine(now.viewer) !== viewerLine(reader.viewer)) {
        registry.move(reader, now.viewer);
        reload(reader, head());
      }
    }
  }
};

/** What they hold may not be theirs any more: they reload, and go on from here. Whoever is catching up begins again, with what they may see today. */
const reload = (reader: Reader, head: number): void => {
  if (reader.state === 'replaying') {
    reader.close(closing.restarting, 'begin again');
    return;
  }
  reader.queue = [];
  reader.joinedAt = head;
  reader.after = Math.max(reader.after, head);
  reader.write(plainFrame({ type: 'resync', seq: reader.after, reason: 'expired' }));
};
