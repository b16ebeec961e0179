import type { Transaction } from '@palier/db';
import { listReferentAccounts } from '../accounts/index.ts';
import type { Notice } from '../notifications/index.ts';

/** What the referents of a residence are told of a post of a neighbour without internet, neither named: that it waits for an answer, or is over. They know whom to go and see. */
export const forReferents = async (
  tx: Transaction,
  residenceId: string,
  turn: 'offline-waits' | 'offline-over',
): Promise<Notice[]> =>
  (await listReferentAccounts(tx, [residenceId])).map((accountId) => ({ accountId, kind: 'account', turn }));
