import type pg from 'pg';
import type { StampedEvent } from './stamped-event.ts';

/**
 * Whatever a block takes off a screen, told to the one who reads there: the open posts of each side, and those that just ceased to be, but not those made after it, of which the other side
 * never heard: no event of theirs stands before the block (one that opened again behind it has). Each with the widest audience it had of late: narrowed at the same moment,
 * its own event tells nothing across the block. Behind the end of a block: the open posts of each side, shown again.
 */
const sightSql = `insert into outbox (seq, kind, change, post_id, cell, residence_id, commune, side_a)
  select $1::bigint + row_number() over (order by p.id), 'post', case when b.stands then 'hidden:' || (
      select greatest(p.audience, max(substring(narrowed.change from 10)::audience)) from outbox narrowed
      where narrowed.post_id = p.id and narrowed.kind = 'post' and narrowed.change like 'narrowed:%' and (narrowed.seq is null or narrowed.seq > $1::bigint - 20000)
    ) else 'shown' end, p.id, p.cell, p.residence_id, p.commune,
    case when p.author_id = $2 then $3::uuid else $2::uuid end
  from posts p, (select exists (select from blocks where (resident_id, blocked_id) in (($2, $3), ($3, $2))) as stands) b
  where p.author_id in ($2, $3) and (p.state = 'open' or (b.stands and p.updated_at > now() - interval '1 hour'))
    and not exists (select from outbox later, outbox block where block.id = $4 and later.seq is null and later.id > block.id and later.post_id = p.id and later.change = 'opened'
      and p.created_at > block.created_at - interval '5 s'
      and not exists (select from outbox earlier where earlier.seq between $1::bigint - 20000 and $1 and earlier.post_id = p.id))
  returning seq, change, post_id, cell, residence_id, commune, side_a`;

type SightRow = {
  seq: string;
  change: string;
  post_id: string;
  cell: string;
  residence_id: string;
  commune: string;
  side_a: string;
};

/** Writes, right behind a block's own place in the stream, the events of what it moves; resolves with them in order. */
export const moveSight = async (
  client: pg.ClientBase,
  block: StampedEvent,
  outboxId: string,
): Promise<StampedEvent[]> => {
  const { rows } = await client.query<SightRow>(sightSql, [block.seq, block.sideA, block.sideB, outboxId]);
  return rows
    .map((row) => ({
      seq: Number(row.seq),
      kind: 'post' as const,
      change: row.change,
      postId: row.post_id,
      favourId: null,
      notificationId: null,
      conversationId: null,
      messageId: null,
      caseId: null,
      cell: row.cell,
      residenceId: row.residence_id,
      commune: row.commune,
      sideA: row.side_a,
      sideB: null,
    }))
    .sort((a, b) => a.seq - b.seq);
};
