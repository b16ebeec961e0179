import { schema } from '@palier/db';
import { and, eq, like } from 'drizzle-orm';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { openPostOffice } from '../../test/post-office.ts';
import { checksOf, mintWatch, setWeather, tick } from '../../test/watch.ts';
import { newId } from '../ids.ts';
import { jobsOfEvent } from '../jobs/of-event.ts';
import { accountMails, openMailer, sendAccountMail } from '../notifications/index.ts';

let now = new Date('2026-07-06T05:00:00Z');
const h = await openHarness({}, { clock: () => now }, undefined, true);
const office = await openPostOffice();
const mailing = { ...h.deps, mailer: openMailer({ ...h.env, smtpUrl: office.url }, () => undefined) };

/** Runs the mails that the stream calls for to an account, each once; answers what was handed over. */
const done = new Set<string>();
const mailsTo = async (accountId: string) => {
  const { outbox } = schema;
  const events = await h.db
    .select()
    .from(outbox)
    .where(and(eq(outbox.sideA, accountId), like(outbox.change, 'mail.alarm%')));
  for (const event of events.filter(({ id }) => !done.has(String(id)))) {
    done.add(String(event.id));
    for (const { queue, data } of jobsOfEvent(event)) {
      const about = accountMails.find((one) => one === (data as { about?: string }).about);
      expect([queue, about]).toEqual(['mail.account', expect.any(String)]);
      if (about) await sendAccountMail(mailing, { accountId, about, jobId: newId() });
    }
  }
  const [account] = await h.db.select().from(schema.accounts).where(eq(schema.accounts.id, accountId));
  return office.received.filter(({ to }) => to.includes(account?.email ?? ''));
};

test('an alarm leaves at once by e-mail to a reader without a device, again at each round, and to the keepers from the third; it says nothing of anyone', async () => {
  const { residence, people, readers, referent } = await mintWatch(h, { people: 2, volunteers: 0 });
  await setWeather(h, residence.territoryId, '01', 'red');
  const counts: [string, number, number][] = [];
  for (const clock of ['07:00', '10:00', '10:01', '10:10', '10:20', '10:30']) {
    now = new Date(`2026-07-06T${clock}:00Z`);
    await tick(h);
    counts.push([clock, (await mailsTo(readers[1].id)).length, (await mailsTo(referent.id)).length]);
  }
  expect(counts).toEqual([
    ...[
      ['07:00', 0, 0],
      ['10:00', 1, 0],
      ['10:01', 1, 0],
    ],
    ...[
      ['10:10', 2, 0],
      ['10:20', 3, 1],
      ['10:30', 4, 2],
    ],
  ]);
  for (const { raw } of office.received) {
    const { subject = '', text = '', html } = await simpleParser(raw);
    expect(`${subject} ${text} ${html}`).not.toMatch(/Jeanne|Martin|gauche|0450|Tilleuls/);
  }
  const [check, other] = await checksOf(h, people);
  for (const one of [check, other])
    expect((await h.call('POST', `/watch/alarms/${one?.id}/acknowledge`, { as: readers[0] })).status).toBe(204);
  now = new Date('2026-07-06T11:30:00Z');
  await tick(h);
  expect(await mailsTo(readers[1].id)).toHaveLength(4);
});
