import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inTransaction, schema, watchAs } from '@palier/db';
import { atHour, type CheckTime, checksToMake, DayPart, localDateOf } from '@palier/domain/watch';
import { and, isNull, sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { openOwnDatabase } from '../../test/own-database.ts';
import { openVigilance, vigilanceBody } from '../../test/vigilance-server.ts';
import { mintWatch, nth, tick } from '../../test/watch.ts';
import { newId } from '../ids.ts';
import { pollWeather } from '../weather/index.ts';

// Colours that rise and fall as the three scenarios say, over days in which the clocks change; people who answer, do not, or are forgotten; twice, everything cut in the middle of a minute's work, and of what a reader types in.
// `NIGHTLY=1` is twelve days and two thousand people, and each cut kills a process of the API and PostgreSQL itself, which the product's launcher starts again. `npm test` is small: a process is
// killed once, and the database's connections ended twice.
const isNightly = process.env.NIGHTLY === '1';
const size = isNightly ? { days: 12, people: 2_000, killed: 2 } : { days: 3, people: 16, killed: 1 };
const hours = isNightly ? Array.from({ length: 16 }, (_, n) => n + 6) : [9, 12, 15, 18];
/** The hours of the cuts: nine o'clock makes the morning's checks, noon others. */
const cuts = isNightly ? ['1 9', '7 12'] : ['1 9', '1 12'];
const timeZone = 'Europe/Paris';
const minuteMs = 60_000;
const dayMs = 86_400_000;
const firstDay = isNightly ? '2026-10-17' : '2026-10-24'; // the clocks go back on the 25th
const dateAfter = (days: number): string =>
  localDateOf(new Date(Date.parse(`${firstDay}T12:00:00Z`) + days * dayMs), timeZone);

let now = new Date(`${firstDay}T03:00:00Z`);
const map = await openVigilance();
const own = isNightly ? await openOwnDatabase() : null;
if (own) afterAll(own.stop, 60_000);
const h = await openHarness({ VIGILANCE_URL: map.url }, { clock: () => now }, undefined, own?.urls ?? true);
const ctx = () => ({ ...h.deps, actor: null, now, ip: '', locale: 'fr' as const, tx: null });

/** The three scenarios, each moved to a day of the simulation. */
const bulletins = [
  { day: 0, name: 'scenario-1-canicule-montee.json', from: ['2026-07-08', '2026-07-09'] },
  { day: Math.floor(size.days / 3), name: 'scenario-2-canicule-decrue.json', from: ['2026-07-10', '2026-07-11'] },
  { day: Math.floor((size.days * 2) / 3), name: 'scenario-3-grand-froid.json', from: ['2027-01-15', '2027-01-16'] },
].map(({ day, name, from }) => ({
  day,
  body: from.reduce((text, date, n) => text.replaceAll(date, dateAfter(day + n)), vigilanceBody(name)),
}));

const communes = isNightly ? ['01173', '75056', '88413', '31555'] : ['01173', '75056'];
const watches: Awaited<ReturnType<typeof mintWatch>>[] = [];
const groups: { people: readonly { id: string }[]; part: DayPart; territoryId: string; made: CheckTime[] }[] = [];
for (const [n, commune] of communes.entries())
  for (const part of [nth(DayPart.options, n), nth(DayPart.options, (n + 2) % 4)]) {
    const watch = await mintWatch(h, { people: size.people / communes.length / 2, volunteers: 2, part, commune });
    watches.push(watch);
    groups.push({ people: watch.people, part, territoryId: watch.residence.territoryId, made: [] });
  }

let seed = 20_261_122;
const chance = (): number => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return seed / 2 ** 32;
};
const pastWall = <T>(work: Parameters<typeof inTransaction<T>>[1]) =>
  inTransaction(h.db, async (tx) => {
    await watchAs(tx, 'house', now);
    return work(tx);
  });

/** What the rules say is to be made at this minute, beside what the product makes. */
const expectChecks = async (): Promise<void> => {
  const { watchRounds } = schema;
  const rounds = await h.db
    .select()
    .from(watchRounds)
    .where(and(isNull(watchRounds.closedAt)))
    .orderBy(watchRounds.openedAt);
  for (const round of rounds)
    for (const group of groups.filter(({ territoryId }) => territoryId === round.territoryId))
      group.made.push(...checksToMake({ ...round, part: group.part, timeZone, made: group.made }, now));
};
const minute = async (at: Date): Promise<void> => {
  now = at;
  await tick(h, at);
  await expectChecks();
};

