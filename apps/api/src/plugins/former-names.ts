import { withFormerNames } from '@palier/messages/former';
import fp from 'fastify-plugin';
import { localeOf } from './locale.ts';

/** Names whoever left, in every text that is answered, in the reader's language: whatever was kept for a retry or made ready for many is named at this moment as well. */
export const formerNames = fp(async (app) => {
  app.addHook('onSend', async (request, _reply, payload) =>
    typeof payload === 'string' ? withFormerNames(payload, localeOf(request)) : payload,
  );
});
