import type { ReportSignals } from './schemas.ts';

/** One neighbour's report, with what tells homes apart; floors are often unknown. */
export type ReportFrom = {
  reporterId: string;
  residenceId: string;
  stairId: string | null;
  floor: number | null;
  joinedAt: Date;
  at: Date;
};

/** How many homes must report a post before it is hidden until somebody has looked. */
export const homesToHide = 3;

/** How many reports one person may write an hour (reliability.md A6). */
export const reportsPerHour = 10;

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;

/** The home a report comes from, as far as it is known: residence, stair and floor; whoever did not say their floor counts as a home of their own. */
const homeOf = ({ reporterId, residenceId, stairId, floor }: ReportFrom): string =>
  floor === null ? reporterId : `${residenceId} ${stairId ?? '-'} ${floor}`;

const most = (counts: Iterable<number>): number => Math.max(0, ...counts);

const countBy = (reports: readonly ReportFrom[], keyOf: (report: ReportFrom) => string | null): number[] => {
  const counts = new Map<string, number>();
  for (const report of reports) {
    const key = keyOf(report);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts.values()];
};

/**
 * What several reports of one thing have in common; each person counts once. Coordinated, for a referent to weigh, never to decide alone: three or more of
 * which two thirds come from one stair within the same hour, or two thirds from accounts under seven days.
 */
export const signalsOf = (reports: readonly ReportFrom[]): ReportSignals => {
  const once = [...new Map(reports.map((report) => [report.reporterId, report])).values()];
  const sameHour = most(
    once.map(({ at }) => once.filter((other) => other.at >= at && other.at.getTime() - at.getTime() < hourMs).length),
  );
  const sameStair = most(countBy(once, ({ stairId }) => stairId));
  const newAccounts = once.filter(({ joinedAt, at }) => at.getTime() - joinedAt.getTime() < weekMs).length;
  const many = Math.ceil((once.length * 2) / 3);
  return {
    reporters: once.length,
    homes: new Set(once.map(homeOf)).size,
    sameStair,
    sameHour,
    newAccounts,
    isCoordinated: once.length >= 3 && ((sameStair >= many && sameHour >= many) || newAccounts >= many),
  };
};

/** Whether these reports hide a post until it was examined: three distinct homes. One person's hundred count once. */
export const hidesUntilExamined = (signals: Pick<ReportSignals, 'homes'>): boolean => signals.homes >= homesToHide;
