/**
 * Every refusal the API can answer, as one closed list.
 * The API's `http-status.ts` gives each a status and the message catalogue a sentence in each language: a new code does not compile without both.
 */
export const errorCodes = [
  // 400: malformed or invalid
  'request.invalid',
  'request.malformed',
  'cursor.invalid',
  // 401
  'session.required',
  'credentials.wrong',
  // 403: known but not allowed
  'origin.missing',
  'origin.foreign',
  'role.required',
  'trust.required',
  'password.wrong',
  'post.own',
  'account.paused',
  'case.own',
  'case.judged',
  'registration.closed',
  'vouch.own',
  'invitation.early',
  'acting.over',
  'acting.unable',
  'acting.self',
  'factor.missing',
  'factor.required',
  'factor.wrong',
  // 404: absent, or not yours to know
  'resource.absent',
  'invitation.absent',
  // 405, 413, 414, 415
  'method.unknown',
  'body.too-large',
  'uri.too-long',
  'media.unsupported',
  // 409: the state says no
  'post.full',
  'post.closed',
  'post.taken',
  'post.widest',
  'favour.exists',
  'favour.limit',
  'favour.closed',
  'favour.thanked',
  'favour.repeated',
  'series.ended',
  'series.promised',
  'series.standing',
  'email.taken',
  'email.confirmed',
  'email.same',
  'factor.set',
  'resident.blocked',
  'vouch.exists',
  'vouch.needless',
  'charter.stale',
  'residence.same',
  'residence.busy',
  'residence.exists',
  'role.exists',
  'watch.joined',
  'watch.named',
  'conversation.closed',
  'meeting.changed',
  'door.closed',
  'door.newcomer',
  'case.closed',
  'appeal.exists',
  'appeal.late',
  'campaign.exists',
  'campaign.over',
  'task.opened',
  'idempotency.in-flight',
  'check.taken',
  'check.answered',
  'check.limit',
  'check.night',
  'round.exists',
  // 422: valid but refused by a rule
  'post.payment',
  'post.emergency',
  'post.contact',
  'post.held',
  'post.window',
  'post.repeats',
  'series.date',
  'post.elsewhere',
  'post.consent',
  'meeting.past',
  'photo.unreadable',
  'photo.animated',
  'photo.huge',
  'decision.unfit',
  'stair.foreign',
  'stair.unknown',
  'password.common',
  'idempotency.mismatch',
  'review.day',
  'campaign.dates',
  'point.outside',
  'email.unknown',
  'watch.end',
  'watch.slip',
  'watch.unfit',
  'csv.unreadable',
  'idempotency.invalid',
  // 429
  'rate.limited',
  'rate.posts',
  'rate.vouches',
  'rate.invitations',
  'rate.moves',
  'rate.messages',
  'hashing.busy',
  // 500, 503
  'internal',
  'overloaded',
  'database.unavailable',
] as const;

export type AppErrorCode = (typeof errorCodes)[number];

/** What a rule of the domain answers: allowed, or refused with the code that says why. Rules never throw. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly code: AppErrorCode };

/** The one "yes". */
export const allowed: Verdict = { ok: true };

/** A refusal with its code. */
export const refused = (code: AppErrorCode): Verdict => ({ ok: false, code });
