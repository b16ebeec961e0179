import type { StoredPost, Viewer } from '@palier/domain/places';
import type { FeedSort, ListPosts } from '@palier/domain/posts';
import type { ResidentContext } from '../context.ts';
import { type FeedOpening, type FeedParameters, listFeed } from './feed.queries.ts';
import { type CellGroup, groupsOfCells, isInBox } from './feed-groups.ts';
import type { Position } from './feed-order.ts';
import type { Urgency } from './feed-parts.ts';
import { type FeedSource, feedStatement } from './feed-statements.ts';
import { memberOf, walkParameters, walkShapeOf, walkStatement } from './feed-walk.ts';
import { type HomeAsked, listHome } from './home-together.queries.ts';

/** One page that is asked for: by whom, from where on, at which instant. */
export type Page = {
  ctx: ResidentContext;
  input: ListPosts;
  viewer: Viewer;
  opening: FeedOpening;
  q: string | null;
  asOf: Date;
  after: Position | null;
  count: number;
};
export type Phase = { sort: FeedSort; urgency: Urgency };

const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** Posts of one's own at a residence one has left are few; all are read. */
const elsewhereMax = 500;

/** Orders by nearness go from the nearest on, and leave as soon as the page is full; the others look everywhere at once. */
const isByNearness = ({ sort }: Phase): boolean => sort === 'near' || sort === 'best';

const categoriesOf = ({ input }: Page): string[] => [...new Set(input.category ?? [])];

const parametersOf = (page: Page, after: Position | null): FeedParameters => {
  const { input, viewer, opening } = page;
  return {
    beforeAt: after ? new Date(after.createdAt).toISOString() : 'infinity',
    beforeId: after ? after.id : lastId,
    soon: !after ? '-infinity' : Number.isFinite(after.soon) ? new Date(after.soon).toISOString() : 'infinity',
    asOf: page.asOf.toISOString(),
    limit: page.count,
    me: viewer.residentId,
    residence: viewer.residenceId,
    stair: viewer.stairId,
    commune: viewer.commune,
    hidden: opening.hidden,
    kind: input.kind ?? null,
    audience: input.audience ?? null,
    categories: categoriesOf(page),
    q: page.q,
    words: opening.words,
  };
};

const statementFor = (page: Page, phase: Phase, source: FeedSource) =>
  feedStatement({
    source,
    order: phase.sort === 'soon' ? 'soon' : 'newest',
    urgency: phase.urgency,
    hasCategories: categoriesOf(page).length > 0,
    hasText: page.opening.hasText,
  });

/** A first page without filters: what nearly every call asks. */
const isFirstAndPlain = ({ input, opening, after }: Page, { urgency }: Phase): boolean =>
  after === null &&
  urgency === 'any' &&
  !opening.hasText &&
  input.kind === undefined &&
  input.audience === undefined &&
  (input.category ?? []).length === 0;

const homeOf = ({ viewer, opening, count }: Page): HomeAsked => ({
  me: viewer.residentId,
  residence: viewer.residenceId,
  stair: viewer.stairId,
  hidden: opening.hidden,
  count,
});

/** What the reader's own residence holds for this page. */
export const readHome = async (page: Page, phase: Phase): Promise<StoredPost[]> => {
  const { ctx, input, viewer, after } = page;
  if (!isInBox(viewer.cell, input.bbox)) return [];
  const read = (source: FeedSource, past: Position | null) =>
    listFeed(ctx.db, statementFor(page, phase, source), parametersOf(page, past));
  if (!isByNearness(phase)) return read('home', after);
  if (after && after.m > 1) return [];
  if (isFirstAndPlain(page, phase)) return listHome(ctx.db, homeOf(page));
  if (viewer.stairId === null || after?.m === 1) return read('homePastStair', after?.m === 1 ? after : null);
  return read('homeByStair', after);
};

/** The reader's own posts at residences they left, past no cursor. */
export const readOwn = ({ ctx, ...page }: Page, phase: Phase): Promise<StoredPost[]> =>
  listFeed(
    ctx.db,
    statementFor({ ctx, ...page }, phase, 'own'),
    parametersOf({ ctx, ...page, count: elsewhereMax }, null),
  );

const membersOf = ({ cells }: CellGroup): string => cells.map(memberOf).join(',');

/** What the public cells around hold for this page: walked group by group, or all at once. */
export const readCells = async (page: Page, phase: Phase): Promise<StoredPost[]> => {
  const { ctx, input, viewer, opening, after } = page;
  const all = await groupsOfCells(ctx.db, input, viewer);
  const isWalk = isByNearness(phase);
  const groups = isWalk && after ? all.filter(({ m }) => m >= after.m) : all;
  if (groups.length === 0) return [];
  const isBounded = after !== null && (!isWalk || groups[0]?.m === after.m);
  const parameters = parametersOf(page, isBounded ? after : null);
  const categories = categoriesOf(page);
  const isPlain = isWalk && phase.urgency === 'any' && !opening.hasText && input.audience === undefined;
  const walk = isPlain
    ? walkShapeOf(groups, {
        categories: categories.length,
        kind: input.kind ?? null,
        isBounded,
        hasHidden: opening.hidden.length > 0,
      })
    : null;
  if (walk) return listFeed(ctx.db, walkStatement(walk), { ...parameters, ...walkParameters(groups, categories) });
  const members = groups.map(membersOf);
  return listFeed(ctx.db, statementFor(page, phase, 'cells'), {
    ...parameters,
    groups: isWalk ? members : [members.join(',')],
  });
};
