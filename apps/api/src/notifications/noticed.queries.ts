import { type Database, schema } from '@palier/db';
import { type NoticeChoices, readChoices } from '@palier/domain/notifications';
import { timeZoneOfCommune, type Viewer } from '@palier/domain/places';
import { eq } from 'drizzle-orm';

const { accounts, noticeChoices, residences, residents } = schema;

/** Someone who is told beyond the screen: where they live, what they read, what they chose. */
export type NoticeReader = {
  accountId: string;
  email: string;
  displayName: string;
  locale: 'fr' | 'en';
  emailConfirmedAt: Date | null;
  viewer: Viewer | null;
  timeZone: string;
  wantsUrgentAtNight: boolean;
  choices: NoticeChoices;
};

/** Who is to be told; undefined when the account is gone. The clocks of an account without a residence are Paris's. */
export const findNoticeReader = async (db: Database, accountId: string): Promise<NoticeReader | undefined> => {
  const [row] = await db
    .select({
      email: accounts.email,
      displayName: accounts.displayName,
      locale: accounts.locale,
      emailConfirmedAt: accounts.emailConfirmedAt,
      residentId: residents.id,
      residenceId: residents.residenceId,
      stairId: residents.stairId,
      urgentAtNight: residents.urgentAtNight,
      cell: residences.cell,
      commune: residences.commune,
      choices: { rows: noticeChoices.rows, mailHour: noticeChoices.mailHour },
    })
    .from(accounts)
    .leftJoin(residents, eq(residents.accountId, accounts.id))
    .leftJoin(residences, eq(residences.id, residents.residenceId))
    .leftJoin(noticeChoices, eq(noticeChoices.accountId, accounts.id))
    .where(eq(accounts.id, accountId));
  if (!row) return undefined;
  const { residentId, residenceId, stairId, cell, commune, urgentAtNight, choices, ...account } = row;
  const isHome = residentId !== null && residenceId !== null && cell !== null && commune !== null;
  return {
    ...account,
    accountId,
    viewer: isHome ? { residentId, residenceId, stairId, cell, commune } : null,
    timeZone: timeZoneOfCommune(commune ?? ''),
    wantsUrgentAtNight: urgentAtNight ?? false,
    choices: readChoices(choices),
  };
};
