import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';

type Row = Record<string, string>;

/** Runs one statement as the superuser of the run's own database, past every wall: for what only time does, since the server's clock cannot be moved. */
export const inDatabase = async (text: string, values: unknown[] = []): Promise<Row[]> => {
  const dataDir = inject('dataDir');
  const keys = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { postgres: string };
  const client = new pg.Client({
    host: join(dataDir, 'postgres'),
    user: 'postgres',
    password: keys.postgres,
    database: 'palier',
  });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
};

/** Asks for a job now that the clock starts every minute. */
export const runNow = (queue: 'rounds.tick' | 'rings.tell' | 'posts.expire'): Promise<Row[]> =>
  inDatabase(`insert into pgboss.job (name, data) values ($1, '{}')`, [queue]);

/** Communes around the world, with their departments and clocks: at any moment one of them is between 9:00 and 20:00. */
const communes = [
  { code: '01173', department: '01', timeZone: 'Europe/Paris' },
  { code: '97411', department: '974', timeZone: 'Indian/Reunion' },
  { code: '97105', department: '971', timeZone: 'America/Guadeloupe' },
  { code: '98735', department: '987', timeZone: 'Pacific/Tahiti' },
  { code: '98818', department: '988', timeZone: 'Pacific/Noumea' },
];
const hourIn = (timeZone: string): number =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit' }).format(new Date()));

const inDaylight = () => {
  const there = communes.find(({ timeZone }) => hourIn(timeZone) >= 9 && hourIn(timeZone) < 20);
  if (!there) throw new Error('it is night everywhere');
  return there;
};

/** Lays a residence where doors may be knocked at now, until the test ends; resolves with the department in which it then is. */
export const layInDaylight = async (residenceId: string): Promise<string> => {
  const there = inDaylight();
  const [before] = await inDatabase('select commune from residences where id = $1', [residenceId]);
  const lay = (commune?: string) =>
    inDatabase('update residences set commune = $2 where id = $1', [residenceId, commune]);
  await lay(there.code);
  onTestFinished(() => lay(before?.commune).then(() => undefined));
  return there.department;
};

/** Lays all residences where neighbours may be told now, and has their people hear of as many asks as one may choose, until the test ends: other stories have asked of them today. */
export const layAllInDaylight = async (): Promise<void> => {
  const homes = await inDatabase('select id, commune from residences');
  const people = await inDatabase('select id, asks_per_day from residents');
  const there = inDaylight();
  if (there !== communes[0]) await inDatabase('update residences set commune = $1', [there.code]);
  await inDatabase('update residents set asks_per_day = 10');
  onTestFinished(async () => {
    const rows = (list: unknown) => [JSON.stringify(list)];
    await inDatabase(
      'update residences e set commune = b.commune from jsonb_to_recordset($1::jsonb) as b(id uuid, commune text) where b.id = e.id',
      rows(homes),
    );
    await inDatabase(
      'update residents r set asks_per_day = b.asks_per_day from jsonb_to_recordset($1::jsonb) as b(id uuid, asks_per_day int) where b.id = r.id',
      rows(people),
    );
  });
};
