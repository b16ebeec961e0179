import type { Interest } from '@palier/domain/live';
import type { Category, Nearness, PostCard, PostKind } from '@palier/domain/posts';
import { categories } from './words.ts';

/** The distances a reader may choose, in metres: the bounds of the bands, so that a card alone says whether it is within. */
export const distances = [250, 500, 1000, 2000, 5000] as const;
export type Distance = (typeof distances)[number];

const sorts = ['near', 'recent', 'soon', 'best'] as const;
export type Sort = (typeof sorts)[number];

/** What a reader chose to see, as the page's address keeps it. */
export interface FeedFilters {
  kind: PostKind | null;
  category: readonly Category[];
  within: Distance | null;
  urgent: boolean;
  sort: Sort;
  q: string;
}

const oneOf = <T extends string | number>(allowed: readonly T[], text: string | null): T | null =>
  allowed.find((one) => String(one) === text) ?? null;

/** Reads the address; what is unknown or badly written is left out, so that an old link still shows a list. */
export const readFilters = (search: URLSearchParams): FeedFilters => ({
  kind: oneOf(['request', 'offer'] as const, search.get('kind')),
  category: categories.filter((category) => search.getAll('category').includes(category)),
  within: oneOf(distances, search.get('within')),
  urgent: search.get('urgent') === 'true',
  sort: oneOf(sorts, search.get('sort')) ?? 'near',
  q: [...(search.get('q') ?? '').trim()].slice(0, 200).join(''),
});

/** The filters as the API's query, and as the page's own; what is not chosen is left out. */
export const queryOf = ({
  kind,
  category,
  within,
  urgent,
  sort,
  q,
}: FeedFilters): Record<string, string | readonly string[]> => ({
  ...(kind && { kind }),
  ...(category.length > 0 && { category }),
  ...(within && { within: String(within) }),
  ...(urgent && { urgent: 'true' }),
  ...(sort !== 'near' && { sort }),
  ...(q && { q }),
});

/** The page's address with these filters, and what else it must say. */
export const addressOf = (filters: FeedFilters, more: Readonly<Record<string, string>> = {}): string => {
  const search = new URLSearchParams(more);
  for (const [name, value] of Object.entries(queryOf(filters)))
    for (const one of [value].flat()) search.append(name, one);
  return search.size > 0 ? `/autour?${search}` : '/autour';
};

/** What of the stream these filters leave to hear of; null: everything. */
export const interestOf = ({ category, within }: FeedFilters): Interest | null =>
  category.length > 0 || within !== null ? { within, categories: category.length > 0 ? category : null } : null;

/** How many choices narrow the list, its kind left out since that has its own row. */
export const countChoices = ({ category, within, urgent, q }: FeedFilters): number =>
  category.length + Number(within !== null) + Number(urgent) + Number(q !== '');

const farthestM: Readonly<Record<Nearness, number>> = {
  'same-stair': 0,
  'same-residence': 1,
  'within-250': 250,
  'within-500': 500,
  'within-1000': 1000,
  'within-2000': 2000,
  'within-5000': 5000,
  farther: Number.POSITIVE_INFINITY,
};

/** Whether a post belongs in this reader's list by what its card says; searched words are the API's to judge, and left out here. */
export const isWanted = (
  post: Pick<PostCard, 'kind' | 'category' | 'urgent' | 'place'>,
  { kind, category, within, urgent }: FeedFilters,
): boolean =>
  (kind === null || post.kind === kind) &&
  (category.length === 0 || category.includes(post.category)) &&
  (within === null || farthestM[post.place.nearness] <= within) &&
  (!urgent || post.urgent);
