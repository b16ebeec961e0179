import type { NotificationView } from '@palier/domain/notifications';
import { expect, test } from 'vitest';
import { onceTold } from './once-told.ts';

const notice = (id: string, more: Partial<NotificationView> = {}): NotificationView => ({
  id,
  kind: 'outcome',
  title: 'Merci à vous',
  text: '« Le pain »',
  reasons: [],
  post: null,
  favour: null,
  href: '/coups-de-main?vue=rendus',
  read: true,
  createdAt: '2026-11-22T08:00:00.000Z',
  ...more,
});

test('the same words of the same subject are told once, unread while any of them is', () => {
  const shown = onceTold([notice('c'), notice('b', { title: 'Autre chose' }), notice('a', { read: false })]);
  expect(shown.map(({ ids, read }) => ({ ids, read }))).toEqual([
    { ids: ['c', 'a'], read: false },
    { ids: ['b'], read: true },
  ]);
});

test('the same words of two favours, or of nothing that can be named, stay apart', () => {
  const favour = (postId: string) => ({ id: postId, postId, side: 'helper', state: 'done' }) as const;
  expect(onceTold([notice('a', { favour: favour('1') }), notice('b', { favour: favour('2') })])).toHaveLength(2);
  expect(onceTold([notice('a', { href: null }), notice('b', { href: null })])).toHaveLength(2);
});
