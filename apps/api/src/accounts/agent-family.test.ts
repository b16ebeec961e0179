import { expect, test } from 'vitest';
import { agentFamily } from './agent-family.ts';

test('a browser is told by its family and its device, never by its version', () => {
  const phone =
    'Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';
  expect(agentFamily(phone)).toBe('Chrome · Android');
  expect(agentFamily(`${phone} SamsungBrowser/25.0`)).toBe('Samsung Internet · Android');
  expect(agentFamily('Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0')).toBe('Firefox · Windows');
  expect(
    agentFamily(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1',
    ),
  ).toBe('Safari · iPhone');
});

test('what is unknown or odd is nothing', () => {
  for (const odd of [undefined, '', 'curl/8.0', '\u0000'.repeat(100_000)]) expect(agentFamily(odd)).toBe('');
});
