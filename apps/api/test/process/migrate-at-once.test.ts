import { expect, onTestFinished, test } from 'vitest';
import { migrateStore } from '../../src/process/database.ts';
import { openOwnDatabase } from '../own-database.ts';

test('ten processes over one database that bring it to this version at once find nothing to do, and none is refused', async () => {
  const { urls, stop } = await openOwnDatabase();
  onTestFinished(stop);
  const store = { ownerUrl: urls.ownerUrl, appRole: 'palier_app', isEmbedded: false };
  const applied = await Promise.all(Array.from({ length: 10 }, () => migrateStore(store, () => undefined)));
  expect(applied).toEqual(applied.map(() => 0));
});
