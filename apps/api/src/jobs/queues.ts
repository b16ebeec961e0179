/**
 * Every queue of the deployment, with what its jobs carry (ids only) and how they are tried again. `heartbeatSeconds`: neighbours wait for these, so a job whose process was killed is
 * taken up again half a minute later at most, not once it has expired; its handler must bear being run beside one that froze and came back.
 */
export const queues = {
  'mail.confirm': { retryLimit: 6, retryDelay: 20, retryBackoff: true, expireInSeconds: 60, retentionSeconds: 86_400 },
  'mail.reset': { retryLimit: 3, retryDelay: 20, retryBackoff: true, expireInSeconds: 60, retentionSeconds: 1_800 },
  'mail.account': { retryLimit: 6, retryDelay: 20, retryBackoff: true, expireInSeconds: 60, retentionSeconds: 86_400 },
  'mail.address': { retryLimit: 6, retryDelay: 20, retryBackoff: true, expireInSeconds: 60, retentionSeconds: 86_400 },
  'mail.copy': { retryLimit: 6, retryDelay: 20, retryBackoff: true, expireInSeconds: 60, retentionSeconds: 86_400 },
  'accounts.leave': {
    retryLimit: 6,
    retryDelay: 20,
    retryBackoff: true,
    expireInSeconds: 300,
    retentionSeconds: 86_400,
    deleteAfterSeconds: 3_600,
  },
  'accounts.erase': { retryLimit: 2, retryDelay: 60, expireInSeconds: 900, retentionSeconds: 3_600 },
  'posts.expire': { retryLimit: 0, expireInSeconds: 300, retentionSeconds: 3_600, deleteAfterSeconds: 3_600 },
  'posts.calm': { retryLimit: 0, expireInSeconds: 300, retentionSeconds: 3_600, deleteAfterSeconds: 3_600 },
  'series.make': {
    retryLimit: 2,
    retryDelay: 60,
    expireInSeconds: 600,
    retentionSeconds: 86_400,
    deleteAfterSeconds: 86_400,
  },
  'favours.remind': { retryLimit: 0, expireInSeconds: 300, retentionSeconds: 3_600, deleteAfterSeconds: 3_600 },
  'match.post': {
    retryLimit: 3,
    retryDelay: 5,
    retryBackoff: true,
    expireInSeconds: 300,
    heartbeatSeconds: 10,
    retentionSeconds: 86_400,
    deleteAfterSeconds: 3_600,
  },
  'match.end': {
    retryLimit: 3,
    retryDelay: 5,
    retryBackoff: true,
    expireInSeconds: 300,
    heartbeatSeconds: 10,
    retentionSeconds: 86_400,
    deleteAfterSeconds: 3_600,
  },
  'match.unplanned': {
    retryLimit: 1,
    retryDelay: 60,
    expireInSeconds: 600,
    retentionSeconds: 86_400,
    deleteAfterSeconds: 3_600,
  },
  'rings.tell': { retryLimit: 0, expireInSeconds: 300, retentionSeconds: 3_600, deleteAfterSeconds: 3_600 },
  'favours.tell': {
    retryLimit: 5,
    retryDelay: 5,
    retryBackoff: true,
    expireInSeconds: 60,
    retentionSeconds: 86_400,
    deleteAfterSeconds: 3_600,
  },
  'trust.grow': {
    retryLimit: 2,
    retryDelay: 300,
    expireInSeconds: 600,
    retentionSeconds: 86_400,
    deleteAfterSeconds: 86_400,
  },
  'push.send': {
    retryLimit: 3,
    retryDelay: 20,
    retryBackoff: true,
    expireInSeconds: 120,
    retentionSeconds: 86_400,
    deleteAfterSeconds: 3_600,
  },
  'mail.digests': { retryLimit: 0, expireInSeconds: 3_600, retentionSeconds: 3_600, deleteAfterSeconds: 3_600 },
  'push.due': { retryLimit: 0, expireInSeconds: 300, retentionSeconds: 3_600, deleteAfterSeconds: 3_600 },
  'talks.tell': {
    retryLimit: 5,
    retryDelay: 5,
    retryBackoff: true,
    expireInSeconds: 60,
    retentionSeconds: 86_400,
    deleteAfterSeconds: 3_600,
  },
  'case.tell': {
    retryLimit: 5,
    retryDelay: 5,
    retryBackoff: true,
    expireInSeconds: 60,
    retentionSeconds: 86_400,
    deleteAfterSeconds: 3_600,
  },
  'meetings.remind': { retryLimit: 0, expireInSeconds: 120, retentionSeconds: 3_600, deleteAfterSeconds: 3_600 },
  'doors.purge': { retryLimit: 0, expireInSeconds: 120, retentionSeconds: 3_600, deleteAfterSeconds: 3_600 },
  'cases.tick': { retryLimit: 0, expireInSeconds: 300, retentionSeconds: 3_600, deleteAfterSeconds: 3_600 },
  'watch.tick': {
    retryLimit: 2,
    retryDelay: 60,
    expireInSeconds: 300,
    retentionSeconds: 3_600,
    deleteAfterSeconds: 3_600,
  },
  'weather.poll': { retryLimit: 0, expireInSeconds: 60, retentionSeconds: 3_600, deleteAfterSeconds: 3_600 },
  'rounds.tick': { retryLimit: 0, expireInSeconds: 300, retentionSeconds: 3_600, deleteAfterSeconds: 3_600 },
  'insights.build': { retryLimit: 1, retryDelay: 300, expireInSeconds: 1_800, retentionSeconds: 3_600 },
  'retention.sweep': { retryLimit: 3, retryDelay: 600, expireInSeconds: 900, retentionSeconds: 86_400 },
} as const;

