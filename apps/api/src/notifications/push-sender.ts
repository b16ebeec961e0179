import http from 'node:http';
import https from 'node:https';
import type { PushPayload } from '@palier/domain/notifications';
import webpush from 'web-push';
import type { Env } from '../env.ts';
import type { Keys } from '../keys.ts';
import { lookupOutside } from './outside-address.ts';
import { vapidKeysOf } from './vapid.ts';

/** A device: the address its push service gave it, and the keys that only it can read with. */
export type Device = { id: string; endpoint: string; p256dh: string; auth: string };
export type PushOptions = { ttlSeconds: number; urgency: 'high' | 'normal' | 'low'; topic: string };

/** What became of a push: taken; `gone`, the device left; `later`, try again; `refused`, it never will be taken. */
export type Pushed = 'sent' | 'gone' | 'later' | 'refused';
export type PushSender = (device: Device, payload: PushPayload, options: PushOptions) => Promise<Pushed>;

const timeoutMs = 10_000;

const outcomeOf = (status: number): Pushed => {
  if (status >= 200 && status < 300) return 'sent';
  if (status === 404 || status === 410) return 'gone';
  return status === 429 || status >= 500 ? 'later' : 'refused'; // a redirection is a refusal: none is followed
};

type Request = { endpoint: string; headers: http.OutgoingHttpHeaders; body: Buffer };

/** Posts to an endpoint that was checked when it was kept; unless it is a test's own, only to an address of the internet. */
const post = ({ endpoint, headers, body }: Request, isOfTest: boolean): Promise<Pushed> =>
  new Promise((resolve) => {
    const url = new URL(endpoint);
    const transport = url.protocol === 'http:' ? http : https;
    const request = transport.request(
      url,
      { method: 'POST', headers, timeout: timeoutMs, ...(!isOfTest && { lookup: lookupOutside }) },
      (response) => {
        response.resume();
        resolve(outcomeOf(response.statusCode ?? 500));
      },
    );
    request.on('timeout', () => request.destroy(new Error('timeout')));
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EINSIDE' ? 'refused' : 'later'));
    request.end(body);
  });

/** Opens the way out for pushes: encrypted for the device alone (RFC 8291), signed by our own key (RFC 8292). This is the only file that knows web-push. */
export const openPushSender = (env: Pick<Env, 'vapid' | 'pushHosts'>, keys: Pick<Keys, 'vapid'>): PushSender => {
  const vapidDetails = { ...vapidKeysOf(env, keys), subject: env.vapid.subject };
  return async ({ endpoint, p256dh, auth }, payload, { ttlSeconds, urgency, topic }) => {
    const details = webpush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(payload), {
      TTL: ttlSeconds,
      urgency,
      topic,
      vapidDetails,
      contentEncoding: 'aes128gcm',
    });
    const isOfTest = env.pushHosts.includes(new URL(endpoint).host);
    return post({ endpoint, headers: details.headers, body: details.body as Buffer }, isOfTest);
  };
};
