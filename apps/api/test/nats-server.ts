import { afterAll } from 'vitest';
import { openBroker as openAny } from './broker.ts';

/** A real nats-server for the length of a suite, begun and ended at will. A machine without one fails here, in words. */
export const openBroker = async () => {
  const broker = await openAny();
  afterAll(() => broker.stop('SIGKILL'));
  return broker;
};
