import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { newId } from '../../src/ids.ts';
import { hashMailToken } from '../../src/notifications/index.ts';
import { type Harness, password } from '../harness.ts';
import { onSlip } from './rows/watch.ts';
import { lastDay, type openWatchTargets } from './watch-targets.ts';

type Known = { code: string; residenceId: string; spareId: string; watch: ReturnType<typeof openWatchTargets> };

/** The bodies that a row names, each made when it is sent: a code, an address or a neighbour that no earlier call has used up. */
export const openBodies = (
  h: Harness,
  { code, residenceId, spareId, watch }: Known,
): Record<string, () => Promise<object>> => {
  /** A link's secret of each kind, as the mail would have carried it. */
  const mintToken = async (purpose: 'confirm' | 'reset') => {
    const account = await h.mintAccount();
    if (purpose === 'confirm')
      await h.db.update(schema.accounts).set({ emailConfirmedAt: null }).where(eq(schema.accounts.id, account.id));
    const token = newId();
    const expiresAt = new Date(Date.now() + 600_000);
    const hash = hashMailToken(purpose, token);
    await h.db.insert(schema.emailTokens).values({ hash, accountId: account.id, email: account.email, expiresAt });
    return token;
  };

  return {
    post: async () => ({ kind: 'request', category: 'errands', title: 'Un pain et du lait' }),
    edit: async () => ({ title: 'Deux pains et du lait' }),
    entry: async () => {
      return { code, displayName: 'Nouvelle', email: `${newId()}@example.test`, password, adult: true };
    },
    credentials: async () => ({ email: (await h.mintAccount()).email, password }),
    move: async () => ({ code: 'AAAA-BBBB-CCCC-DDDD' }),
    opening: async () => ({
      name: newId().slice(0, 40),
      address: '3 rue des Essais',
      commune: '01173',
      homes: 12,
      point: { lat: 46.3314, lon: 6.0604 },
    }),
    naming: async () => ({ email: (await h.mintAccount()).email }),
    list: async () => ({
      file: Buffer.from('nom;adresse;insee;logements;lat;lon\nX;Y rue;01173;3;0;0').toString('base64'),
      dryRun: true,
    }),
    print: async () => ({ kind: 'poster', codes: [code], locale: 'fr' }),
    approval: async () => ({
      residentId: (await h.mintResident({ residenceId, stairId: null, trust: 'new' })).id,
    }),
    confirmation: async () => ({ token: await mintToken('confirm') }),
    report: async () => ({ subject: 'resident', subjectId: spareId, reason: 'other' }),
    reset: async () => ({ token: await mintToken('reset'), password }),
    slip: async () => ({ ...onSlip, residenceId, signedOn: new Date().toISOString().slice(0, 10) }),
    granting: async () => ({ email: (await h.mintAccount()).email, endsOn: lastDay() }),
    reading: async () => ({ grantId: (await watch.mintGrant()).id, endsOn: lastDay() }),
  };
};
