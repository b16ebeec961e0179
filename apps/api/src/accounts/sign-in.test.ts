import { expect, test } from 'vitest';
import { openHarness, password } from '../../test/harness.ts';
import { openHashing } from './hashing.ts';

test.each([
  [true, 3],
  [false, 0],
])(
  'of 55 who ask at once, two are served and fifty wait, bounded: %s; %s are told to come back',
  async (isBounded, turnedAway) => {
    const { verify } = openHashing(isBounded);
    const asked = await Promise.allSettled(Array.from({ length: 55 }, () => verify(undefined, 'a guess')));
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [String(one.reason.message)] : []));
    expect(refused).toEqual(Array.from({ length: turnedAway }, () => 'hashing.busy'));
  },
);

test('without limits, whoever signs in among many waits for their turn', async () => {
  const h = await openHarness({ RATE_LIMITS: 'off' });
  const { email } = await h.mintAccount();
  const signIn = () => h.call('POST', '/session', { body: { email, password } });
  const answers = await Promise.all(Array.from({ length: 70 }, signIn));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
});
