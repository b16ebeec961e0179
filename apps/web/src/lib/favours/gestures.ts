import { canAct, type FavourAct, type FavourView } from '@palier/domain/favours';

const acts = ['done', 'thank', 'withdraw', 'decline', 'no-show'] as const satisfies readonly FavourAct[];

/** What the reader of a favour may do with it now, by the domain's own rule. */
export const gesturesOf = (favour: FavourView): FavourAct[] => {
  const [me, other] = ['me', 'other'];
  const { state, iAmAuthor, side, thanks } = favour;
  const seen = {
    state,
    acceptedBy: iAmAuthor ? other : me,
    authorId: iAmAuthor ? me : other,
    beneficiaryId: side === 'beneficiary' ? me : other,
    thanked: thanks !== null,
  };
  return acts.filter((act) => canAct(act, seen, me).ok);
};
