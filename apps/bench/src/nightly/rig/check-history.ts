import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Finding, mustBeNone } from '../finding.ts';
import type { History, Operation } from './history.ts';
import type { LiveClient } from './live-client.ts';

type Stored = { id: string; title: string; residenceId: string; commune: string; audience: string; seq: number | null };

const quietMs = 20_000;

const listStored = async (client: pg.Client, mark: string): Promise<Stored[]> => {
  const { rows } = await client.query<Stored>(
    `select p.id, p.title, p.residence_id as "residenceId", p.commune, p.audience, o.seq::float8 as seq
     from posts p left join outbox o on o.post_id = p.id and o.kind = 'post' and o.change = 'opened' where starts_with(p.title, $1)`,
    [mark],
  );
  return rows;
};

type Faults = { overfull: number; holes: number; waiting: number; unevenAsks: number; unevenSteps: number };

/**
 * What was asked of the database in one row each: places taken beyond those wanted, holes in the stream, rows not stamped, people asked without one notification of it or with two, rings
 * whose count is not how many they asked.
 */
const listFaults = async (client: pg.Client, mark: string): Promise<Faults> => {
  const { rows } = await client.query<Faults>(
    `with mine as (select id from posts where starts_with(title, $1))
     select
      (select count(*)::int from asks a join mine on mine.id = a.post_id join residents r on r.id = a.resident_id
        where 1 <> (select count(*) from notifications n where n.account_id = r.account_id and n.post_id = a.post_id and n.kind in ('ask', 'interest'))) as "unevenAsks",
      (select count(*)::int from ring_steps s join mine on mine.id = s.post_id
        where s.told <> (select count(*) from asks a where a.post_id = s.post_id and a.step = s.step)) as "unevenSteps",
      (select count(*)::int from posts p where starts_with(p.title, $1) and (select count(*) from favours f where f.post_id = p.id and f.state = 'accepted') > p.helpers_needed) as overfull,
      (select (max(seq) - min(seq) + 1 - count(distinct seq))::int from outbox where seq is not null) as holes,
      (select count(*)::int from outbox where seq is null) as waiting`,
    [mark],
  );
  if (!rows[0]) throw new Error('the database answers nothing');
  return rows[0];
};

/** Of what was acknowledged, how much is not in a table. */
const countLost = async (client: pg.Client, table: 'favours' | 'messages', ids: readonly string[]): Promise<number> => {
  const { rows } = await client.query<{ kept: number }>(
    `select count(*)::int as kept from ${pg.escapeIdentifier(table)} where id = any($1::uuid[])`,
    [ids],
  );
  return new Set(ids).size - (rows[0]?.kept ?? 0);
};

const isAfter = (client: LiveClient, seq: number): boolean =>
  seq > client.joinedAt && !client.skipped.some(([from, to]) => seq > from && seq <= to);

/** A post that was filled while a reader was away is rightly not told as opened when they are back: those that were raced for are owed to those who stayed. */
const isOwed = (client: LiveClient, post: Stored, raced: ReadonlySet<string>): boolean =>
  (client.connections === 1 || !raced.has(post.id)) &&
  post.seq !== null &&
  isAfter(client, post.seq) &&
  (post.residenceId === client.reader.residenceId ||
    (post.audience === 'commune' && post.commune === client.reader.commune));

/** Deliveries missing and doubled, over all clients. */
const countDeliveries = (clients: readonly LiveClient[], stored: readonly Stored[], raced: ReadonlySet<string>) => {
  const seen = { owed: 0, missing: 0, doubled: 0 };
  for (const client of clients)
    for (const post of stored) {
      if (!isOwed(client, post, raced)) continue;
      const told = client.opened.get(post.id)?.length ?? 0;
      seen.owed += 1;
      if (told === 0 && !client.closed.has(post.id)) seen.missing += 1;
      if (told > 1) seen.doubled += 1;
    }
  return seen;
};

/** How each operation's own word compares with the database: I1 and I3. */
const countOutcomes = (operations: readonly Operation[], stored: readonly Stored[]) => {
  const byTitle = new Map<string, number>();
  for (const { title } of stored) byTitle.set(title, (byTitle.get(title) ?? 0) + 1);
  const ids = new Set(stored.map(({ id }) => id));
  return {
    lost: operations.filter(({ outcome, postId }) => outcome === 'ok' && !ids.has(postId ?? '')).length,
    twice: [...byTitle.values()].filter((count) => count > 1).length,
    refusedButThere: operations.filter(({ outcome, title }) => outcome === 'fail' && byTitle.has(title)).length,
  };
};

