import type { Me } from '@palier/domain/accounts';
import type { ActingSession } from '@palier/domain/offline';
import type { RequestEvent } from '@sveltejs/kit';

/** Remembers, in this browser alone, for whom a referent acts; the API asks again at each act. */
export const actingCookie = 'palier_acting';
const keptS = 86_400; // longer than a session lasts, so that its end is noticed and said

/** The pages that are read and written in a neighbour's name; all others are the referent's own. */
const theirs = ['/autour', '/demander', '/annonces', '/coups-de-main', '/messages', '/campagnes'];

/** Whether a page is read in the neighbour's name while someone acts for them. */
export const isTheirs = (path: string): boolean =>
  theirs.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));

/** Whether a call of the API is made in the neighbour's name: what the pages above ask and do, nothing of the referent's own. */
export const isActedFor = (path: string): boolean =>
  /^\/api\/(?:posts|favours|series|conversations|photos|campaigns|me\/posts)(?:\/|$)/.test(path);

export const rememberActing = ({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>, id: string): void =>
  cookies.set(actingCookie, id, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
    maxAge: keptS,
  });

/** For whom this browser acts: a session, `none`, `over` (it ended: whoever acts must hear it before anything is done), or `unknown` when the API does not answer. */
export const readActing = async (
  event: RequestEvent,
  me: Me | null,
): Promise<ActingSession | 'none' | 'over' | 'unknown'> => {
  const id = event.cookies.get(actingCookie);
  if (!id) return 'none';
  if (!me) return 'over';
  const response = await event.fetch(`/api/acting-sessions/${encodeURIComponent(id)}`).catch(() => null);
  if (!response || response.status >= 429) return 'unknown';
  return response.ok ? ((await response.json()) as { session: ActingSession }).session : 'over';
};

/** The neighbour as the pages read a resident: nothing of theirs is set here, so nothing of it can be changed. */
export const residentOf = ({ resident, openedAt }: ActingSession): NonNullable<Me['resident']> => ({
  id: resident.id,
  displayName: resident.displayName,
  trust: resident.trust,
  residence: resident.residence,
  stair: resident.stair,
  floor: null,
  skills: [],
  availability: [],
  radiusM: 2000,
  languages: [],
  asksPerDay: 0,
  urgentAtNight: false,
  cell: resident.cell,
  joinedAt: openedAt,
});
