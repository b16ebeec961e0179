import { cardOf, type StoredPost } from '@palier/domain/places';
import type { Audience, Category, PostCard, PostKind } from '@palier/domain/posts';

type Author = { readonly id: string; readonly json: string };
type Place = Pick<StoredPost, 'residenceId' | 'stairId' | 'commune' | 'cell'>;
type Traits = { readonly kind: PostKind; readonly category: Category; readonly audience: Audience };

/** The three pieces of a card's JSON around what changes by itself: whether it is urgent, and how near its reader is. */
export type WrittenCard = readonly [front: string, middle: string, end: string];

/**
 * An open post as the memory holds it: what chooses and orders it, and of its text only what a card shows. Instants in ms; 0 where there is none. Texts hold UTF-8, a byte a character:
 * half the room of a French sentence with a typographic apostrophe, and ready to be sent.
 */
export type HeldPost = {
  readonly id: string;
  readonly author: Author;
  readonly place: Place;
  readonly traits: Traits;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly expiresAt: number;
  readonly urgentUntil: number;
  readonly windowFrom: number;
  readonly windowTo: number;
  readonly helpers: string;
  readonly rest: string;
  readonly words: string;
  written: WrittenCard | null;
};

const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
/** The same text in one piece: a text put together of many is walked through again each time it is sent, at ten times the cost. */
const inOnePiece = (text: string): string => Buffer.from(text, 'latin1').toString('latin1');

const sharedMax = 1_000_000;

/** One object for all who say the same: most posts share their author, their place and their traits with others. */
const sharing = <T>(): ((key: string, make: () => T) => T) => {
  const known = new Map<string, T>();
  return (key, make) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= sharedMax) known.clear();
    const made = make();
    known.set(key, made);
    return made;
  };
};

/** Makes held posts of stored ones; what a card says of them comes from the domain's own `cardOf`. */
export const createHolder = () => {
  const authors = sharing<Author>();
  const places = sharing<Place>();
  const traits = sharing<Traits>();
  const words = sharing<string>();
  return (post: StoredPost): HeldPost => {
    const card = cardOf(post, 'farther', post.createdAt);
    const { residenceId, stairId, commune, cell, kind, category, audience } = post;
    const helpers = `"helpersNeeded":${card.helpersNeeded},"helpersTaken":${card.helpersTaken}`;
    const rest = `"onBehalf":${card.onBehalf},"repeats":${card.repeats}`;
    return {
      id: post.id,
      author: authors(`${post.authorId} ${post.authorName}`, () => ({
        id: post.authorId,
        json: asBytes(JSON.stringify(card.author)),
      })),
      place: places(`${residenceId} ${stairId} ${commune} ${cell}`, () => ({ residenceId, stairId, commune, cell })),
      traits: traits(`${kind} ${category} ${audience}`, () => ({ kind, category, audience })),
      createdAt: post.createdAt.getTime(),
      updatedAt: post.updatedAt.getTime(),
      expiresAt: post.expiresAt.getTime(),
      urgentUntil: post.urgentUntil?.getTime() ?? 0,
      windowFrom: post.windowFrom?.getTime() ?? 0,
      windowTo: post.windowTo?.getTime() ?? 0,
      helpers: words(helpers, () => helpers),
      rest: words(rest, () => rest),
      words: asBytes(`"title":${JSON.stringify(card.title)},"excerpt":${JSON.stringify(card.excerpt)}`),
      written: null,
    };
  };
};

/** Whether strangers may find it, by its public cell. */
export const isPublic = ({ traits }: HeldPost): boolean =>
  traits.audience === 'neighbourhood' || traits.audience === 'commune';

const iso = (ms: number): string => new Date(ms).toISOString();

const write = (post: HeldPost): WrittenCard => {
  const { traits, place } = post;
  const window = post.windowTo === 0 ? 'null' : `{"from":"${iso(post.windowFrom)}","to":"${iso(post.windowTo)}"}`;
  return [
    inOnePiece(
      `{"id":"${post.id}","kind":"${traits.kind}","category":"${traits.category}",${post.words},"audience":"${traits.audience}","state":"open",${post.helpers},"urgent":`,
    ),
    inOnePiece(`,"window":${window},${post.rest},"author":${post.author.json},"place":{"nearness":"`),
    inOnePiece(
      `","cell":"${place.cell}","commune":"${place.commune}"},"createdAt":"${iso(post.createdAt)}","updatedAt":"${iso(post.updatedAt)}","expiresAt":"${iso(post.expiresAt)}"}`,
    ),
  ];
};

const hotMax = 20_000;

/** Writes cards, the same bytes as the card of `disclose` in JSON; pieces of the posts read lately are kept. */
export const createWriter = () => {
  let hot: HeldPost[] = [];
  return (post: HeldPost, nearness: PostCard['place']['nearness'], now: number): string => {
    if (!post.written) {
      if (hot.length >= hotMax) {
        for (const one of hot) one.written = null;
        hot = [];
      }
      post.written = write(post);
      hot.push(post);
    }
    const [front, middle, end] = post.written;
    return front + (post.urgentUntil > now ? 'true' : 'false') + middle + nearness + end;
  };
};
