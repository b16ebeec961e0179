// Moves the watch of a database on by one minute's work, at the instant it reads: a process that a test may kill.
import { text } from 'node:stream/consumers';
import { openDatabase, openPool } from '@palier/db';
import { pino } from 'pino';
import { readEnv } from '../../src/env.ts';
import { openKeys } from '../../src/keys.ts';
import { tickRounds } from '../../src/rounds/index.ts';

const env = readEnv(process.env);
const pool = openPool({ url: env.databaseUrl ?? '', max: 2, applicationName: 'test tick' });
const now = new Date(await text(process.stdin));
const doorbell = { ring: () => undefined };
const readiness = { missing: () => [], bus: () => 'local' as const, sockets: () => 0, head: () => 0 };
const deps = { db: openDatabase(pool), env, keys: openKeys(env.dataDir), clock: () => now, doorbell, readiness };
const log = pino({ level: 'silent' });
await tickRounds({ ...deps, log, actor: null, now, ip: '', locale: 'fr', tx: null });
await pool.end();
