/** What makes the statements of the feed differ in their filters; all else is parameters, so that each of the few is planned once a connection. */
export type Urgency = 'any' | 'urgent' | 'calm';

export const columns = [
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

export const urgencies: Readonly<Record<Urgency, string>> = {
  any: '',
  urgent: 'and p.urgent_until > :asOf::timestamptz',
  calm: 'and (p.urgent_until is null or p.urgent_until <= :asOf::timestamptz)',
};

/** The newest first; the same words wherever rows are merged, so that an index gives them in order. */
export const newestFirst = 'created_at desc, id desc';

/** Before every instant of a cursor, in that order. */
export const unbounded = `('infinity'::timestamptz, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)`;

/** A page of posts with their authors' names. */
export const withAuthors = (page: string): string =>
  `select f.*, a.display_name as author_name from (${page}) f join residents a on a.id = f.author_id`;

export type FeedStatement = { name: string; text: string; parameters: readonly string[] };

const written = new Map<string, FeedStatement>();

/** The statement of a name, written once, with its parameters' names in their order. */
export const statementOf = (name: string, write: () => string): FeedStatement => {
  const known = written.get(name);
  if (known) return known;
  const parameters: string[] = [];
  const text = write().replaceAll(/(?<!:):([a-z][a-z0-9]*)/gi, (_, parameter: string) => {
    if (!parameters.includes(parameter)) parameters.push(parameter);
    return `$${parameters.indexOf(parameter) + 1}`;
  });
  const statement = { name, text, parameters };
  written.set(name, statement);
  return statement;
};
