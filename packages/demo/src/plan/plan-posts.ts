import { sideOfAnswer } from '@palier/domain/favours';
import { expiresAt, urgentMs } from '@palier/domain/posts';
import { type DemoFavour, type DemoMoment, type DemoPost, demoPosts, type PostedAt } from '../content/index.ts';
import { localDate, localInstant } from './calendar.ts';
import { type Planning, timeZone } from './input.ts';
import type { PlannedPerson } from './plan-people.ts';
import type { PlannedBeneficiary, PlannedFavour, PlannedPost } from './rows.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** A post of the demo that lives is still there this long after the first start. */
const livesAtLeastMs = 3 * dayMs;

const atMost = (at: Date, latest: Date): Date => (at < latest ? at : latest);

/** A moment of the content as an instant, on the calendar of the commune. */
const instantOf = ({ day, hour }: DemoMoment, startAt: Date): Date => {
  const today = localDate(startAt, timeZone);
  return localInstant({ ...today, day: today.day + day }, hour, 0, timeZone);
};

const postedAt = (posted: PostedAt, startAt: Date): Date =>
  'minutesAgo' in posted ? new Date(startAt.getTime() - posted.minutesAgo * minuteMs) : instantOf(posted, startAt);

type Who = (number: number) => PlannedPerson;

const planFavour = ({ startAt, chance }: Planning, post: PlannedPost, favour: DemoFavour, who: Who): PlannedFavour => {
  const { resident } = who(favour.resident);
  const createdAt = atMost(new Date(post.createdAt.getTime() + favour.afterMinutes * minuteMs), startAt);
  const updatedAt = atMost(new Date(createdAt.getTime() + (favour.endedAfterHours ?? 0) * hourMs), startAt);
  const isHelper = sideOfAnswer(post.kind) === 'helper';
  return {
    id: chance.id(createdAt),
    postId: post.id,
    commune: post.commune,
    authorId: post.authorId,
    acceptedBy: resident.id,
    helperId: isHelper ? resident.id : post.authorId,
    beneficiaryId: isHelper ? post.authorId : resident.id,
    state: favour.state,
    note: favour.note ?? '',
    reason: favour.reason ?? null,
    minutes: favour.minutes ?? null,
    thanks: favour.thanks ?? null,
    thankedAt: favour.thanks === undefined ? null : atMost(new Date(updatedAt.getTime() + 20 * minuteMs), startAt),
    createdAt,
    updatedAt,
  };
};

const planPost = ({ startAt, chance }: Planning, post: DemoPost, who: Who): PlannedPost => {
  const { resident, commune, cell } = who(post.author);
  const createdAt = postedAt(post.posted, startAt);
  const window = post.window && { from: instantOf(post.window.from, startAt), to: instantOf(post.window.to, startAt) };
  const isLiving = post.state === 'held' || post.state === 'open' || post.state === 'filled';
  const end = expiresAt({ kind: post.kind, window: window && { to: window.to.toISOString() } }, createdAt);
  const endedAt =
    post.endedAfterHours === null ? createdAt : new Date(createdAt.getTime() + post.endedAfterHours * hourMs);
  return {
    id: chance.id(createdAt),
    authorId: resident.id,
    residenceId: resident.residenceId,
    stairId: resident.stairId,
    commune,
    cell,
    kind: post.kind,
    category: post.category,
    title: post.title,
    details: post.details,
    audience: post.audience,
    helpersNeeded: post.helpersNeeded,
    taken: post.favours.filter(({ state }) => state === 'accepted' || state === 'done').length,
    urgentUntil: post.urgent ? new Date(createdAt.getTime() + urgentMs) : null,
    windowFrom: window?.from ?? null,
    windowTo: window?.to ?? null,
    state: post.state,
    endReason: post.endReason,
    hall: post.hall,
    onBehalf: post.onBehalfOf !== null,
    createdAt,
    updatedAt: atMost(endedAt, startAt),
    expiresAt:
      isLiving && end.getTime() < startAt.getTime() + livesAtLeastMs
        ? new Date(startAt.getTime() + livesAtLeastMs)
        : end,
  };
};

/** The 120 posts of the content with their favours, each on its day; helpers' open favours are counted on their residents. */
export const planPosts = (planning: Planning, who: Who) => {
  const posts: PlannedPost[] = [];
  const favours: PlannedFavour[] = [];
  const postBeneficiaries: PlannedBeneficiary[] = [];
  for (const post of demoPosts) {
    const planned = planPost(planning, post, who);
    const answers = post.favours.map((favour) => planFavour(planning, planned, favour, who));
    const changes = [planned.updatedAt, ...answers.map((favour) => favour.updatedAt)].map((at) => at.getTime());
    planned.updatedAt = new Date(Math.max(...changes));
    posts.push(planned);
    favours.push(...answers);
    if (post.onBehalfOf) postBeneficiaries.push({ postId: planned.id, ...post.onBehalfOf, givenAt: planned.createdAt });
    if (post.kind === 'request')
      for (const favour of post.favours)
        if (favour.state === 'accepted' || favour.state === 'standby') who(favour.resident).resident.openFavours += 1;
  }
  return { posts, favours, postBeneficiaries };
};
