import type { NotificationKind } from './kinds.ts';

/** What a notification is about: at most one of each, null when it is not of that sort. */
export type NoticeSubject = {
  postId: string | null;
  favourId: string | null;
  conversationId: string | null;
  caseId: string | null;
  /** Which news of its kind it is; '' where there is only one. */
  turn?: string;
};

/** Where a change of an account is explained. */
const pagesOfAccount: Readonly<Record<string, string>> = {
  trust: '/moi/confiance',
  role: '/bureau',
  moved: '/bureau/residences',
  'offline-waits': '/bureau/sans-internet',
  'offline-over': '/bureau/sans-internet',
};

/** Where each news of the watch leads. */
const pagesOfWatch: Readonly<Record<string, string>> = {
  weather: '/meteo',
  campaign: '/bureau/residences',
  visit: '/veille/passages',
  alarm: '/veille/tableau',
  seat: '/bureau/veille/organisation',
  volunteer: '/bureau/veille/organisation',
  'reader-role': '/veille/personnes',
  'reader-ended': '/veille/personnes',
  withdrawn: '/veille/personnes',
  off: '/veille',
  announce: '/veille/personnes',
  announced: '/veille/personnes',
  'lapse-paper': '/veille/personnes',
  'alarm-near': '/bureau/rondes',
};

/** The page of this installation that a notification leads to, as a path; null when it has none. */
export const hrefOfNotice = (kind: NotificationKind, subject: NoticeSubject): string | null => {
  const { postId, favourId, conversationId, caseId, turn = '' } = subject;
  if (kind === 'account') return (Object.hasOwn(pagesOfAccount, turn) && pagesOfAccount[turn]) || '/moi';
  if (kind === 'watch') return (Object.hasOwn(pagesOfWatch, turn) && pagesOfWatch[turn]) || '/veille';
  if (kind === 'town') return `/mairie/${turn}`;
  if (kind === 'case') return caseId && `/bureau/dossiers/${caseId}`;
  if (kind === 'decision') return caseId && `/decisions/${caseId}`;
  if (conversationId) return `/messages/${conversationId}`;
  if (postId) return `/annonces/${postId}`;
  return favourId && '/coups-de-main';
};