/** The next minute at which an alarm is to be raised, if it is before `until`. */
const nextAlarm = async (until: Date): Promise<Date | null> => {
  const { rows } = await pastWall((tx) =>
    tx.execute<{ at: string | null }>(
      sql`select min(escalates_at) as at from watch_checks where state in ('due', 'claimed', 'no-answer')`,
    ),
  );
  const at = rows[0]?.at ? Math.ceil(new Date(rows[0].at).getTime() / minuteMs) * minuteMs : Number.POSITIVE_INFINITY;
  return at < until.getTime() ? new Date(Math.max(at, now.getTime())) : null;
};

type Board = {
  checks: { checkId: string; state: string; dueAt: string }[];
  coverage: { due: number; covered: number; waiting: number; escalated: number }[];
};

type Watch = (typeof watches)[number];
const readBoard = async ({ readers: [reader] }: Watch): Promise<Board> => {
  let board: Board = { checks: [], coverage: [] };
  const look = async () => {
    const { status, body } = await h.call('GET', '/watch/board', { as: reader });
    board = body;
    return status;
  };
  await expect.poll(look, { timeout: 60_000, interval: 250 }).toBe(200); // 503 on a busy machine, as for an entry
  for (const line of board.coverage) expect(line.covered + line.waiting + line.escalated).toBe(line.due);
  expect(board.coverage.reduce((sum, line) => sum + line.due, 0)).toBe(board.checks.length);
  return board;
};

let typed = 0;
/** One hour of one place: readers type in what was seen, volunteers claim and forget, alarms are ended or left to ring. */
const live = async ({ readers: [reader], volunteers }: Watch, board: Board): Promise<void> => {
  const waiting = board.checks.filter(({ state }) => state === 'due');
  const entries = waiting.flatMap(({ checkId }) => {
    const luck = chance();
    if (luck > 0.6) return [];
    return [
      {
        checkId,
        outcome: luck < 0.35 ? 'reached' : luck < 0.4 ? 'needs-something' : 'no-answer',
        at: now.toISOString(),
      },
    ];
  });
  for (let n = 0; n < entries.length; n += 100) {
    const body = { entries: entries.slice(n, n + 100) };
    const headers = { 'idempotency-key': newId() };
    // A busy machine is answered 503 and asks again, as a browser does; the key has it typed in once.
    const send = async () => (await h.call('POST', '/watch/entries', { as: reader, body, headers })).status;
    await expect.poll(send, { timeout: 60_000, interval: 250 }).toBe(201);
    typed += body.entries.length;
  }
  const left = waiting.find(({ checkId }) => !entries.some((entry) => entry.checkId === checkId));
  if (left) await h.call('POST', `/watch/checks/${left.checkId}/claim`, { as: nth(volunteers, 0) });
  for (const { checkId } of board.checks.filter(({ state }) => state === 'escalated'))
    if (chance() < 0.4)
      await h.call('POST', `/watch/alarms/${checkId}/end`, { as: reader, body: { ending: 'reached' } });
};

const program = new URL('../../test/programs/tick-rounds.ts', import.meta.url).pathname;
const env = { ...process.env, DATABASE_URL: h.appUrl, DATA_DIR: h.dataDir, DEMO: 'off' };
/** Processes that wait to be told their minute: they start while the simulation goes on. */
const processes = Array.from({ length: size.killed }, () => {
  const child = spawn(process.execPath, [program], { env, stdio: ['pipe', 'ignore', 'ignore'] });
  return { child, gone: once(child, 'exit') };
});
afterAll(() => {
  for (const { child } of processes) child.kill('SIGKILL');
});

