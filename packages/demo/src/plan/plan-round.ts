import { type CheckOutcome, escalateAt, offeredAgainAt, type Way } from '@palier/domain/watch';
import { type DemoWatched, watchVolunteers } from '../content/index.ts';
import { localDate, localInstant } from './calendar.ts';
import { type Planning, timeZone } from './input.ts';
import type { PlannedPerson } from './plan-people.ts';
import type { Visits } from './visits.ts';
import type { PlannedWatch } from './watch-rows.ts';

type Who = (number: number) => PlannedPerson;
type Person = PlannedWatch['watchPeople'][number];
type Check = PlannedWatch['watchChecks'][number];
type Going = { minutes: number; number: number; way: Way; outcome: CheckOutcome };
type Course = { goings: readonly Going[]; isOpen?: boolean; isAlarm?: boolean };

const minuteMs = 60_000;
const colour = 'yellow';
/** Round's first day, in days before the first start. */
const openedDaysAgo = 3;

const reached = (number: number, minutes: number): Course => ({
  goings: [{ minutes, number, way: 'bell', outcome: 'reached' }],
});
const nobody = (number: number, minutes: number, way: Way = 'bell'): Going => ({
  ...{ minutes, number, way, outcome: 'no-answer' },
});

/** What became of a visit: the older one of three people went otherwise than well at once; of two people the last one waits. */
const courseOf = (one: DemoWatched, isLast: boolean, n: number): Course => {
  const helper = watchVolunteers.accepted[n % watchVolunteers.accepted.length] ?? 23;
  const reader = one.readers[0] ?? 31;
  if (isLast && one.part === 'latest') return { goings: [], isOpen: true };
  if (isLast && one.part === 'earlier') return { goings: [nobody(23, 12)], isOpen: true };
  if (isLast) return reached(helper, 9 + ((n * 7) % 34));
  if (one.number === 54)
    return { goings: [nobody(61, 15), { minutes: 200, number: reader, way: 'phone', outcome: 'reached' }] };
  if (one.number === 62) return { goings: [nobody(28, 20), nobody(reader, 205, 'phone')], isAlarm: true };
  if (one.number === 68) return { goings: [{ minutes: 25, number: helper, way: 'bell', outcome: 'needs-something' }] };
  return reached(helper, 11 + ((n * 11) % 45));
};

type Told = Pick<PlannedWatch, 'watchAttempts' | 'watchReadings' | 'watchEscalations' | 'watchSteps'>;

/** Everything that was done about one visit, each thing with whoever did it, and the reading that it is. */
const planCourse = ({ startAt, chance }: Planning, who: Who, check: Check, one: DemoWatched, course: Course): Told => {
  // A visit of the last hour was answered within it.
  const squeeze = Math.min(1, (startAt.getTime() - check.dueAt.getTime()) / (60 * minuteMs));
  const after = (minutes: number): Date => new Date(check.dueAt.getTime() + Math.floor(minutes * squeeze) * minuteMs);
  const accountOf = (number: number): string => who(number).resident.accountId;
  const { id: checkId, personId } = check;
  const goings = course.goings.map(({ minutes, number, way, outcome }) => {
    const claimedAt = after(minutes - 6);
    const attempt = { id: chance.id(claimedAt), checkId, accountId: accountOf(number), way, claimedAt };
    const reading = { personId, accountId: attempt.accountId, what: 'check' as const, at: claimedAt };
    const readAs = one.readers.includes(number) ? ('reader' as const) : ('volunteer' as const);
    return {
      attempt: { ...attempt, outcome, answeredAt: after(minutes) },
      reading: { ...reading, id: chance.id(claimedAt), readAs },
    };
  });
  const told: Told = {
    watchAttempts: goings.map(({ attempt }) => attempt),
    watchReadings: goings.map(({ reading }) => reading),
    watchEscalations: [],
    watchSteps: [],
  };
  if (!course.isAlarm) return told;
  const by = accountOf(31);
  const since = (minutes: number): Date => new Date(check.escalatesAt.getTime() + minutes * minuteMs);
  told.watchEscalations.push({
    ...{ checkId, raisedAt: since(0), told: 1, acknowledgedBy: by, acknowledgedAt: since(4) },
    ...{ endedBy: by, endedAt: since(31), ending: 'reached' },
  });
  told.watchSteps.push({ id: chance.id(since(9)), checkId, accountId: by, step: 'contact-called', at: since(9) });
  const read = { personId, accountId: by, readAs: 'reader', what: 'contacts', at: since(5) } as const;
  told.watchReadings.push({ ...read, id: chance.id(since(5)) });
  return told;
};

