import { z } from 'zod';
import { allowed, refused, type Verdict } from '../errors.ts';
import { boardPeople, Figure, isPublishable, tallyOf } from '../insights/index.ts';
import { KitRound, KitSlug, KitTask } from './kit.ts';

/** The first and last day of a campaign are at most this many days apart. */
const lengthMaxDays = 120;
/** How many days ahead a campaign may be announced. */
const aheadMaxDays = 60;
const dayMs = 86_400_000;

/** The body of `POST /api/communes/:insee/campaigns`: which kit, from the first day to the last, both included. */
export const OpenCampaign = z.strictObject({ kit: KitSlug, firstDay: z.iso.date(), lastDay: z.iso.date() });
export type OpenCampaign = z.infer<typeof OpenCampaign>;

/** Where a campaign stands: announced, running, or over (its last day has passed, or it was closed). */
export const CampaignStage = z.enum(['coming', 'running', 'over']);
export type CampaignStage = z.infer<typeof CampaignStage>;

type Dates = Pick<OpenCampaign, 'firstDay' | 'lastDay'>;
const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMs;

/**
 * Whether a campaign may be opened for these days: from today on, announced 60 days ahead at most, 120 days long at most.
 * `today` is the commune's own day, `2026-07-01`. Code: `campaign.dates`.
 */
export const canOpenCampaign = ({ firstDay, lastDay }: Dates, today: string): Verdict => {
  const [first, last, now] = [firstDay, lastDay, today].map(dayNumber) as [number, number, number];
  const isInTime = first >= now && first <= now + aheadMaxDays;
  return isInTime && last >= first && last < first + lengthMaxDays ? allowed : refused('campaign.dates');
};

/** Where a campaign stands on a day of its commune. */
export const stageOf = (campaign: Dates & { closedAt: Date | null }, today: string): CampaignStage => {
  if (campaign.closedAt !== null || campaign.lastDay < today) return 'over';
  return campaign.firstDay > today ? 'coming' : 'running';
};

/** A campaign, as whoever it is shown to reads it. */
export const Campaign = z.strictObject({
  id: z.uuid(),
  kit: KitSlug,
  title: z.string(),
  /** The commune it runs in, or the whole territory. */
  extent: z.enum(['commune', 'territory']),
  firstDay: z.iso.date(),
  lastDay: z.iso.date(),
  stage: CampaignStage,
});
export type Campaign = z.infer<typeof Campaign>;

/**
 * What came of a campaign in one commune. `residences` is to how many its tasks are proposed, `reached` in how many one was opened; `opened` counts tasks, once a residence.
 * `done` and `people` are figures of people: hidden below eleven on either side, then in fives, moved by the hour (privacy.md, The board).
 */
export const CampaignOutcome = z.strictObject({
  downloads: Figure,
  residences: Figure,
  reached: Figure,
  opened: Figure,
  done: Figure,
  people: Figure,
});
export type CampaignOutcome = z.infer<typeof CampaignOutcome>;

/** A campaign as a town hall or a coordinator sees it, with what came of it in the commune. */
export const CampaignLine = Campaign.extend({ outcome: CampaignOutcome, mayClose: z.boolean() });
export type CampaignLine = z.infer<typeof CampaignLine>;

/** A favour done for a task of a campaign: who helped whom. */
export type CampaignFavour = { readonly helper: string; readonly beneficiary: string };
/** What a campaign shows of people in a commune; null is hidden. */
export type CampaignBoard = { readonly done: number | null; readonly people: number | null };

/**
 * What a campaign may show of the favours done for it in a commune, under the rules of the month's board: nothing while fewer than eleven people helped or were helped, or one makes over
 * 85 % of it; then in fives from fifteen, and never less than `before`. `people` counts who was helped.
 */
export const boardOfCampaign = (favours: readonly CampaignFavour[], before: CampaignBoard): CampaignBoard => {
  const tally = tallyOf(favours.map(({ helper, beneficiary }) => ({ weight: 1, sides: [helper, beneficiary] })));
  if (!isPublishable(tally, 'events')) return before;
  const people = new Set(favours.map(({ beneficiary }) => beneficiary)).size;
  return {
    done: boardPeople(tally.count, before.done).value,
    people: boardPeople(people, before.people).value,
  };
};

/** A task of a campaign in one residence: `postId` is the post it became, null while nobody opened it, or when the one it became ended before anyone said yes. */
export const CampaignTask = KitTask.extend({ postId: z.uuid().nullable() });
export type CampaignTask = z.infer<typeof CampaignTask>;

/** The watch round of a campaign over a residence: whether one is open there, and whether the caller may open it. */
export const CampaignRound = KitRound.extend({ isOpen: z.boolean(), mayOpen: z.boolean() });
export type CampaignRound = z.infer<typeof CampaignRound>;

/** A campaign in one residence, with its tasks; `round` is for whoever looks after it, null for those who live there and for a kit that has none. */
export const CampaignAtHome = Campaign.extend({
  residenceId: z.uuid(),
  tasks: z.array(CampaignTask),
  round: CampaignRound.nullable(),
});
export type CampaignAtHome = z.infer<typeof CampaignAtHome>;

/** The body of `POST /api/campaigns/:campaignId/tasks`: which of the kit's tasks becomes a post. */
export const OpenTask = z.strictObject({ task: z.string().max(60) });
export type OpenTask = z.infer<typeof OpenTask>;

/** The body of `POST /api/campaigns/:campaignId/rounds`: the residence that the round is opened from; it goes over its territory in its department. */
export const OpenCampaignRound = z.strictObject({ residenceId: z.uuid() });
export type OpenCampaignRound = z.infer<typeof OpenCampaignRound>;
