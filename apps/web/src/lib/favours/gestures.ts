import { canAct, type FavourAct, type FavourView } from '@palier/domain/favours';

const acts = ['done', 'thank', 'withdraw', 'decline', 'no-show', 'excuse'] as const satisfies readonly FavourAct[];

/** What the reader of a favour may do with it now, by the domain's own rule. */
export const gesturesOf = (favour: FavourView): FavourAct[] => {
  const [me, other] = ['me', 'other'];
  const { state, reason, iAmAuthor, side, thanks, excuse } = favour;
  const seen = {
    state,
    reason,
    acceptedBy: iAmAuthor ? other : me,
    authorId: iAmAuthor ? me : other,
    helperId: side === 'helper' ? me : other,
    beneficiaryId: side === 'beneficiary' ? me : other,
    thanked: thanks !== null,
    excused: excuse !== null,
  };
  return acts.filter((act) => canAct(act, seen, me).ok);
};
