import { expiresAt, staysInResidence } from '@palier/domain/posts';
import { type HistoryRecord, historyOf } from '../content/index.ts';
import { localDate, localInstant } from './calendar.ts';
import { type Planning, timeZone } from './input.ts';
import type { PlannedPerson } from './plan-people.ts';
import type { PlannedFavour, PlannedPost } from './rows.ts';

const hourMs = 3_600_000;
const historySeed = 1173;

const thanks = [
  'Merci beaucoup, vous m’avez ôté une épine du pied.',
  'Rapide, gentil, et avec le sourire. Merci !',
  'Merci voisin, je n’y serais pas arrivé seul.',
  'Un grand merci, la prochaine fois c’est mon tour.',
  'C’est fait et bien fait. Merci.',
  'Merci d’être passé malgré la pluie.',
  'Thank you, that was so kind.',
] as const;

/** One post of a closed month, and its favour if somebody answered. */
const planRecord = (
  { startAt, chance }: Planning,
  record: HistoryRecord,
  who: (number: number) => PlannedPerson,
): { post: PlannedPost; favour: PlannedFavour | null } => {
  const { resident, commune, cell } = who(record.author);
  const today = localDate(startAt, timeZone);
  const createdAt = localInstant(
    { year: today.year, month: today.month - record.monthsAgo, day: record.day },
    8 + chance.below(13),
    chance.below(60),
    timeZone,
  );
  const answeredAt = new Date(createdAt.getTime() + (0.1 + 5 * chance.random()) * hourMs);
  const endedAt = new Date(Math.min(answeredAt.getTime() + (1 + 40 * chance.random()) * hourMs, startAt.getTime()));
  const other = record.answeredBy === null ? null : who(record.answeredBy).resident;
  const end = expiresAt({ kind: record.kind }, createdAt);
  // An offer lives sixty days: one that would still be there was taken back instead.
  const outcome = record.outcome === 'expired' && end > startAt ? 'withdrawn' : record.outcome;
  const isDone = outcome === 'done';
  const isNear = other === null || other.residenceId === resident.residenceId;
  const post: PlannedPost = {
    id: chance.id(createdAt),
    authorId: resident.id,
    residenceId: resident.residenceId,
    stairId: resident.stairId,
    commune,
    cell,
    kind: record.kind,
    category: record.category,
    title: record.title,
    details: '',
    audience: isNear && (staysInResidence(record.category) || chance.random() < 0.3) ? 'residence' : 'neighbourhood',
    helpersNeeded: 1,
    taken: isDone ? 1 : 0,
    urgentUntil: null,
    windowFrom: null,
    windowTo: null,
    state: outcome,
    endReason: isDone ? null : outcome === 'expired' ? 'no-answer' : chance.pick(['solved', 'changed-mind', 'other']),
    hall: false,
    onBehalf: false,
    createdAt,
    updatedAt: outcome === 'expired' ? end : endedAt,
    expiresAt: end,
  };
  if (!other) return { post, favour: null };
  const isHelper = record.kind === 'request';
  const isThanked = isDone && chance.random() < 0.6;
  const favour: PlannedFavour = {
    id: chance.id(answeredAt),
    postId: post.id,
    commune,
    authorId: resident.id,
    acceptedBy: other.id,
    helperId: isHelper ? other.id : resident.id,
    beneficiaryId: isHelper ? resident.id : other.id,
    state: isDone ? 'done' : 'released',
    note: '',
    reason: null,
    minutes: record.minutes,
    thanks: isThanked ? chance.pick(thanks) : null,
    thankedAt: isThanked ? endedAt : null,
    createdAt: answeredAt,
    updatedAt: endedAt,
  };
  return { post, favour };
};

/** Twelve closed months of posts and favours behind the first start. */
export const planHistory = (planning: Planning, who: (number: number) => PlannedPerson) => {
  const thisMonth = localDate(planning.startAt, timeZone).month;
  const planned = historyOf(historySeed, thisMonth === 1 ? 12 : thisMonth - 1).map((record) =>
    planRecord(planning, record, who),
  );
  return { posts: planned.map(({ post }) => post), favours: planned.flatMap(({ favour }) => favour ?? []) };
};
