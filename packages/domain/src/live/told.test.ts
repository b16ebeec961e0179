import fc from 'fast-check';
import { expect, test } from 'vitest';
import { post } from '../places/fixtures/posts.ts';
import { isInAudience, type Viewer } from '../places/index.ts';
import { Audience, PostState } from '../posts/index.ts';
import { audienceBefore, editChange, isEdit, isForOne, movesSight, type PostChange, toldOf } from './index.ts';

const now = new Date('2026-11-02T08:00:00Z');
const at = { residenceId: 'home', stairId: 'stair', cell: '891f961802fffff' };
const base = post({
  ...at,
  title: 'Du pain',
  audience: 'neighbourhood',
  createdAt: now,
  updatedAt: now,
  expiresAt: now,
});
const author: Viewer = { ...at, residentId: 'author', commune: '01173' };
const viewers = fc.constantFrom<Viewer>(
  author,
  { ...author, residentId: 'same-stair' },
  { ...author, residentId: 'same-residence', stairId: 'other' },
  { ...author, residentId: 'next-door', residenceId: 'other', stairId: null },
  { ...author, residentId: 'far', residenceId: 'far', stairId: null, cell: '891f9618963ffff' },
  {
    ...author,
    residentId: 'elsewhere',
    residenceId: 'paris',
    stairId: null,
    cell: '891fb466257ffff',
    commune: '75101',
  },
);
const changes: PostChange[] = ['opened', 'changed', 'edited', 'filled', 'done', 'closed', 'held', 'shown', 'reached'];
const narrowings = Audience.options.flatMap((audience): PostChange[] => [`narrowed:${audience}`, `hidden:${audience}`]);
const posts = fc
  .record({ state: fc.constantFrom(...PostState.options), audience: fc.constantFrom(...Audience.options) })
  .map((some) => ({ ...base, ...some }));

test('a post is shown only while it is open, to its audience, with no block between', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...changes, ...narrowings),
      posts,
      viewers,
      fc.boolean(),
      (change, post, viewer, isHidden) => {
        const told = toldOf(change, post, viewer, isHidden);
        if (told?.type === 'post.opened' || told?.type === 'post.changed') {
          expect([post.state, isHidden, isInAudience(post, viewer)]).toEqual(['open', false, true]);
          expect(told.type === 'post.opened').toBe(change === 'opened' || change === 'shown');
        }
      },
    ),
  );
});

test('whoever neither sees a post nor saw it before hears nothing of it, not even that it is gone', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...changes, ...narrowings),
      posts,
      viewers,
      fc.boolean(),
      (change, post, viewer, isHidden) => {
        const before = audienceBefore(change);
        const saw =
          isInAudience(post, viewer) || (before !== null && isInAudience({ ...post, audience: before }, viewer));
        if (!saw) expect(toldOf(change, post, viewer, isHidden)).toBeNull();
      },
    ),
  );
});

test('nobody but its author is told that a post is held', () => {
  fc.assert(
    fc.property(fc.constantFrom(...changes, ...narrowings), posts, viewers, (change, post, viewer) => {
      const told = toldOf(change, { ...post, state: 'held' }, viewer, false);
      if (told?.type === 'post.closed' && viewer.residentId !== 'author') expect(told.state).toBe('removed');
    }),
  );
});

test('an edit that leaves someone out says what the audience was; one that lets more in does not', () => {
  expect(editChange('commune', 'stair')).toBe('narrowed:commune');
  expect(editChange('residence', 'stair')).toBe('narrowed:residence');
  expect(editChange('stair', 'commune')).toBe('edited');
  expect(editChange('residence', 'residence')).toBe('edited');
  expect([isEdit('edited'), isEdit('narrowed:commune'), isEdit('changed'), isEdit('narrowed:all')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([
    audienceBefore('narrowed:commune'),
    audienceBefore('narrowed:constructor'),
    audienceBefore('narrowed'),
  ]).toEqual(['commune', null, null]);
});

test('what is for one reader, and what moves what someone may see, is known by its word', () => {
  expect([...changes, ...narrowings].filter(isForOne)).toEqual([
    'shown',
    'reached',
    ...Audience.options.map((audience) => `hidden:${audience}`),
  ]);
  const rights = ['sessions', 'profile', 'trust', 'residence', 'roles'].filter((change) =>
    movesSight({ kind: 'rights', change }),
  );
  expect(rights).toEqual(['residence', 'roles']);
  expect([
    movesSight({ kind: 'residence', change: 'moved' }),
    movesSight({ kind: 'residence', change: 'opened' }),
    movesSight({ kind: 'block', change: 'residence' }),
  ]).toEqual([true, false, false]);
});
