/** Where a statement looks: the reader's residence, the public cells they reach, or posts of theirs at a residence they left. */
export type FeedSource = 'home' | 'cells' | 'own';

/** What makes two statements differ; all else is parameters, so that each of the few is planned once a connection. */
export type FeedShape = {
  source: FeedSource;
  order: 'newest' | 'soon';
  urgency: 'any' | 'urgent' | 'calm';
  hasCategories: boolean;
  hasText: boolean;
};

const columns = [
  'id',
  'author_id',
  'residence_id',
  'stair_id',
  'commune',
  'cell',
  'kind',
  'category',
  'title',
  'details',
  'audience',
  'helpers_needed',
  'taken',
  'urgent_until',
  'window_from',
  'window_to',
  'state',
  'on_behalf',
  'series_id',
  'created_at',
  'updated_at',
  'expires_at',
]
  .map((name) => `p.${name}`)
  .join(', ');

/** Relations inside one residence go by id, strangers by public cell; partial indexes want their own words repeated. */
const places: Readonly<Record<FeedSource, string>> = {
  home: `p.residence_id = :residence::uuid and (c.member = 's') = coalesce(p.stair_id = :stair::uuid, false)
    and (p.audience <> 'stair' or p.stair_id = :stair::uuid or p.author_id = :me::uuid)`,
  cells: `p.cell = substr(c.member, 2) and p.audience in ('neighbourhood', 'commune') and p.residence_id <> :residence::uuid and p.author_id <> :me::uuid
    and (left(c.member, 1) = 'n' or (p.audience = 'commune' and p.commune = :commune::text))`,
  own: `c.member = 'o' and p.author_id = :me::uuid and p.residence_id <> :residence::uuid`,
};

const urgencies: Readonly<Record<FeedShape['urgency'], string>> = {
  any: '',
  urgent: 'and p.urgent_until > :asOf::timestamptz',
  calm: 'and (p.urgent_until is null or p.urgent_until <= :asOf::timestamptz)',
};

/** French stems without accents; or every longer word nearly there, for typing errors. */
const text = `and (p.search @@ websearch_to_tsquery('public.palier_fr', :q::text) or (cardinality(:words::text[]) > 0
    and (select bool_and(word_similarity(w, unaccent(lower(p.title || ' ' || p.details))) >= 0.5) from unnest(:words::text[]) w)))`;

const soon = `coalesce(least(case when p.urgent_until > :asOf::timestamptz then p.urgent_until end, p.window_to), 'infinity')`;

const afters: Readonly<Record<FeedShape['order'], string>> = {
  newest: 'and (p.created_at, p.id) < (g.before_at, g.before_id)',
  soon: `and (${soon} > :soon::timestamptz or (${soon} = :soon::timestamptz and (p.created_at, p.id) < (g.before_at, g.before_id)))`,
};

const write = (shape: FeedShape): string => {
  const isSoon = shape.order === 'soon';
  const first = isSoon ? 'p.soon, ' : '';
  return `
select f.*, a.display_name as author_name from (
  select h.* from (
    select members, case when ord = 1 then :beforeAt::timestamptz else 'infinity' end as before_at,
      case when ord = 1 then :beforeId::uuid else 'ffffffff-ffff-ffff-ffff-ffffffffffff' end as before_id
    from unnest(:groups::text[]) with ordinality as u(members, ord)) g
  cross join lateral (
    select p.* from unnest(string_to_array(g.members, ',')) as c(member)
    ${shape.hasCategories ? 'cross join unnest(:categories::category[]) as k(category)' : ''}
    cross join lateral (
      select ${columns}${isSoon ? `, ${soon} as soon` : ''} from posts p
      where ${places[shape.source]} ${shape.hasCategories ? 'and p.category = k.category' : ''} and p.state = 'open' and p.author_id <> all(:hidden::uuid[])
        and (:kind::post_kind is null or p.kind = :kind::post_kind) and (:audience::audience is null or p.audience = :audience::audience)
        ${urgencies[shape.urgency]} ${shape.hasText ? text : ''} ${afters[shape.order]}
      order by ${isSoon ? 'soon, ' : ''}p.created_at desc, p.id desc limit :limit::int) p
    order by ${first}p.created_at desc, p.id desc limit :limit::int) h
  limit :limit::int) f
join residents a on a.id = f.author_id`;
};

export type FeedStatement = { name: string; text: string; parameters: readonly string[] };

const written = new Map<string, FeedStatement>();

/** The statement of a shape, with its parameters' names in their order; groups of cells are walked in the order given and left as soon as the page is full. */
export const feedStatement = (shape: FeedShape): FeedStatement => {
  const name = `feed_${shape.source}_${shape.order}_${shape.urgency}${shape.hasCategories ? '_categories' : ''}${shape.hasText ? '_text' : ''}`;
  const known = written.get(name);
  if (known) return known;
  const parameters: string[] = [];
  const numbered = write(shape).replaceAll(/(?<!:):([a-z]+)/gi, (_, parameter: string) => {
    if (!parameters.includes(parameter)) parameters.push(parameter);
    return `$${parameters.indexOf(parameter) + 1}`;
  });
  const statement = { name, text: numbered, parameters };
  written.set(name, statement);
  return statement;
};