/** A minute's work cut after it wrote checks and before it committed them, beside a reader who types in: a process, if one is left, and the database are killed at once. */
const cut = async (at: Date): Promise<void> => {
  now = at;
  const watch = nth(watches, 0);
  const board = await readBoard(watch);
  const holder = await h.pool.connect();
  await holder.query('begin');
  await holder.query('set local idle_in_transaction_session_timeout = 0'); // on a busy machine a process takes long to start
  await holder.query('lock table outbox in share mode'); // whoever writes down what they did waits here
  const waiting = async (): Promise<number> => {
    const { rowCount } = await h.pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rowCount ?? 0;
  };
  const ticking = processes.pop();
  const over = ticking?.gone ?? tick(h, at).catch((error: unknown) => error);
  let typing = Promise.resolve();
  let isTyped = false;
  try {
    ticking?.child.stdin.end(at.toISOString());
    await expect.poll(waiting, { timeout: 30_000, interval: 50 }).toBeGreaterThan(0);
    typing = live(watch, board).finally(() => {
      isTyped = true;
    });
    await expect.poll(async () => isTyped || (await waiting()) > 1, { timeout: 30_000, interval: 50 }).toBe(true);
    ticking?.child.kill('SIGKILL');
    if (own) own.kill();
    else
      await holder.query(
        'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
    await over;
  } finally {
    holder.release(true); // its connection is closed, and the lock with it
  }
  // As the next minute would, once the database is back.
  const isMovedOn = () =>
    tick(h, at).then(
      () => true,
      () => false,
    );
  await expect.poll(isMovedOn, { timeout: 60_000, interval: 250 }).toBe(true);
  await expectChecks();
  await typing;
};

test(
  `${size.people} people over ${size.days} days: no check is lost or made twice, every alarm is raised within its minute, coverage adds up`,
  async () => {
    for (let day = 0; day < size.days; day++) {
      const bulletin = bulletins.find((one) => one.day === day);
      if (bulletin) map.serves(bulletin.body);
      for (const hour of hours) {
        const until = atHour(dateAfter(day), hour, timeZone);
        for (let alarm = await nextAlarm(until); alarm; alarm = await nextAlarm(until)) await minute(alarm);
        now = until;
        await pollWeather(ctx());
        await (cuts.includes(`${day} ${hour}`) ? cut(until) : minute(until));
        if (hour >= 8 && hour < 21) for (const watch of watches) await live(watch, await readBoard(watch));
      }
    }
    const last = new Date(now.getTime() + dayMs);
    for (let alarm = await nextAlarm(last); alarm; alarm = await nextAlarm(last)) await minute(alarm);
    const made = await pastWall((tx) => tx.select().from(schema.watchChecks));
    const keys = (people: readonly { id: string }[], of: readonly { date: string; hour: number }[]) =>
      people.flatMap(({ id }) => of.map(({ date, hour }) => `${id} ${date} ${hour}`));
    const expected = groups.flatMap((group) => keys(group.people, group.made)).sort();
    expect(made.map(({ personId, day, hour }) => `${personId} ${day} ${hour}`).sort()).toEqual(expected);
    expect(expected.length).toBeGreaterThan(size.people);
    const { rows: answers } = await pastWall((tx) =>
      tx.execute(sql`select count(*)::int as typed from watch_attempts where outcome is not null`),
    );
    expect(answers).toMatchObject([{ typed }]);
    expect(own?.said.filter((line) => line === 'PostgreSQL is back') ?? cuts).toHaveLength(cuts.length);
    const { rows: late } = await pastWall((tx) =>
      tx.execute(sql`
        select c.id from watch_checks c left join watch_escalations x on x.check_id = c.id
        where (c.state in ('due', 'claimed', 'no-answer') and c.escalates_at + interval '60 s' < ${now.toISOString()}) or x.raised_at > c.escalates_at + interval '60 s'
          or (c.state = 'escalated' and x.check_id is null)`),
    );
    expect(late).toEqual([]);
    const { rows: raised } = await pastWall((tx) =>
      tx.execute<{ by_time: number; by_tries: number; red: number }>(sql`
        select count(*) filter (where x.raised_at >= c.escalates_at)::int as by_time, count(*) filter (where c.attempts = 4)::int as by_tries,
          count(distinct c.colour)::int as red from watch_checks c join watch_escalations x on x.check_id = c.id`),
    );
    expect(raised[0]?.by_time).toBeGreaterThan(0);
  },
  isNightly ? 900_000 : 120_000,
);