export type QueueName = keyof typeof queues;
export const queueNames = Object.keys(queues) as QueueName[];

/** How many jobs of a queue one look takes, a second apart: matching a post costs most, and the API comes first. */
export const batchSizes: Readonly<Partial<Record<QueueName, number>>> = {
  'match.post': 10,
  'match.end': 50,
  'favours.tell': 50,
  'push.send': 50,
  'talks.tell': 50,
};

/** Queues whose jobs come by the clock alone, and for which nobody waits. */
const unhurried: ReadonlySet<QueueName> = new Set<QueueName>([
  'series.make',
  'favours.remind',
  'push.due',
  'mail.digests',
  'trust.grow',
  'meetings.remind',
  'doors.purge',
  'accounts.erase',
  'cases.tick',
  'insights.build',
  'retention.sweep',
]);

/** How often a queue is looked at, in seconds: about every second, or every five where nobody waits; each at a pace of its own, so that thirty looks do not fall into one instant and keep the API from whoever calls then. */
export const lookSeconds = (name: QueueName): number =>
  (unhurried.has(name) ? 5 : 1) * (0.95 + (0.1 * queueNames.indexOf(name)) / queueNames.length);

/** What runs by the clock, in UTC. */
export const schedules: Readonly<Partial<Record<QueueName, string>>> = {
  'posts.expire': '* * * * *',
  'posts.calm': '* * * * *',
  'series.make': '7 * * * *',
  'favours.remind': '*/5 * * * *',
  'rings.tell': '* * * * *',
  'push.due': '* * * * *',
  'mail.digests': '*/5 * * * *',
  'trust.grow': '37 * * * *',
  'meetings.remind': '* * * * *',
  'doors.purge': '*/10 * * * *',
  'accounts.erase': '41 * * * *',
  'cases.tick': '*/5 * * * *',
  'watch.tick': '*/15 * * * *',
  'weather.poll': '* * * * *',
  'rounds.tick': '* * * * *',
  'insights.build': '3 * * * *',
  'retention.sweep': '23 2 * * *',
};
