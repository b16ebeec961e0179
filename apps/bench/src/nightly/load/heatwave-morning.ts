import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { quantile } from '../../figures/stats.ts';
import { atMost, type Finding, mustBeNone } from '../finding.ts';
import { call } from '../rig/call.ts';
import { checkHistory } from '../rig/check-history.ts';
import { openCrowd } from '../rig/crowd.ts';
import { History, writeSteadily } from '../rig/history.ts';
import { startNode } from '../rig/node.ts';
import { timeUntil } from '../rig/wait.ts';
import type { Load } from '../scenario.ts';
import { type Door, settleWatch } from './watch.ts';

const outcomes = ['reached', 'reached', 'reached', 'reached', 'needs-something', 'no-answer'] as const;
type CheckIn = { door: Door; outcome: (typeof outcomes)[number]; isAcknowledged: boolean; tookMs: number };

/** Types in what was seen at a door, again under the same key until it is answered. */
const checkIn = async (origin: string, door: Door, nth: number): Promise<CheckIn> => {
  const outcome = outcomes[nth % outcomes.length] ?? 'reached';
  const [key, startMs] = [randomUUID(), performance.now()];
  const body = { entries: [{ checkId: door.checkId, outcome, at: new Date().toISOString() }] };
  let status: number | null = null;
  for (let tries = 0; status !== 201 && tries < 20; tries += 1) {
    if (tries > 0) await sleep(Math.random() * 500);
    ({ status } = await call(origin, '/api/watch/entries', { cookie: door.reader.cookie, key, body }));
  }
  return { door, outcome, isAcknowledged: status === 201, tookMs: performance.now() - startMs };
};

/** Notes when an alarm can first be read, until `isOver`: how late after its time it was raised, in seconds, by check. */
const watchAlarms = async (url: string, isOver: () => boolean): Promise<ReadonlyMap<string, number>> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const late = new Map<string, number>();
  try {
    while (!isOver()) {
      const { rows } = await client.query<{ id: string; at: Date }>(
        'select c.id, c.escalates_at as at from watch_escalations x join watch_checks c on c.id = x.check_id where c.id <> all($1)',
        [[...late.keys()]],
      );
      for (const { id, at } of rows) late.set(id, (Date.now() - at.getTime()) / 1_000);
      await sleep(250);
    }
    return late;
  } finally {
    await client.end();
  }
};

/** What was acknowledged and is not there, or is there twice. */
const countLost = async (url: string, made: readonly CheckIn[]): Promise<Finding[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; state: string; attempts: number }>(
      'select c.id, c.state, (select count(*)::int from watch_attempts a where a.check_id = c.id) as attempts from watch_checks c',
    );
    const stored = new Map(rows.map((row) => [row.id, row]));
    const seen = made.map((one) => ({ ...one, row: stored.get(one.door.checkId) }));
    const states = (outcome: string): string[] => (outcome === 'no-answer' ? ['no-answer', 'due'] : [outcome]);
    const lost = seen.filter(
      ({ isAcknowledged, outcome, row }) =>
        isAcknowledged && (!row || row.attempts === 0 || !states(outcome).includes(row.state)),
    );
    return [
      mustBeNone('L6', `check-ins not taken, of ${made.length}`, made.filter((one) => !one.isAcknowledged).length),
      mustBeNone('L6', 'check-ins acknowledged and lost', lost.length),
      mustBeNone('L6', 'check-ins doubled', rows.filter(({ attempts }) => attempts > 1).length),
    ];
  } finally {
    await client.end();
  }
};

/** L6: a heatwave's morning: two thousand check-ins in ten minutes beside the posts of a busy day, while a door in eleven stays shut until its alarm. */
export const heatwaveMorning: Load = async ({ scale, say }) => {
  const [checkIns, lastsMs] = [Math.round(2_000 * scale), Math.max(150_000, 600_000 * scale)];
  const crowd = await openCrowd({ readers: 20, authors: 200, residences: 40 });
  const node = await startNode(crowd.dataDir, crowd.store);
  const history = new History();
  try {
    const silent = Math.round(checkIns / 10);
    const doors = await settleWatch(crowd, { doors: checkIns, silent, lastsMs });
    say(`${checkIns} check-ins in ${lastsMs / 1_000} s, ${silent} doors that stay shut`);
    const startMs = performance.now();
    let [isOver, isQuiet] = [false, false];
    const alarms = watchAlarms(crowd.store.adminUrl, () => isQuiet);
    const writing = writeSteadily(history, {
      ...{ origins: [node.origin], authors: crowd.authors, perSecond: 20, isOver: () => isOver },
    });
    const making: Promise<CheckIn>[] = [];
    for (const [nth, door] of doors.entries()) {
      const waitMs = startMs + (nth * lastsMs) / doors.length - performance.now();
      if (waitMs > 1) await sleep(waitMs);
      making.push(checkIn(node.origin, door, nth));
      if (nth % 20 === 0) void call(node.origin, '/api/watch/board', { cookie: door.reader.cookie });
    }
    const made = await Promise.all(making);
    isOver = true;
    await writing;
    const owed = async (): Promise<number> => {
      const { rows } = await crowd.store.owner.query<{ count: number }>(
        `select count(*)::int as count from audit where action = 'check.escalate'`,
      );
      return silent - (rows[0]?.count ?? 0);
    };
    await timeUntil(async () => (await owed()) <= 0, 150_000);
    await sleep(1_000); // the last is seen
    isQuiet = true;
    const late = [...(await alarms).values()];
    return [
      ...(await checkHistory('L6', crowd.store.appUrl, history, [])).findings,
      ...(await countLost(crowd.store.adminUrl, made)),
      mustBeNone('L6', `alarms not raised, of ${silent}`, Math.max(0, silent - late.length)),
      { ...atMost('L6', 'latest alarm after its time', Math.max(0, ...late), 's', 60), isWrong: true },
      { id: 'L6', what: 'alarm after its time, median', seen: quantile(late, 0.5), unit: 's', bar: null },
      {
        ...{ id: 'L6', what: 'a check-in, p95', unit: 'ms', bar: null },
        seen: quantile(
          made.map(({ tookMs }) => tookMs),
          0.95,
        ),
      },
    ];
  } finally {
    await node.stop();
    await crowd.store.close();
  }
};
