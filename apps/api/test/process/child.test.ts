import { expect, test } from 'vitest';
import { startChild } from '../../src/process/cluster/child.ts';
import { newDataDir } from './run-server.ts';

test('a process of a cluster whose database is out of reach ends each time, is started again, and is given up in words', async () => {
  const nowhere = 'postgres://palier_app@127.0.0.1:1/palier';
  const settings = { DATA_DIR: newDataDir(), DATABASE_URL: nowhere, MIGRATIONS_DATABASE_URL: nowhere, ROLE: 'api' };
  const said: string[] = [];
  const child = startChild({ name: 'api 1', settings, say: (line) => said.push(line) });
  await expect(child.ready).rejects.toThrow('api 1 does not start');
  expect(said.filter((line) => line.includes('it is started again'))).toHaveLength(2);
  await child.stop();
});