const endOf = (
  check: Check,
  course: Course,
  told: Told,
): Pick<Check, 'state' | 'attempts' | 'offeredAt' | 'endedAt'> => {
  const attempts = course.goings.filter(({ outcome }) => outcome === 'no-answer').length;
  const last = told.watchAttempts.at(-1);
  const [alarm] = told.watchEscalations;
  if (alarm) return { state: 'closed', attempts, offeredAt: check.offeredAt, endedAt: alarm.endedAt };
  if (!course.isOpen && last)
    return { state: last.outcome, attempts, offeredAt: check.offeredAt, endedAt: last.answeredAt };
  const offeredAt = last ? offeredAgainAt({ ...check, attempts }, last.answeredAt, timeZone) : check.offeredAt;
  return { state: offeredAt <= check.toldAt ? 'due' : 'no-answer', attempts, offeredAt, endedAt: null };
};

type Round = {
  territoryId: string;
  coordinator: string;
  visits: Visits;
  people: readonly {
    one: DemoWatched;
    person: Person;
    readers: readonly Pick<PlannedWatch['watchReaders'][number], 'accountId' | 'effectiveAt'>[];
  }[];
};

/**
 * A round in yellow that the coordinator opened three days ago, against heat in summer and cold in winter, and the visits made since: one of each person's in the last day, two of which wait.
 */
export const planRound = (
  planning: Planning,
  who: Who,
  { territoryId, coordinator, visits, people }: Round,
): Told & Pick<PlannedWatch, 'watchRounds' | 'watchChecks'> => {
  const { startAt, chance } = planning;
  const [year = 0, month = 1, day = 1] = visits.today.split('-').map(Number);
  const openedAt = localInstant({ year, month, day: day - openedDaysAgo }, 7, 30, timeZone);
  const isSummer = localDate(startAt, timeZone).month >= 5 && localDate(startAt, timeZone).month <= 9;
  const roundId = chance.id(openedAt);
  const evening = localInstant({ year, month, day: day - 1 }, 19, 30, timeZone);
  const readAt = evening < startAt ? evening : openedAt;
  const listed = people.flatMap(({ person, readers }) =>
    readers
      .filter(({ effectiveAt }) => effectiveAt <= readAt)
      .map(({ accountId }) => {
        const read = { personId: person.id, accountId, readAs: 'reader', what: 'list', at: readAt } as const;
        return { ...read, id: chance.id(readAt) };
      }),
  );
  const visited = people.flatMap(({ one, person, readers }, n) =>
    readers.some(({ effectiveAt }) => effectiveAt > startAt)
      ? []
      : visits.slotsOf(one).map(({ date, hour, dueAt }, nth) => {
          const escalatesAt = escalateAt(dueAt, colour);
          const made: Check = {
            ...{
              id: chance.id(dueAt),
              roundId,
              personId: person.id,
              day: date,
              hour,
              colour,
              state: 'due',
              attempts: 0,
            },
            ...{ dueAt, escalatesAt, offeredAt: dueAt, toldAt: startAt, endedAt: null },
          };
          const course = courseOf(one, nth === 1, n);
          const told = planCourse(planning, who, made, one, course);
          return { check: { ...made, ...endOf(made, course, told) }, told };
        }),
  );
  const every = <K extends keyof Told>(key: K): Told[K] =>
    visited.flatMap(({ told }) => told[key] as unknown[]) as Told[K];
  return {
    watchRounds: [
      {
        ...{ id: roundId, territoryId, department: '01', hazard: isSummer ? 'heat' : 'cold', colour, floor: colour },
        ...{ since: openedAt, openedAt, openedBy: coordinator, madeAt: startAt, wasCalm: false },
      },
    ],
    watchChecks: visited.map(({ check }) => check),
    watchAttempts: every('watchAttempts'),
    watchEscalations: every('watchEscalations'),
    watchSteps: every('watchSteps'),
    watchReadings: [...listed, ...every('watchReadings')],
  };
};
