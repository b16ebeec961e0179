import type { FavourView } from '@palier/domain/favours';

/** When something is, from the nearest; `any`: no date was said. */
const whens = ['today', 'tomorrow', 'week', 'later', 'any'] as const;
export type When = (typeof whens)[number];

const dayOf = (at: Date, timeZone: string): number =>
  Date.parse(new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at)) / 86_400_000;

const whenOf = ({ post: { window } }: Pick<FavourView, 'post'>, now: Date, timeZone: string): When => {
  if (!window) return 'any';
  const days = dayOf(new Date(window.from), timeZone) - dayOf(now, timeZone);
  return days <= 0 ? 'today' : days === 1 ? 'tomorrow' : days < 7 ? 'week' : 'later';
};

/** Favours grouped by when they are on the commune's clocks, the nearest first; what has begun is of today. Empty groups are left out. */
export const byWhen = <F extends Pick<FavourView, 'post'>>(
  favours: readonly F[],
  now: Date,
  timeZone: string,
): { when: When; items: F[] }[] => {
  const startOf = ({ post }: F) => (post.window ? Date.parse(post.window.from) : 0);
  const inOrder = [...favours].sort((a, b) => startOf(a) - startOf(b));
  return whens
    .map((when) => ({ when, items: inOrder.filter((favour) => whenOf(favour, now, timeZone) === when) }))
    .filter(({ items }) => items.length > 0);
};
