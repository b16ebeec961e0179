import { cardOf, type StoredPost } from '@palier/domain/places';
import type { Audience, Category, PostKind } from '@palier/domain/posts';

export type Place = Pick<StoredPost, 'residenceId' | 'stairId' | 'commune' | 'cell'>;
export type Traits = { readonly kind: PostKind; readonly category: Category; readonly audience: Audience };

/**
 * An open post on its way into the memory: what chooses and orders it, and the JSON of its card as everyone of one nearness gets it, in UTF-8, a byte a character. Instants in ms; 0 where
 * there is none. The text says `false` at `urgentAt`, and lacks the nearness at `nearAt`: those two change by themselves and with the reader. At `authorAt` begins the author's id.
 */
export type HeldPost = {
  readonly id: string;
  readonly authorId: string;
  readonly place: Place;
  readonly traits: Traits;
  readonly createdAt: number;
  readonly urgentUntil: number;
  readonly windowTo: number;
  readonly text: string;
  readonly urgentAt: number;
  readonly authorAt: number;
  readonly nearAt: number;
};

/** Where the id begins in a card, and how long an id is, there and at `authorAt`. */
export const idAt = '{"id":"'.length;
export const idLength = 36;

const never = new Date(8.64e15);
const behind = (text: string, mark: string): number => text.indexOf(mark) + mark.length;

/** Makes a held post of a stored one; what a card says of it is the domain's own `cardOf`. A neighbour's words hold no bare quote in JSON, so that each mark is found where it is meant. */
export const hold = (post: StoredPost): HeldPost => {
  const { residenceId, stairId, commune, cell, kind, category, audience } = post;
  const card = Buffer.from(JSON.stringify(cardOf(post, 'farther', never)), 'utf8').toString('latin1');
  const nearAt = behind(card, ',"place":{"nearness":"');
  return {
    id: post.id,
    authorId: post.authorId,
    place: { residenceId, stairId, commune, cell },
    traits: { kind, category, audience },
    createdAt: post.createdAt.getTime(),
    urgentUntil: post.urgentUntil?.getTime() ?? 0,
    windowTo: post.windowTo?.getTime() ?? 0,
    text: card.slice(0, nearAt) + card.slice(nearAt + 'farther'.length),
    urgentAt: behind(card, ',"urgent":'),
    authorAt: behind(card, ',"author":{"id":"'),
    nearAt,
  };
};

/** Whether strangers may find it, by its public cell. */
export const isPublic = ({ audience }: Traits): boolean => audience === 'neighbourhood' || audience === 'commune';
