import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  defaultChoices,
  EditNoticeChoices,
  NoticeRow,
  NotificationKind,
  readChoices,
  rowOfNotice,
  wants,
  withChoices,
} from './index.ts';

test('whoever chose nothing gets everything but the urgent in one e-mail at 18 h', () => {
  expect(readChoices(null)).toEqual(defaultChoices);
  expect(defaultChoices.mailHour).toBe(18);
  expect(NoticeRow.options.filter((row) => !defaultChoices.rows[row].mail)).toEqual(['urgent-ask']);
  expect(NoticeRow.options.filter((row) => !defaultChoices.rows[row].push)).toEqual(['town']);
});

test('every kind has a row, and an account’s own news cannot be chosen away', () => {
  for (const kind of NotificationKind.options) expect(rowOfNotice(kind, false) === null, kind).toBe(kind === 'account');
  expect([rowOfNotice('ask', true), rowOfNotice('ask', false), rowOfNotice('interest', true)]).toEqual([
    'urgent-ask',
    'ask',
    'ask',
  ]);
  expect(wants(defaultChoices, null, 'push')).toBe(true);
});

const edits = fc.record(
  {
    rows: fc.dictionary(fc.constantFrom(...NoticeRow.options), fc.record({ push: fc.boolean(), mail: fc.boolean() })),
    mailHour: fc.option(fc.integer({ min: 8, max: 21 })),
  },
  { requiredKeys: [] },
);

test('a change moves what it names and leaves the rest; what was kept reads back the same', () => {
  fc.assert(
    fc.property(edits, (change) => {
      const edit = EditNoticeChoices.parse(change);
      const after = withChoices(defaultChoices, edit);
      for (const row of NoticeRow.options)
        expect(after.rows[row]).toEqual(change.rows?.[row] ?? defaultChoices.rows[row]);
      expect(after.mailHour).toBe(change.mailHour === undefined ? 18 : change.mailHour);
      expect(readChoices({ rows: after.rows, mailHour: after.mailHour })).toEqual(after);
    }),
  );
  expect(readChoices({ rows: { ask: 'yes' }, mailHour: 9 })).toEqual({ ...defaultChoices, mailHour: 9 });
});

test('no hour of the night can be asked for', () => {
  for (const mailHour of [0, 7, 22, 23, 8.5]) expect(EditNoticeChoices.safeParse({ mailHour }).success).toBe(false);
});
