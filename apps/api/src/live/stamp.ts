import type { OutboxKind } from '@palier/domain/live';
import type pg from 'pg';
import { type AuditRow, hashAuditRow, hashLink } from './audit-hash.ts';
import type { AuditTail } from './audit-tail.ts';
import { moveSight } from './move-sight.ts';
import type { StampedEvent } from './stamped-event.ts';

/** What the holder of the stream knows of it: its fence, its head and the audit chain's tail, as of its own last commit. */
export type Held = { fence: number; head: number; tail: AuditTail };

/** Adds the jobs that a batch calls for, in the transaction that stamps it. */
export type InsertJobs = (client: pg.ClientBase, events: readonly StampedEvent[]) => Promise<void>;

/** Somebody else holds the stream now. */
export class FencedOff extends Error {}

/** At most this many rows are stamped in one transaction. */
const batchMax = 500;
/** For how long after its election or its last stamp a holder is believed to be alive. */
export const leaseMs = 5_000;

const waitingSql = {
  name: 'outbox_waiting',
  text: `select o.id, o.kind, o.change, o.post_id, o.favour_id, o.notification_id, o.case_id, o.conversation_id, o.message_id, o.cell, o.residence_id, o.commune, o.side_a, o.side_b,
    a.id as audit_id, a.at, a.actor_id, a.actor_role, a.action, a.subject, a.subject_id, a.residence_id as audit_residence, a.commune as audit_commune, a.reason, a.text_hash, a.on_behalf_of
    from outbox o left join audit a on a.id = o.audit_id where o.seq is null order by o.id limit $1`,
  values: [batchMax],
};
const moveSql = {
  name: 'outbox_stamp',
  text: `with head as (
      update stream_head set seq = $1, lease_until = clock_timestamp() + $2::int * interval '1 ms' where id = 1 and fence = $3 and seq = $4 returning seq
    ), stamped as (
      update outbox o set seq = v.seq from head, unnest($5::bigint[], $6::bigint[]) as v(id, seq) where o.id = v.id and o.seq is null returning o.id
    ), chained as (
      insert into audit_chain (seq, audit_id, row_hash, prev_hash, hash)
      select c.* from head, unnest($7::bigint[], $8::uuid[], $9::text[], $10::text[], $11::text[]) as c(seq, audit_id, row_hash, prev_hash, hash)
    )
    select (select count(*)::int from head) as heads, (select count(*)::int from stamped) as stamped, pg_notify('palier_stream', $1::bigint::text)`,
};
export type WaitingRow = {
  id: string;
  kind: OutboxKind;
  change: string;
  post_id: string | null;
  favour_id: string | null;
  notification_id: string | null;
  conversation_id: string | null;
  message_id: string | null;
  case_id: string | null;
  cell: string | null;
  residence_id: string | null;
  commune: string | null;
  side_a: string | null;
  side_b: string | null;
} & ({ audit_id: null } | AuditColumns);
type AuditColumns = {
  audit_id: string;
  at: Date;
  actor_id: string | null;
  actor_role: string;
  action: string;
  subject: string;
  subject_id: string | null;
  audit_residence: string | null;
  audit_commune: string | null;
  reason: string | null;
  text_hash: string | null;
  on_behalf_of: string | null;
};

const auditRowOf = (row: AuditColumns): AuditRow => ({
  id: row.audit_id,
  at: row.at,
  actorId: row.actor_id,
  actorRole: row.actor_role,
  action: row.action,
  subject: row.subject,
  subjectId: row.subject_id,
  residenceId: row.audit_residence,
  commune: row.audit_commune,
  reason: row.reason,
  textHash: row.text_hash,
  onBehalfOf: row.on_behalf_of,
});

const eventOf = (row: WaitingRow, seq: number): StampedEvent => ({
  seq,
  kind: row.kind,
  change: row.change,
  postId: row.post_id,
  favourId: row.favour_id,
  notificationId: row.notification_id,
  conversationId: row.conversation_id,
  messageId: row.message_id,
  caseId: row.case_id,
  cell: row.cell,
  residenceId: row.residence_id,
  commune: row.commune,
  sideA: row.side_a,
  sideB: row.side_b,
});

/** Hashes of the audit rows of a batch, linked to the tail. */
const linksOf = (rows: readonly WaitingRow[], tail: AuditTail) => {
  const columns = {
    seq: [] as number[],
    auditId: [] as string[],
    rowHash: [] as string[],
    prevHash: [] as string[],
    hash: [] as string[],
  };
  let { seq, hash } = tail;
  for (const row of rows) {
    if (row.audit_id === null) continue;
    const rowHash = hashAuditRow(auditRowOf(row));
    columns.seq.push(++seq);
    columns.auditId.push(row.audit_id);
    columns.rowHash.push(rowHash);
    columns.prevHash.push(hash);
    hash = hashLink(hash, rowHash);
    columns.hash.push(hash);
  }
  return { columns, tail: { seq, hash } };
};

const stampRows = async (
  client: pg.ClientBase,
  held: Held,
  rows: readonly WaitingRow[],
  insertJobs: InsertJobs | undefined,
) => {
  const events: StampedEvent[] = [];
  const seqs: number[] = [];
  let head = held.head;
  for (const row of rows) {
    const event = eventOf(row, ++head);
    seqs.push(head);
    events.push(event);
    if (event.kind !== 'block' || event.sideA === null || event.sideB === null) continue;
    const moved = await moveSight(client, event, row.id);
    events.push(...moved);
    head += moved.length;
  }
  const links = linksOf(rows, held.tail);
  const { columns } = links;
  const stamping = client.query<{ heads: number; stamped: number }>({
    ...moveSql,
    values: [
      head,
      leaseMs,
      held.fence,
      held.head,
      rows.map((row) => row.id),
      seqs,
      columns.seq,
      columns.auditId,
      columns.rowHash,
      columns.prevHash,
      columns.hash,
    ],
  });
  const [{ rows: moved }] = await Promise.all([stamping, insertJobs?.(client, events)]);
  if (moved[0]?.heads !== 1 || moved[0].stamped !== rows.length)
    throw new FencedOff('the stream is held by another process');
  return { events, head, tail: links.tail };
};

/** The rows that wait for their place, at most 500, oldest first. */
export const listWaiting = async (client: pg.ClientBase): Promise<WaitingRow[]> =>
  (await client.query<WaitingRow>(waitingSql)).rows;

/** A batch that was committed, and the rows that waited right after it: asked for on the way of the commit. */
export type Stamped = { events: StampedEvent[]; waiting: Promise<WaitingRow[]> };

/**
 * Gives rows that wait their place in the stream, in one transaction of the connection that holds the lock: dense `seq`, audit links, jobs, and one NOTIFY.
 * Resolves, once committed, with the events in order. `beforeLooking` is called before the rows that wait next are asked for. Rejects with `FencedOff` when the stream has another holder;
 * after any rejection the connection is to be closed, which undoes whatever was begun.
 */
export const stampBatch = async (
  client: pg.ClientBase,
  held: Held,
  rows: readonly WaitingRow[],
  insertJobs?: InsertJobs,
  beforeLooking: () => void = () => undefined,
): Promise<Stamped> => {
  const [, { events, head, tail }] = await Promise.all([
    client.query('begin'),
    stampRows(client, held, rows, insertJobs),
  ]);
  const committed = client.query('commit');
  beforeLooking();
  const waiting = listWaiting(client);
  waiting.catch(() => undefined); // whoever awaits it is told
  await committed;
  held.head = head;
  held.tail = tail;
  return { events, waiting };
};
