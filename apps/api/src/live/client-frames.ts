import { ClientFrame } from '@palier/domain/live';
import type { RawData } from 'ws';
import { plainFrame } from './frame-body.ts';
import type { Hub } from './hub.ts';
import { closing, type Reader } from './reader.ts';

const perMinuteMax = 100;
const minuteMs = 60_000;

const parse = (data: RawData): ClientFrame | null => {
  try {
    const parsed = ClientFrame.safeParse(JSON.parse(data.toString()));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

/** What hears the frames of one client. Whatever they send, it never throws: what is not one of our frames closes with 1008 (contract.md, Live). */
export const clientListener = (hub: Hub, reader: Reader) => {
  let windowStart = performance.now();
  let count = 0;
  const isTooMany = (): boolean => {
    if (performance.now() - windowStart > minuteMs) {
      windowStart = performance.now();
      count = 0;
    }
    count += 1;
    return hub.hasRateLimits && count > perMinuteMax;
  };
  return (data: RawData, isBinary: boolean): void => {
    if (reader.state === 'gone') return;
    const frame = isBinary ? null : parse(data);
    if (isTooMany()) reader.close(closing.refused, 'too many frames');
    else if (!frame) reader.close(closing.refused, 'not a frame of ours');
    else if (frame.type === 'resume') hub.resume(reader, frame.after);
    else {
      if (frame.type === 'interest') hub.narrow(reader, frame);
      if (reader.state === 'waiting') reader.goLive();
      if (frame.type === 'ping' && reader.state === 'live')
        reader.write(plainFrame({ type: 'tick', head: hub.head() }));
    }
  };
};
