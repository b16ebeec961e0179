import type { Row } from '../authorisation-row.ts';
import { anyone, signedIn, writing } from './statuses.ts';

const pushDevice = {
  endpoint: 'https://fcm.googleapis.com/fcm/send/cle-de-la-matrice',
  keys: {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  },
};

/** The rows of notifications, mail and push. */
export const notificationsRows: Readonly<Record<string, Row>> = {
  'notifications.list': { target: 'none', scene: null, statuses: signedIn(200), writes: false },
  'notifications.read': { ...writing, body: { all: true }, statuses: signedIn(200), keys: ['unread'] },
  'mail.open': { target: 'none', scene: null, query: '?l=inconnu', statuses: anyone(303), writes: false },
  'mail.askStop': { target: 'none', scene: null, query: '?l=inconnu', statuses: anyone(303), writes: false },
  'mail.stop': { target: 'none', scene: null, query: '?l=inconnu', statuses: anyone(404), writes: false },
  'copies.confirm': {
    target: 'none',
    scene: null,
    body: { link: 'inconnu'.repeat(4) },
    statuses: anyone(404),
    writes: false,
  },
  'push.read': { target: 'none', scene: null, statuses: signedIn(200), keys: ['devices', 'publicKey'], writes: false },
  'push.subscribe': { ...writing, body: pushDevice, statuses: signedIn(204) },
  'push.unsubscribe': { ...writing, body: { endpoint: pushDevice.endpoint }, statuses: signedIn(204) },
};
