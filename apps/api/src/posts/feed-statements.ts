import {
  columns,
  type FeedStatement,
  newestFirst,
  statementOf,
  type Urgency,
  unbounded,
  urgencies,
  withAuthors,
} from './feed-parts.ts';

/** Where a statement looks: the reader's residence, whole, its stair before the rest or past its stair; the public cells they reach; posts of theirs at a residence they left. */
export type FeedSource = 'home' | 'homeByStair' | 'homePastStair' | 'cells' | 'own';

export type FeedShape = {
  source: FeedSource;
  order: 'newest' | 'soon';
  urgency: Urgency;
  hasCategories: boolean;
  hasText: boolean;
};

/** French stems without accents; or every longer word nearly there, for typing errors. */
const text = `and (p.search @@ websearch_to_tsquery('public.palier_fr', :q::text) or (cardinality(:words::text[]) > 0
    and (select bool_and(word_similarity(w, unaccent(lower(p.title || ' ' || p.details))) >= 0.5) from unnest(:words::text[]) w)))`;

const soon = `coalesce(least(case when p.urgent_until > :asOf::timestamptz then p.urgent_until end, p.window_to), 'infinity')`;

const orderOf = ({ order }: FeedShape): string => (order === 'soon' ? `soon, ${newestFirst}` : newestFirst);

/** The first open posts of a place, past a cursor, in the order of the shape. */
const postsOf = (shape: FeedShape, place: string, before: string): string => {
  const isSoon = shape.order === 'soon';
  const isPast = `(p.created_at, p.id) < ${before}`;
  return `(select ${columns}${isSoon ? `, ${soon} as soon` : ''} from posts p
    where ${place} and p.state = 'open' and p.author_id <> all(:hidden::uuid[])
      and (:kind::post_kind is null or p.kind = :kind::post_kind) and (:audience::audience is null or p.audience = :audience::audience)
      ${urgencies[shape.urgency]} ${shape.hasText ? text : ''}
      and ${isSoon ? `(${soon} > :soon::timestamptz or (${soon} = :soon::timestamptz and ${isPast}))` : isPast}
    order by ${isSoon ? 'soon, ' : ''}p.created_at desc, p.id desc limit :limit::int)`;
};

const bound = '(:beforeAt::timestamptz, :beforeId::uuid)';
const ofCategories = ({ hasCategories }: FeedShape): string =>
  hasCategories ? 'and p.category = any(:categories::category[])' : '';

/** Relations inside one residence go by id. */
const stair = 'p.residence_id = :residence::uuid and p.stair_id = :stair::uuid';
const pastStair = `p.residence_id = :residence::uuid and (p.stair_id = :stair::uuid) is not true and (p.audience <> 'stair' or p.author_id = :me::uuid)`;
const home = `p.residence_id = :residence::uuid and (p.audience <> 'stair' or p.stair_id = :stair::uuid or p.author_id = :me::uuid)`;
const own = 'p.author_id = :me::uuid and p.residence_id <> :residence::uuid';

/** Strangers go by public cell; partial indexes want their own words repeated. */
const inCells = `p.cell = substr(c.member, 2) and p.audience in ('neighbourhood', 'commune') and p.residence_id <> :residence::uuid and p.author_id <> :me::uuid
    and (left(c.member, 1) = 'n' or (p.audience = 'commune' and p.commune = :commune::text))`;

/** Groups of cells are walked in the order given and left as soon as the page is full. */
const ofCells = (shape: FeedShape): string => {
  const place = `${inCells} ${shape.hasCategories ? 'and p.category = k.category' : ''}`;
  return `select h.* from (
    select members, case when ord = 1 then :beforeAt::timestamptz else 'infinity' end as before_at,
      case when ord = 1 then :beforeId::uuid else 'ffffffff-ffff-ffff-ffff-ffffffffffff' end as before_id
    from unnest(:groups::text[]) with ordinality as u(members, ord)) g
  cross join lateral (
    select p.* from unnest(string_to_array(g.members, ',')) as c(member)
    ${shape.hasCategories ? 'cross join unnest(:categories::category[]) as k(category)' : ''}
    cross join lateral ${postsOf(shape, place, '(g.before_at, g.before_id)')} p
    order by ${orderOf(shape)} limit :limit::int) h
  limit :limit::int`;
};

const pages: Readonly<Record<FeedSource, (shape: FeedShape) => string>> = {
  home: (shape) => postsOf(shape, `${home} ${ofCategories(shape)}`, bound),
  homeByStair: (shape) =>
    `select h.* from (${postsOf(shape, `${stair} ${ofCategories(shape)}`, bound)} union all ${postsOf(shape, `${pastStair} ${ofCategories(shape)}`, unbounded)}) h limit :limit::int`,
  homePastStair: (shape) => postsOf(shape, `${pastStair} ${ofCategories(shape)}`, bound),
  cells: ofCells,
  own: (shape) => postsOf(shape, `${own} ${ofCategories(shape)}`, bound),
};

/** The statement of a shape, with its parameters' names in their order; at most a page. */
export const feedStatement = (shape: FeedShape): FeedStatement =>
  statementOf(
    `feed_${shape.source}_${shape.order}_${shape.urgency}${shape.hasCategories ? '_categories' : ''}${shape.hasText ? '_text' : ''}`,
    () => withAuthors(pages[shape.source](shape)),
  );
