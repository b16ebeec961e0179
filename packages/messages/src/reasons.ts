import type { MatchReason, ReasonView } from '@palier/domain/matching';
import { m } from '../compiled/messages.js';

type Locale = 'fr' | 'en';
type Sentence = (inputs: Record<string, never>, options: { locale: Locale }) => string;

/** Why a post fits, said to whoever wrote the other one. */
const toAuthor = {
  'same-stair': m.matching_reason_same_stair,
  'same-residence': m.matching_reason_same_residence,
  near: m.matching_reason_near,
  'same-category': m.matching_reason_same_category,
  'close-category': m.matching_reason_close_category,
  'same-words': m.matching_reason_same_words,
  'free-then': m.matching_reason_free_then,
  urgent: m.matching_reason_urgent,
  'same-language': m.matching_reason_same_language,
  'helped-before': m.matching_reason_helped_before,
} satisfies Record<MatchReason, Sentence>;

/** Why a post is for its reader, said to whoever might answer it. */
const toHelper = {
  ...toAuthor,
  'same-category': m.matching_yours_same_category,
  'close-category': m.matching_yours_close_category,
  'free-then': m.matching_yours_free_then,
} satisfies Record<MatchReason, Sentence>;

/** Reasons as codes with their sentences, in the reader's language, in the order given: the heaviest first. */
export const reasonsInWords = (
  codes: readonly MatchReason[],
  whoReads: 'author' | 'helper',
  locale: Locale,
): ReasonView[] =>
  codes.map((code) => ({ code, text: (whoReads === 'author' ? toAuthor : toHelper)[code]({}, { locale }) }));
