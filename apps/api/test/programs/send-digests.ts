// Sends the day's mails of a database once, at the instant NOW: a process that a test may kill.
import { openDatabase, openPool } from '@palier/db';
import { readEnv } from '../../src/env.ts';
import { openKeys } from '../../src/keys.ts';
import { openMailer, sendDigests } from '../../src/notifications/index.ts';

const env = readEnv(process.env);
const pool = openPool({ url: env.databaseUrl ?? '', max: 2, applicationName: 'test' });
const mailer = openMailer(env, () => undefined);
const clock = () => new Date(process.env['NOW'] ?? '');
await sendDigests({ db: openDatabase(pool), env, keys: openKeys(env.dataDir), clock, mailer });
mailer.close();
await pool.end();
