import { z } from 'zod';
import { growTrust } from '../accounts/index.ts';
import type { Context, Deps } from '../context.ts';
import { remindFavours } from '../favours/index.ts';
import { buildReleases, refreshBoards } from '../insights/index.ts';
import { refreshCampaigns } from '../kits/index.ts';
import { endOngoing, eraseDue } from '../leaving/index.ts';
import { pruneOutbox } from '../live/index.ts';
import { endMatching, matchPost, matchUnplanned, tellDue, tellPost } from '../matching/index.ts';
import { purgeDoors, remindOfMeetings, sweepPhotos, TalkTurn, tellOfTalk } from '../messaging/index.ts';
import { CaseTurn, tellOfCase, tickCases } from '../moderation/index.ts';
import {
  accountMails,
  addressMails,
  askToTell,
  deliverDuePushes,
  deliverPush,
  FavourTurn,
  type Mailer,
  type PushSender,
  sendAccountMail,
  sendConfirmation,
  sendDigests,
  sendEmailChange,
  sendReset,
  tellOfFavour,
  tellRelatives,
} from '../notifications/index.ts';
import { calmPosts, expirePosts, makeSeriesPosts } from '../posts/index.ts';
import { tendDemo, tickRounds } from '../rounds/index.ts';
import { standIn } from '../series/index.ts';
import { tickWatch } from '../watch/index.ts';
import { pollWeather } from '../weather/index.ts';
import type { JobHandlers } from './boss.ts';
import { sweep } from './sweep.ts';

const ForPost = z.object({ postId: z.uuid() });
const ForNotification = z.object({ notificationId: z.uuid() });
const ForAccount = z.object({ accountId: z.uuid() });
const ForCopy = z.object({ copyId: z.uuid() });
const ForMail = ForAccount.extend({ about: z.enum(accountMails) });
const ForSide = ForAccount.extend({ about: z.enum(addressMails) });

/** A job's own call: nobody acts, at the instant it runs. */
const contextOf = (deps: Deps): Context<null> => ({
  ...deps,
  actor: null,
  now: deps.clock(),
  ip: '',
  locale: 'fr',
  tx: null,
});

/** What each queue's jobs do. Every one may run twice, and does its work once. */
export const jobHandlers = (deps: Deps, mailer: Mailer, push: PushSender): JobHandlers => {
  const mailing = { ...deps, mailer };
  const pushing = { ...deps, push };
  return {
    'mail.confirm': ({ id, data }) => sendConfirmation(mailing, { ...ForAccount.parse(data), jobId: id }),
    'mail.reset': ({ id, data }) => sendReset(mailing, { ...ForAccount.parse(data), jobId: id }),
    'mail.account': ({ id, data }) => sendAccountMail(mailing, { ...ForMail.parse(data), jobId: id }),
    'mail.address': ({ data }) => sendEmailChange(mailing, ForSide.parse(data)),
    'mail.copy': ({ data }) => askToTell(mailing, ForCopy.parse(data)),
    'accounts.leave': ({ data }) => endOngoing(contextOf(deps), ForAccount.parse(data)),
    'accounts.erase': async () => {
      if ((await eraseDue(contextOf(deps))) > 0) await sweepPhotos(deps.db, deps.env.dataDir, deps.clock());
    },
    'posts.expire': async () => {
      await expirePosts(contextOf(deps));
    },
    'posts.calm': async () => {
      await calmPosts(contextOf(deps));
    },
    'series.make': async () => {
      await makeSeriesPosts(contextOf(deps), standIn);
    },
    'favours.remind': async () => {
      await remindFavours(contextOf(deps));
    },
    'match.post': async ({ data }) => {
      const ctx = contextOf(deps);
      if (await matchPost(ctx, ForPost.parse(data))) await tellPost(ctx, ForPost.parse(data).postId);
    },
    'match.end': ({ data }) => endMatching(contextOf(deps), ForPost.parse(data)),
    'match.unplanned': async () => {
      await matchUnplanned(contextOf(deps));
    },
    'rings.tell': async () => {
      await tellDue(contextOf(deps));
    },
    'favours.tell': async ({ data }) => {
      await tellOfFavour(contextOf(deps), FavourTurn.parse(data));
      await tellRelatives(mailing, FavourTurn.parse(data));
    },
    'trust.grow': async () => {
      await growTrust(contextOf(deps));
    },
    'push.send': ({ data }) => deliverPush(pushing, ForNotification.parse(data).notificationId),
    'mail.digests': async () => {
      await sendDigests(mailing);
    },
    'push.due': () => deliverDuePushes(pushing),
    'talks.tell': async ({ data }) => {
      await tellOfTalk(contextOf(deps), TalkTurn.parse(data));
    },
    'meetings.remind': async () => {
      await remindOfMeetings(contextOf(deps));
    },
    'doors.purge': async () => {
      await purgeDoors(deps.db, deps.clock());
    },
    'case.tell': ({ data }) => tellOfCase(contextOf(deps), CaseTurn.parse(data)),
    'cases.tick': async () => {
      await tickCases(contextOf(deps));
    },
    'watch.tick': async () => {
      await tickWatch(contextOf(deps));
    },
    'weather.poll': () => pollWeather(contextOf(deps)),
    'rounds.tick': async () => {
      await tickRounds(contextOf(deps));
      if (deps.env.hasDemo) await tendDemo(contextOf(deps));
    },
    'insights.build': async () => {
      const built = await buildReleases(contextOf(deps));
      await refreshBoards(contextOf(deps));
      await refreshCampaigns(contextOf(deps));
      if (built > 0) deps.log.info({ built }, 'releases');
    },
    'retention.sweep': async () => {
      const removed = await sweep({ db: deps.db, dataDir: deps.env.dataDir, now: deps.clock(), pruneOutbox });
      const photos = await sweepPhotos(deps.db, deps.env.dataDir, deps.clock());
      deps.log.info({ removed: { ...removed, photos } }, 'retention');
    },
  };
};
