import type { DeclineReason, Excuse, NoShowReason, WithdrawReason } from '@palier/domain/favours';
import { m } from '@palier/messages';

type Words<T extends { _output: string }> = Readonly<Record<T['_output'], () => string>>;

/** Why a favour may end otherwise, in the order in which a person is asked; favours.test.ts holds them against the domain's lists. */
export const withdrawReasons = {
  'no-time': m.favours_reason_no_time,
  unwell: m.favours_reason_unwell,
  misunderstood: m.favours_reason_misunderstood,
  other: m.favours_reason_other,
} satisfies Words<typeof WithdrawReason>;

export const declineReasons = {
  'already-helped': m.favours_reason_already_helped,
  'not-this-time': m.favours_reason_not_this_time,
  other: m.favours_reason_other,
} satisfies Words<typeof DeclineReason>;

export const noShowReasons = {
  'nobody-came': m.favours_reason_nobody_came,
  'nobody-home': m.favours_reason_nobody_home,
} satisfies Words<typeof NoShowReason>;

/** How a no-show is forgiven, by whoever waited. */
export const excuses = {
  'no-matter': m.favours_excuse_no_matter,
  'had-reason': m.favours_excuse_had_reason,
} satisfies Words<typeof Excuse>;

const all: Readonly<Record<string, () => string>> = { ...withdrawReasons, ...declineReasons, ...noShowReasons };

/** A reason as it is read on a card; null for one that has no words (a release says why by itself). */
export const reasonWords = (reason: string | null): string | null => (reason ? (all[reason]?.() ?? null) : null);

/** A list of reasons as the options of a choice, their first letter raised. */
export const reasonOptions = (reasons: Readonly<Record<string, () => string>>) =>
  Object.entries(reasons).map(([value, words]) => ({
    value,
    label: words().replace(/^./u, (letter) => letter.toUpperCase()),
  }));
