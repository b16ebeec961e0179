import { isInAudience, type Viewer } from '@palier/domain/places';
import type { Category } from '@palier/domain/posts';
import type { Reader } from './people.ts';

/** A socket's reader and, for some, the categories they asked to hear of. */
export type Listener = Reader & { categories: Category[] | null };

/** A post to publish: whose, what and for whom. */
export type Published = { author: Reader; category: Category; audience: 'residence' | 'neighbourhood' | 'commune' };

const viewerOf = ({ id, residenceId, cell, commune }: Reader): Viewer => ({
  residentId: id,
  residenceId,
  stairId: null,
  cell,
  commune,
});

/** Whether the domain's rules owe this listener the post: what every delivery is checked against. */
export const isOwed = ({ author, category, audience }: Published, listener: Listener): boolean =>
  (listener.categories === null || listener.categories.includes(category)) &&
  isInAudience(
    {
      authorId: author.id,
      residenceId: author.residenceId,
      stairId: null,
      cell: author.cell,
      commune: author.commune,
      audience,
    },
    viewerOf(listener),
  );