export type Checked = { findings: Finding[]; owed: number };

/**
 * After quiescence, holds what the clients did and heard against the database (I1–I4): nothing acknowledged lost, nothing twice, no place taken twice, every event told once and in order
 * to whoever was there or came back. `isKind`: the network mangled no frame, so that a link that does not fit is the server's.
 */
export const checkHistory = async (
  id: string,
  url: string,
  history: History,
  clients: readonly LiveClient[],
  isKind = true,
): Promise<Checked> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // the query under way rejects
  await client.connect();
  try {
    const raced = new Set(
      history.operations.flatMap(({ postId, races }) => (postId && races.length > 0 ? [postId] : [])),
    );
    let stored = await listStored(client, history.mark);
    let deliveries = countDeliveries(clients, stored, raced);
    let faults = await listFaults(client, history.mark);
    for (
      const end = performance.now() + quietMs;
      performance.now() < end &&
      (faults.waiting > 0 || deliveries.missing > 0 || stored.some(({ seq }) => seq === null));
    ) {
      await sleep(100);
      stored = await listStored(client, history.mark);
      deliveries = countDeliveries(clients, stored, raced);
      faults = await listFaults(client, history.mark);
    }
    const { operations, statuses } = history;
    const outcomes = countOutcomes(operations, stored);
    const sum = (of: (one: LiveClient) => number): number => clients.reduce((total, one) => total + of(one), 0);
    const acked = operations.filter(({ outcome }) => outcome === 'ok').length;
    const retried = operations.filter(({ tries }) => tries.length > 1).length;
    const [yeses, words] = [operations.flatMap((one) => one.yeses), operations.flatMap((one) => one.words)];
    const winners = operations.flatMap(({ races }) => races.filter((status) => status === 201)).length;
    return {
      owed: deliveries.owed,
      findings: [
        mustBeNone(
          id,
          `I1 acknowledged and lost, of ${acked} (${operations.length} asked, ${statuses.length} tries)`,
          outcomes.lost,
        ),
        mustBeNone(id, 'I1 stored and told of by no event', stored.filter(({ seq }) => seq === null).length),
        mustBeNone(id, `I1 refused and there all the same`, outcomes.refusedButThere),
        mustBeNone(id, `I1 yeses acknowledged and lost, of ${yeses.length}`, await countLost(client, 'favours', yeses)),
        mustBeNone(
          id,
          `I1 messages acknowledged and lost, of ${words.length}`,
          await countLost(client, 'messages', words),
        ),
        mustBeNone(
          id,
          'asked and not notified once, or a ring that counts otherwise',
          faults.unevenAsks + faults.unevenSteps,
        ),
        mustBeNone(id, `I2 posts with more yeses than places (${winners} yeses raced for)`, faults.overfull),
        mustBeNone(id, `I3 done twice, of ${retried} tried again under one key`, outcomes.twice),
        mustBeNone(
          id,
          `I4 deliveries missing, of ${deliveries.owed} to ${clients.length} readers (${sum(({ connections }) => connections)} connections, ${sum(({ skipped }) => skipped.length)} resyncs)`,
          deliveries.missing,
        ),
        mustBeNone(id, 'I4 deliveries doubled', deliveries.doubled),
        mustBeNone(
          id,
          'I4 frames out of order or with a link that does not fit',
          sum((one) => one.outOfOrder + (isKind ? one.refused : 0)),
        ),
        mustBeNone(id, 'holes in the stream, and rows left without a place', faults.holes + faults.waiting),
      ],
    };
  } finally {
    await client.end();
  }
};

/** How long each delivery took, in ms from the moment the post was asked for, over all clients that heard it. */
export const delaysOf = (
  history: History,
  clients: readonly LiveClient[],
  since: (operation: Operation) => number = ({ startMs }) => startMs,
): number[] => {
  const asked = new Map(
    history.operations.flatMap((one) => (one.postId === null ? [] : [[one.postId, since(one)] as const])),
  );
  return clients.flatMap((client) =>
    [...client.opened].flatMap(([postId, told]) => {
      const at = asked.get(postId);
      return at === undefined || told[0] === undefined ? [] : [told[0] - at];
    }),
  );
};
