import type { Category, PostKind } from '../posts/index.ts';

/** Someone who lives, or lived, in the commune; instants in ms. `quarter` is null where the commune is one quarter. */
export type PersonFact = {
  readonly id: string;
  readonly quarter: string | null;
  readonly isOffline: boolean;
  readonly joinedAt: number;
  readonly leftAt: number | null;
};

/** A post of the commune; `isCounted` is false of what is held back or was removed. */
export type PostFact = {
  readonly kind: PostKind;
  readonly category: Category;
  readonly author: string;
  readonly quarter: string | null;
  readonly at: number;
  readonly firstYesAt: number | null;
  readonly isCounted: boolean;
};

/** A favour of the commune, or, with `isHere` false, of another commune with a side from this one. */
export type FavourFact = {
  readonly helper: string;
  readonly beneficiary: string;
  readonly quarter: string | null;
  readonly acceptedAt: number;
  readonly doneAt: number | null;
  readonly minutes: number;
  readonly isHere: boolean;
};

/** What the releases of one commune are made from. */
export type Facts = {
  readonly people: readonly PersonFact[];
  readonly posts: readonly PostFact[];
  readonly favours: readonly FavourFact[];
};
