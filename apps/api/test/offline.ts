import { schema } from '@palier/db';
import { newId } from '../src/ids.ts';
import type { Harness } from './harness.ts';

type Staff = { id: string; cookie: string };

/** A referent of this residence, resident of nowhere unless told. */
export const mintReferent = async (h: Harness, residenceId: string, account?: Staff) => {
  const referent = account ?? (await h.mintAccount('Rémi'));
  const grantId = newId();
  await h.db.insert(schema.roleGrants).values({ id: grantId, accountId: referent.id, role: 'referent', residenceId });
  return { ...referent, grantId };
};

/** A neighbour without internet, written down by their referent through the API. */
export const welcomeNeighbour = async (h: Harness, referent: Staff, residenceId: string, displayName = 'Mme Roux') => {
  const body = { displayName, consent: 'spoken', adult: true };
  const answer = await h.call('POST', `/residences/${residenceId}/offline-residents`, { as: referent, body });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body.resident as { id: string; displayName: string };
};

/** A session opened by the referent, and calls made in it. */
export const openSession = async (h: Harness, referent: Staff, residentId: string) => {
  const url = `/offline-residents/${residentId}/acting-sessions`;
  const answer = await h.call('POST', url, { as: referent, body: { consent: 'spoken' } });
  if (answer.status !== 201) throw new Error(answer.text);
  const { id } = answer.body.session as { id: string };
  const call = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object) =>
    h.call(method, path, { as: referent, headers: { 'palier-acting-for': id }, ...(body && { body }) });
  return { id, call, session: answer.body.session };
};

/** A residence, its referent, a neighbour without internet and a session to act for them. */
export const stageActing = async (h: Harness, place: Parameters<Harness['mintResidence']>[0] = {}) => {
  const home = await h.mintResidence(place);
  const referent = await mintReferent(h, home.id);
  const neighbour = await welcomeNeighbour(h, referent, home.id);
  const acting = await openSession(h, referent, neighbour.id);
  return { home, referent, neighbour, acting };
};

/** The address of a lobby's screen, as its referent is shown it once. */
export const openScreen = async (h: Harness, referent: { cookie: string }, residenceId: string) => {
  const { body } = await h.call('POST', `/residences/${residenceId}/hall-screens`, { as: referent });
  return { id: body.screen.id as string, token: (body.url as string).split('/hall/')[1] ?? '' };
};
