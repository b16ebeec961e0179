import { z } from 'zod';
import { InstantOut } from '../posts/schemas.ts';
import { DepartmentCode, WeatherColour, WeatherHazard } from '../weather/colours.ts';
import { WatchEnding, WatchStep } from './alarms.ts';
import { CheckState } from './lifecycle.ts';
import { WatchContact } from './schemas.ts';
import { Way } from './turns.ts';

/** What one tap at the door says. */
export const CheckOutcome = CheckState.extract(['reached', 'needs-something', 'no-answer', 'emergency-called']);
export type CheckOutcome = z.infer<typeof CheckOutcome>;

/** The colours a coordinator may open a round at. */
export const RoundColour = WeatherColour.exclude(['green']);

/** The body of `POST /api/watch/rounds`. */
export const OpenRoundBody = z.strictObject({
  territoryId: z.uuid(),
  department: DepartmentCode,
  hazard: WeatherHazard,
  colour: RoundColour,
});
export type OpenRoundBody = z.infer<typeof OpenRoundBody>;

/** A round as coordinators, referents and readers see it: nothing of whom it passes. */
export const RoundView = z.strictObject({
  id: z.uuid(),
  territoryId: z.uuid(),
  territory: z.string(),
  department: DepartmentCode,
  hazard: WeatherHazard,
  colour: WeatherColour,
  openedAt: InstantOut,
  byWeather: z.boolean(),
  mayClose: z.boolean(),
});
export type RoundView = z.infer<typeof RoundView>;

/** The one thing that whoever looks after a residence reads: a check waits there (privacy.md, The watch). */
export const WaitingIn = z.strictObject({ residenceId: z.uuid(), residence: z.string() });
export type WaitingIn = z.infer<typeof WaitingIn>;

/** A stair, as every view of a check names it. */
const stair = { residence: z.string(), stair: z.string().nullable() } as const;
/** Whose door it is: the first name, where, and whether it is under the roof; shown to whoever claimed the check, and to readers. */
const home = {
  checkId: z.uuid(),
  firstName: z.string(),
  ...stair,
  floor: z.int().nullable(),
  door: z.string(),
  topFloor: z.boolean(),
  phone: z.string().nullable(),
  colour: WeatherColour,
} as const;

/** A check before it is claimed: the residence, never whose it is. `timeZone`, here and below: the clocks of its commune (IANA). */
export const OfferView = z.strictObject({
  checkId: z.uuid(),
  ...stair,
  colour: WeatherColour,
  way: Way,
  dueAt: InstantOut,
  timeZone: z.string(),
});
export type OfferView = z.infer<typeof OfferView>;

/** A check as whoever claimed it sees it while they hold it: the first name, the door and whether it is under the roof; the telephone for readers alone. */
export const HeldCheck = z.strictObject({
  attemptId: z.uuid(),
  ...home,
  way: Way,
  heldUntil: InstantOut,
  timeZone: z.string(),
});
export type HeldCheck = z.infer<typeof HeldCheck>;

/** A visit of the last 24 h after which nobody has opened a request yet: whoever made it is shown the first name again, never the door. */
export const OpenNeed = z.strictObject({ attemptId: z.uuid(), firstName: z.string() });
export type OpenNeed = z.infer<typeof OpenNeed>;

export const MyVisits = z.strictObject({
  isVolunteer: z.boolean(),
  isReader: z.boolean(),
  offers: z.array(OfferView),
  held: z.array(HeldCheck),
  needs: z.array(OpenNeed),
});
export type MyVisits = z.infer<typeof MyVisits>;

/** The body of `POST /api/watch/attempts/:attemptId/outcome`; `at`: when it was tapped, if it waited for a network. */
export const TellOutcome = z.strictObject({ outcome: CheckOutcome, at: z.iso.datetime().optional() });
export type TellOutcome = z.infer<typeof TellOutcome>;

/** How the doors of one stair stand. */
export const CoverageLine = z.strictObject({
  residenceId: z.uuid(),
  ...stair,
  due: z.int(),
  covered: z.int(),
  waiting: z.int(),
  escalated: z.int(),
});
export type CoverageLine = z.infer<typeof CoverageLine>;

/** One person of a reader's, and their check. */
export const BoardCheck = z.strictObject({
  ...home,
  roundId: z.uuid(),
  state: CheckState,
  way: Way,
  attempts: z.int(),
  dueAt: InstantOut,
  escalatesAt: InstantOut,
  timeZone: z.string(),
});
export type BoardCheck = z.infer<typeof BoardCheck>;

/** A reader's board: their own people alone. */
export const WatchBoard = z.strictObject({
  rounds: z.array(RoundView),
  coverage: z.array(CoverageLine),
  checks: z.array(BoardCheck),
});
export type WatchBoard = z.infer<typeof WatchBoard>;

/** The body of `POST /api/watch/entries`: results written on paper, typed in afterwards. */
export const EnterResults = z.strictObject({
  entries: z
    .array(z.strictObject({ checkId: z.uuid(), outcome: CheckOutcome, at: z.iso.datetime() }))
    .min(1)
    .max(100),
});
export type EnterResults = z.infer<typeof EnterResults>;

/** An escalation as the person's readers see it. */
export const EscalationView = z.strictObject({
  ...home,
  /** The INSEE code, for the town hall's useful numbers. */
  commune: z.string(),
  contacts: z.array(WatchContact),
  raisedAt: InstantOut,
  acknowledged: z.strictObject({ by: z.string(), at: InstantOut }).nullable(),
  ended: z.strictObject({ by: z.string(), at: InstantOut, ending: WatchEnding }).nullable(),
  told: z.int(),
  attempts: z.array(z.strictObject({ at: InstantOut, way: Way, outcome: CheckOutcome.nullable() })),
  steps: z.array(z.strictObject({ at: InstantOut, step: WatchStep, by: z.string() })),
  timeZone: z.string(),
});
export type EscalationView = z.infer<typeof EscalationView>;

/** The body of `POST /api/watch/alarms/:checkId/steps`. */
export const TakeStep = z.strictObject({ step: WatchStep });
export type TakeStep = z.infer<typeof TakeStep>;
/** The body of `POST /api/watch/alarms/:checkId/end`. */
export const EndEscalation = z.strictObject({ ending: WatchEnding });
export type EndEscalation = z.infer<typeof EndEscalation>;
