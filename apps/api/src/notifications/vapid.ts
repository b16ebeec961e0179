import { createECDH } from 'node:crypto';
import type { Env } from '../env.ts';
import type { Keys } from '../keys.ts';

/** The keys that push services know us by (RFC 8292), in base64url: those of the environment, else made of this deployment's own secret. */
export const vapidKeysOf = (
  { vapid }: Pick<Env, 'vapid'>,
  keys: Pick<Keys, 'vapid'>,
): { publicKey: string; privateKey: string } => {
  if (vapid.publicKey && vapid.privateKey) return { publicKey: vapid.publicKey, privateKey: vapid.privateKey };
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(keys.vapid);
  return { publicKey: pair.getPublicKey('base64url'), privateKey: keys.vapid.toString('base64url') };
};
