import { schema } from '@palier/db';
import { newId } from '../src/ids.ts';
import type { Harness } from './harness.ts';

/** An account with a role for one place, signed in. */
export const mintStaff = async (
  h: Harness,
  place: { residenceId: string } | { territoryId: string },
  displayName = 'Rachel',
) => {
  const account = await h.mintAccount(displayName);
  const role = 'residenceId' in place ? 'referent' : 'coordinator';
  const grantId = newId();
  await h.db.insert(schema.roleGrants).values({ id: grantId, accountId: account.id, role, ...place });
  return { ...account, grantId };
};
