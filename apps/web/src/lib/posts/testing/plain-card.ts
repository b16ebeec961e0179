import type { PostCard } from '@palier/domain/posts';

/** A neighbour's plain card, of which tests change what they are about. */
export const plainCard: PostCard = {
  id: '01a1dd9f-8a40-7b90-9663-93ae45221d00',
  kind: 'request',
  category: 'errands',
  title: 'Porter un sac',
  excerpt: '',
  audience: 'neighbourhood',
  state: 'open',
  helpersNeeded: 1,
  helpersTaken: 0,
  urgent: false,
  window: null,
  onBehalf: false,
  repeats: false,
  author: { id: 'odile', displayName: 'Odile' },
  place: { nearness: 'within-500', cell: '8a1f8a5a4b6ffff', commune: '01173' },
  createdAt: '2026-11-20T08:00:00.000Z',
  updatedAt: '2026-11-20T08:00:00.000Z',
  expiresAt: '2026-12-04T08:00:00.000Z',
};
