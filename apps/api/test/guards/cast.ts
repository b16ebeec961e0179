import { schema } from '@palier/db';
import { type Cell, cellCentre, homeCell } from '@palier/domain/places';
import { eq } from 'drizzle-orm';
import { newId } from '../../src/ids.ts';
import { gex, type Harness } from '../harness.ts';

/** Who may knock: every way a caller can stand to the owner's post and favours. */
export const roles = [
  'anonymous',
  'expired',
  'newcomer',
  'sameStair',
  'sameResidence',
  'neighbour',
  'sameCommune',
  'farAway',
  'owner',
  'helper',
  'former',
  'standby',
  'blocked',
  'officer',
  'referent',
  'coordinator',
  'officerElsewhere',
  'referentElsewhere',
  'coordinatorElsewhere',
  'reader',
] as const;
export type Role = (typeof roles)[number];
export const outsiders = ['anonymous', 'expired'] as const satisfies readonly Role[];
/** Staff of another commune, another residence or another territory: their role is real, and opens nothing here. */
export const elsewhere = [
  'officerElsewhere',
  'referentElsewhere',
  'coordinatorElsewhere',
] as const satisfies readonly Role[];
export const staff = ['officer', 'referent', 'coordinator', 'reader', ...elsewhere] as const satisfies readonly Role[];

type Someone = { cookie: string; email: string; id: string };

const centre = cellCentre(gex.cell as Cell);
const shifted = (lat: number, lon: number) => homeCell({ lat: centre.lat + lat, lon: centre.lon + lon }, 9);
const near = shifted(0.004, 0.006);
const acrossTown = shifted(0.05, 0.05);
const far = shifted(-0.6, -0.4);

const mintStaff = async (h: Harness, role: 'officer' | 'referent' | 'coordinator', place: object): Promise<Someone> => {
  const account = await h.mintAccount(role);
  await h.db.insert(schema.roleGrants).values({ id: newId(), accountId: account.id, role, ...place });
  return account;
};

/** Mints one person for each role, around one owner. */
export const mintCast = async (h: Harness) => {
  const home = await h.mintResidence();
  const away = await h.mintResidence({ commune: '01034' });
  const [stair, otherStair] = home.stairs.map(({ id }) => id);
  const at = (stairId: string | undefined, who: object = {}) =>
    h.mintResident({ residenceId: home.id, stairId: stairId ?? null, ...who });
  const expired = await at(stair);
  await h.db
    .update(schema.sessions)
    .set({ expiresAt: new Date(0) })
    .where(eq(schema.sessions.userId, expired.accountId));
  const people = {
    expired,
    newcomer: await at(stair, { trust: 'new', daysAgo: 1 }),
    sameStair: await at(stair),
    sameResidence: await at(otherStair),
    neighbour: await h.mintResident({ cell: near }),
    sameCommune: await h.mintResident({ cell: acrossTown, commune: gex.commune }),
    farAway: await h.mintResident({ cell: far, commune: '01034' }),
    owner: await at(stair, { displayName: 'Odile' }),
    helper: await at(otherStair, { displayName: 'Hélène' }),
    former: await h.mintResident({ cell: near }),
    standby: await h.mintResident({ cell: near }),
    blocked: await at(otherStair),
    officer: await mintStaff(h, 'officer', { commune: gex.commune }),
    referent: await mintStaff(h, 'referent', { residenceId: home.id }),
    coordinator: await mintStaff(h, 'coordinator', { territoryId: home.territoryId }),
    reader: (await h.mintAccount('reader')) as Someone,
    officerElsewhere: await mintStaff(h, 'officer', { commune: '01034' }),
    referentElsewhere: await mintStaff(h, 'referent', { residenceId: away.id }),
    coordinatorElsewhere: await mintStaff(h, 'coordinator', { territoryId: away.territoryId }),
  };
  const { owner, blocked, coordinator, reader } = people;
  const role = { id: newId(), accountId: reader.id, territoryId: home.territoryId, namedBy: coordinator.id };
  const endsAt = new Date(Date.now() + 200 * 86_400_000);
  await h.db.insert(schema.watchReaderGrants).values({ ...role, namedAt: new Date(), endsAt });
  await h.db.insert(schema.blocks).values({ residentId: owner.id, blockedId: blocked.id });
  return { home, people };
};
export type Cast = Awaited<ReturnType<typeof mintCast>>;

/** What a scene holds: a post of the owner's, and the favour of its accepted helper once there is one. */
export type Scene = { postId: string; favourId: string; seriesId?: string; caseId?: string; decisionId?: string };
export type SceneName = 'open' | 'promised' | 'done' | 'missed' | 'held' | 'series' | 'reported' | 'ruled';

export const onBehalfOf = { name: 'Madame Zéphyrine', consent: 'spoken' } as const;

/** Plays the owner's post up to a scene, through the API itself. */
export const playScene = async (h: Harness, { people }: Cast, name: SceneName): Promise<Scene> => {
  const { owner, helper, former, standby } = people;
  const must = async (who: { cookie: string }, url: string, body: object) => {
    const answer = await h.call('POST', url, { as: who, body });
    if (answer.status >= 300) throw new Error(`${url}: ${answer.status} ${answer.text}`);
    return answer.body;
  };
  const draft = { kind: 'request', category: 'errands', title: 'Un pain et du lait', audience: 'neighbourhood' };
  if (name === 'series') {
    const at = Date.now() + 86_400_000;
    const [from, to, until] = [at, at + 3_600_000, at + 30 * 86_400_000].map((time) => new Date(time).toISOString());
    const dated = { window: { from, to }, repeats: { every: 'week', until } };
    const { post } = await must(owner, '/posts', { ...draft, ...dated });
    const { favour } = await must(helper, `/posts/${post.id}/favours`, {});
    return { postId: post.id, favourId: favour.id, seriesId: post.seriesId };
  }
  const { post } = await must(owner, '/posts', { ...draft, onBehalfOf });
  if (name === 'held') {
    await h.db.update(schema.posts).set({ state: 'held' }).where(eq(schema.posts.id, post.id));
  }
  if (name === 'reported' || name === 'ruled') {
    await must(people.sameResidence, '/reports', { subject: 'post', subjectId: post.id, reason: 'insult' });
    const { cases } = schema;
    const [found] = await h.db.select({ id: cases.id }).from(cases).where(eq(cases.subjectId, post.id));
    const reported = { postId: post.id, favourId: newId(), caseId: found?.id ?? '' };
    if (name === 'reported') return reported;
    const ruling = { kind: 'remove', reason: 'insult', text: 'Une insulte à un voisin.' };
    const { decision } = await must(people.referent, `/moderation/cases/${reported.caseId}/decisions`, ruling);
    return { ...reported, decisionId: decision.id };
  }
  if (name === 'open' || name === 'held') return { postId: post.id, favourId: newId() };
  const left = await must(former, `/posts/${post.id}/favours`, {});
  await must(former, `/favours/${left.favour.id}/withdraw`, { reason: 'no-time' });
  const { favour } = await must(helper, `/posts/${post.id}/favours`, { note: 'Je passe à midi' });
  await must(standby, `/posts/${post.id}/favours`, {});
  if (name === 'missed') await must(owner, `/favours/${favour.id}/no-show`, { reason: 'nobody-came' });
  if (name === 'done') await must(helper, `/favours/${favour.id}/done`, { minutes: 20 });
  return { postId: post.id, favourId: favour.id };
};
