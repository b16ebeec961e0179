import type { Trust } from '../accounts/roles.ts';
import { mayHelp } from '../accounts/trust-steps.ts';
import { allowed, refused, type Verdict } from '../errors.ts';
import type { Category } from '../posts/categories.ts';
import type { PostKind, PostState } from '../posts/schemas.ts';
import type { FavourState, Side } from './schemas.ts';

/** A favour's life (product.md): what each state may become; a released one lives again only when the decision that released it is taken back. */
export const favourTransitions: Readonly<Record<FavourState, readonly FavourState[]>> = {
  standby: ['accepted', 'withdrawn', 'released'],
  accepted: ['done', 'withdrawn', 'declined', 'no-show', 'released'],
  done: [],
  withdrawn: [],
  declined: [],
  'no-show': [],
  released: ['standby', 'accepted'],
};

/** Whether a favour may go from one state to another. */
export const favourCanBecome = (from: FavourState, to: FavourState): boolean => favourTransitions[from].includes(to);

/** The states in which a favour is still to come. */
export const liveFavourStates = ['standby', 'accepted'] as const satisfies readonly FavourState[];

/** How many open favours one helper may hold at a time (product.md, Accept). */
export const openFavoursMax = 5;

/** On which side of the favour whoever answers a post stands: the helper of a request, the beneficiary of an offer. */
export const sideOfAnswer = (kind: PostKind): Side => (kind === 'request' ? 'helper' : 'beneficiary');

/**
 * Whether a resident who sees this post may answer it; places are counted by the database, not here.
 * Codes: `post.own`, `trust.required` (a `new` resident as helper where trust is needed), `post.closed`.
 */
export const canAccept = (
  post: { authorId: string; kind: PostKind; category: Category; state: PostState },
  actor: { residentId: string; trust: Trust },
): Verdict => {
  if (post.authorId === actor.residentId) return refused('post.own');
  if (post.kind === 'request' && !mayHelp(actor.trust, post.category)) return refused('trust.required');
  return post.state === 'open' || post.state === 'filled' ? allowed : refused('post.closed');
};

/** How often one person may answer one post, and change their mind: three times. */
export const answersMax = 3;

/** Whether whoever answered may answer again: they took their yes back, it was released, or their no-show was excused, which undoes what it kept from them. */
export const mayAnswerAgain = (favour: { state: FavourState; isExcused: boolean }): boolean =>
  favour.state === 'withdrawn' || favour.state === 'released' || (favour.state === 'no-show' && favour.isExcused);

export type FavourAct = 'withdraw' | 'decline' | 'done' | 'no-show' | 'thank' | 'excuse';

/** Who waited in vain: the beneficiary where nobody came, the helper where nobody was home. */
const waited = (favour: { reason: string | null; helperId: string; beneficiaryId: string }): string =>
  favour.reason === 'nobody-home' ? favour.helperId : favour.beneficiaryId;

const leadsTo = { withdraw: 'withdrawn', decline: 'declined', done: 'done', 'no-show': 'no-show' } as const;

/**
 * Whether someone may act on a favour: withdraw by whoever accepted, decline by the post's author, done and no-show by either, thank by the beneficiary once it is done,
 * excuse by whoever waited, once, after a no-show.
 * Codes: `role.required` (the other side's gesture), `favour.closed` (the state says no), `favour.thanked` (already thanked).
 */
export const canAct = (
  act: FavourAct,
  favour: {
    state: FavourState;
    reason: string | null;
    acceptedBy: string;
    authorId: string;
    helperId: string;
    beneficiaryId: string;
    thanked: boolean;
    excused: boolean;
  },
  residentId: string,
): Verdict => {
  const mayDo =
    act === 'withdraw'
      ? favour.acceptedBy === residentId
      : act === 'decline'
        ? favour.authorId === residentId
        : act === 'thank'
          ? favour.beneficiaryId === residentId
          : act !== 'excuse' || waited(favour) === residentId;
  if (!mayDo) return refused('role.required');
  if (act === 'thank')
    return favour.state !== 'done' ? refused('favour.closed') : favour.thanked ? refused('favour.thanked') : allowed;
  if (act === 'excuse') return favour.state === 'no-show' && !favour.excused ? allowed : refused('favour.closed');
  return favourCanBecome(favour.state, leadsTo[act]) ? allowed : refused('favour.closed');
};
