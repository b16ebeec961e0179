import { InvitationKind, Locale, StaffRole, Trust, TrustSource } from '@palier/domain/accounts';
import { FavourState } from '@palier/domain/favours';
import { TownPurpose } from '@palier/domain/insights';
import { CoolPlaceKind, KitPaper, KitSlug } from '@palier/domain/kits';
import { outboxKinds } from '@palier/domain/live';
import { Ring, TellingStep } from '@palier/domain/matching';
import { QuickAnswer } from '@palier/domain/messaging';
import {
  CaseKind,
  CaseState,
  CaseSubject,
  DecisionKind,
  DecisionReason,
  ReportReason,
} from '@palier/domain/moderation';
import { DigestState, NotificationKind } from '@palier/domain/notifications';
import { Audience, Category, PostKind, PostState, RepeatEvery } from '@palier/domain/posts';
import { Consent, ResidenceMode } from '@palier/domain/residences';
import {
  CheckOutcome,
  CheckState,
  DayPart,
  WatchConsent,
  WatchEnding,
  WatchReadAs,
  WatchReadingKind,
  WatchStep,
  Way,
} from '@palier/domain/watch';
import { WeatherColour, WeatherHazard, WeatherProblem } from '@palier/domain/weather';
import { pgEnum } from 'drizzle-orm/pg-core';

/** pgEnum wants a list that is known not to be empty. */
const listOf = <T extends string>(values: readonly T[]) => values as readonly [T, ...T[]];

/** Each database enum is made from the domain's own list, so that a state is written once. */
export const trustEnum = pgEnum('trust', listOf(Trust.options));
export const localeEnum = pgEnum('locale', listOf(Locale.options));
export const staffRoleEnum = pgEnum('staff_role', listOf(StaffRole.options));
export const invitationKindEnum = pgEnum('invitation_kind', listOf(InvitationKind.options));
export const trustSourceEnum = pgEnum('trust_source', listOf(TrustSource.options));
export const residenceModeEnum = pgEnum('residence_mode', listOf(ResidenceMode.options));
export const consentEnum = pgEnum('consent', listOf(Consent.options));
export const postKindEnum = pgEnum('post_kind', listOf(PostKind.options));
export const postStateEnum = pgEnum('post_state', listOf(PostState.options));
export const categoryEnum = pgEnum('category', listOf(Category.options));
export const audienceEnum = pgEnum('audience', listOf(Audience.options));
export const repeatEveryEnum = pgEnum('repeat_every', listOf(RepeatEvery.options));
export const favourStateEnum = pgEnum('favour_state', listOf(FavourState.options));
export const ringEnum = pgEnum('ring', listOf(Ring.options));
export const tellingStepEnum = pgEnum('telling_step', listOf(TellingStep.options));
export const digestStateEnum = pgEnum('digest_state', listOf(DigestState.options));
export const notificationKindEnum = pgEnum('notification_kind', listOf(NotificationKind.options));
export const outboxKindEnum = pgEnum('outbox_kind', outboxKinds);
export const quickAnswerEnum = pgEnum('quick_answer', listOf(QuickAnswer.options));
export const caseKindEnum = pgEnum('case_kind', listOf(CaseKind.options));
export const caseStateEnum = pgEnum('case_state', listOf(CaseState.options));
export const caseSubjectEnum = pgEnum('case_subject', listOf(CaseSubject.options));
export const decisionKindEnum = pgEnum('decision_kind', listOf(DecisionKind.options));
export const decisionReasonEnum = pgEnum('decision_reason', listOf(DecisionReason.options));
export const reportReasonEnum = pgEnum('report_reason', listOf(ReportReason.options));
export const weatherHazardEnum = pgEnum('weather_hazard', listOf(WeatherHazard.options));
export const weatherColourEnum = pgEnum('weather_colour', listOf(WeatherColour.options));
export const weatherProblemEnum = pgEnum('weather_problem', listOf(WeatherProblem.options));
export const kitSlugEnum = pgEnum('kit_slug', listOf(KitSlug.options));
export const kitPaperEnum = pgEnum('kit_paper', listOf(KitPaper.options));
export const coolPlaceKindEnum = pgEnum('cool_place_kind', listOf(CoolPlaceKind.options));
export const dayPartEnum = pgEnum('day_part', listOf(DayPart.options));
export const watchConsentEnum = pgEnum('watch_consent', listOf(WatchConsent.options));
export const watchReadAsEnum = pgEnum('watch_read_as', listOf(WatchReadAs.options));
export const watchReadingKindEnum = pgEnum('watch_reading_kind', listOf(WatchReadingKind.options));
export const checkStateEnum = pgEnum('check_state', listOf(CheckState.options));
export const checkOutcomeEnum = pgEnum('check_outcome', listOf(CheckOutcome.options));
export const watchWayEnum = pgEnum('watch_way', listOf(Way.options));
export const watchStepEnum = pgEnum('watch_step', listOf(WatchStep.options));
export const watchEndingEnum = pgEnum('watch_ending', listOf(WatchEnding.options));
export const townPurposeEnum = pgEnum('town_purpose', listOf(TownPurpose.options));
