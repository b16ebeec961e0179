import type {
  CaseCard,
  CaseHold,
  DecisionKind,
  DecisionReason,
  DecisionView,
  ReportReason,
} from '@palier/domain/moderation';
import { m } from '@palier/messages';

type Words<T extends string> = Readonly<Record<T, () => string>>;

/** A rule's short name, as it is chosen. */
export const reasonWords: Words<DecisionReason> = {
  'in-order': m.moderation_reason_in_order,
  insult: m.moderation_reason_insult,
  discrimination: m.moderation_reason_discrimination,
  harassment: m.moderation_reason_harassment,
  payment: m.moderation_reason_payment,
  scam: m.moderation_reason_scam,
  private: m.moderation_reason_private,
  danger: m.moderation_reason_danger,
  advert: m.moderation_reason_advert,
  repeated: m.moderation_reason_repeated,
  'not-ours': m.moderation_reason_not_ours,
  'not-examined': m.moderation_reason_not_examined,
  other: m.moderation_reason_other,
};

const reportOptions = (): { value: ReportReason; label: string }[] =>
  (['insult', 'discrimination', 'harassment', 'payment', 'scam', 'private', 'danger', 'other'] as const).map(
    (value) => ({ value, label: reasonWords[value]() }),
  );

/** The rules that a referent may name against a text or somebody. */
export const ruleOptions = (): { value: DecisionReason; label: string }[] => [
  ...reportOptions().slice(0, -1),
  ...(['advert', 'repeated', 'other'] as const).map((value) => ({ value, label: reasonWords[value]() })),
];

/** The rule itself, as a statement of reasons says it. */
export const ruleWords: Words<DecisionReason> = {
  'in-order': m.moderation_rule_in_order,
  insult: m.moderation_rule_insult,
  discrimination: m.moderation_rule_discrimination,
  harassment: m.moderation_rule_harassment,
  payment: m.moderation_rule_payment,
  scam: m.moderation_rule_scam,
  private: m.moderation_rule_private,
  danger: m.moderation_rule_danger,
  advert: m.moderation_rule_advert,
  repeated: m.moderation_rule_repeated,
  'not-ours': m.moderation_rule_not_ours,
  'not-examined': m.moderation_rule_not_examined,
  other: m.moderation_rule_other,
};

/** What a button does. */
export const actWords: Words<DecisionKind> = {
  allow: m.moderation_act_allow,
  'ask-edit': m.moderation_act_ask_edit,
  hide: m.moderation_act_hide,
  remove: m.moderation_act_remove,
  warn: m.moderation_act_warn,
  pause: m.moderation_act_pause,
  exclude: m.moderation_act_exclude,
  reverse: m.moderation_act_reverse,
  uphold: m.moderation_act_uphold,
};

/** What was decided. */
export const didWords: Words<DecisionKind> = {
  allow: m.moderation_did_allow,
  'ask-edit': m.moderation_did_ask_edit,
  hide: m.moderation_did_hide,
  remove: m.moderation_did_remove,
  warn: m.moderation_did_warn,
  pause: m.moderation_did_pause,
  exclude: m.moderation_did_exclude,
  reverse: m.moderation_did_reverse,
  uphold: m.moderation_did_uphold,
};

export const byWords: Words<DecisionView['by']> = {
  referent: m.moderation_by_referent,
  coordinator: m.moderation_by_coordinator,
  system: m.moderation_by_system,
};

export const holdWords: Words<CaseHold> = {
  mode: m.moderation_hold_mode,
  link: m.moderation_hold_link,
  insult: m.moderation_hold_insult,
  sensitive: m.moderation_hold_sensitive,
  repeat: m.moderation_hold_repeat,
  burst: m.moderation_hold_burst,
  unscreened: m.moderation_hold_unscreened,
  edited: m.moderation_hold_edited,
};

const kinds: Words<CaseCard['kind']> = {
  held: m.moderation_kind_held,
  flagged: m.moderation_kind_flagged,
  report: m.moderation_kind_report,
  arrival: m.moderation_kind_arrival,
};

/** Whose thing it is, and where; somebody new is named by the title already. */
export const whoseOf = ({ kind, about, residence }: Pick<CaseCard, 'kind' | 'about' | 'residence'>): string =>
  kind === 'arrival'
    ? m.moderation_arrives_in({ residence: residence.name })
    : m.moderation_by_person({ name: about.displayName, residence: residence.name });

/** What kind of thing waits; an appeal is one, whatever it came from. */
export const kindOf = (examined: Pick<CaseCard, 'kind' | 'state'>): string =>
  examined.state === 'appealed' ? m.moderation_kind_appeal() : kinds[examined.kind]();
