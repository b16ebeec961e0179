import type pg from 'pg';
import type { Search } from './nearby-ask.ts';

const asOfGroup = (list: string | undefined): string[] => list?.split(',').map((member) => member.slice(1)) ?? [];

/** The cells of a walk, group by group, as it was sent: the first of each, and the others at its distance in their own quotes. */
const groupsOf = ({ name, values }: Search): string[] => {
  const cells = String(values[0]).slice(1, -1).split(',');
  if (!name.endsWith('_ties')) return cells;
  const others = String(values[name.includes('_far') ? 2 : 1]).slice(1, -1);
  const each = others.match(/"[^"]*"|null/g) ?? [];
  return cells.map((cell, n) => [cell, ...asOfGroup(/"(.*)"/.exec(each[n] ?? '')?.[1])].join(','));
};

const posts = (category: string): string => `select p.id, p.created_at from posts p
  where p.cell = c.cell and p.audience in ('neighbourhood', 'commune') and p.state = 'open' and p.kind = 'request' ${category}
    and p.residence_id <> $2::uuid and p.author_id <> $3::uuid
  order by p.created_at desc, p.id desc limit 21`;

/** The walk as it was until it merged: a page of every cell and category of a group is read, then sorted. */
export const sortedGroups = (search: Search, categories: readonly string[]): pg.QueryConfig => {
  const hasCategories = categories.length > 0;
  return {
    name: `sorted_groups${hasCategories ? '_categories' : ''}`,
    text: `select h.id from unnest($1::text[]) as g(members) cross join lateral (
        select p.* from unnest(string_to_array(g.members, ',')) as c(cell) ${hasCategories ? 'cross join unnest($4::category[]) as k(category)' : ''}
        cross join lateral (${posts(hasCategories ? 'and p.category = k.category' : '')}) p
        order by p.created_at desc, p.id desc limit 21) h
      limit 21`,
    values: [groupsOf(search), search.reader.residenceId, search.reader.id, ...(hasCategories ? [categories] : [])],
  };
};
