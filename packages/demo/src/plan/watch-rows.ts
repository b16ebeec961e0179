import type {
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
import type { WeatherColour, WeatherHazard } from '@palier/domain/weather';

/** The rows of the watch, by table, in the order in which they refer to each other. They stand behind row security, which a bulk copy cannot pass: they are inserted. */
export type PlannedWatch = {
  watchReaderGrants: {
    id: string;
    accountId: string;
    territoryId: string;
    namedBy: string;
    namedAt: Date;
    endsAt: Date;
  }[];
  watchVolunteers: {
    id: string;
    residentId: string;
    territoryId: string;
    offeredAt: Date;
    acceptedAt: Date | null;
    acceptedBy: string | null;
  }[];
  watchPeople: {
    id: string;
    residentId: string;
    residenceId: string;
    stairId: string | null;
    name: string;
    floor: number;
    door: string;
    topFloor: boolean;
    phone: string;
    part: DayPart;
    language: 'fr';
    consent: WatchConsent;
    consentVersion: string;
    consentedAt: Date;
    lapsesAt: Date;
    remindedAt: Date | null;
    recordedBy: string | null;
    signedOn: string | null;
    signatory: string | null;
    joinedAt: Date;
  }[];
  watchContacts: { id: string; personId: string; place: number; name: string; phone: string }[];
  watchReaders: {
    id: string;
    personId: string;
    accountId: string;
    namedBy: string;
    namedAt: Date;
    announcedAt: Date;
    effectiveAt: Date;
    endsAt: Date;
  }[];
  watchRounds: {
    id: string;
    territoryId: string;
    department: string;
    hazard: WeatherHazard;
    colour: WeatherColour;
    floor: WeatherColour;
    since: Date;
    openedAt: Date;
    openedBy: string;
    madeAt: Date;
    wasCalm: boolean;
  }[];
  watchChecks: {
    id: string;
    roundId: string;
    personId: string;
    day: string;
    hour: number;
    colour: WeatherColour;
    state: CheckState;
    attempts: number;
    dueAt: Date;
    escalatesAt: Date;
    offeredAt: Date;
    toldAt: Date;
    endedAt: Date | null;
  }[];
  watchAttempts: {
    id: string;
    checkId: string;
    accountId: string;
    way: Way;
    claimedAt: Date;
    outcome: CheckOutcome;
    answeredAt: Date;
  }[];
  watchEscalations: {
    checkId: string;
    raisedAt: Date;
    told: number;
    acknowledgedBy: string;
    acknowledgedAt: Date;
    endedBy: string;
    endedAt: Date;
    ending: WatchEnding;
  }[];
  watchSteps: { id: string; checkId: string; accountId: string; step: WatchStep; at: Date }[];
  watchReadings: {
    id: string;
    personId: string;
    accountId: string;
    readAs: WatchReadAs;
    what: WatchReadingKind;
    at: Date;
  }[];
};
