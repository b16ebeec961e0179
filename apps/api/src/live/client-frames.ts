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
  return (data: RawData, isBinary: boolean): void => {
    if (reader.state === 'gone') return;
    if (performance.now() - windowStart > minuteMs) {
      windowStart = performance.now();
      count = 0;
    }
    count += 1;
    if (hub.hasRateLimits && count > perMinuteMax) return reader.close(closing.refused, 'too many frames');
    const frame = isBinary ? null : parse(data);
    if (!frame) return reader.close(closing.refused, 'not a frame of ours');
    if (frame.type === 'resume') return hub.resume(reader, frame.after);
    if (frame.type === 'interest') {
      const { within, categories } = frame;
      reader.interest = within === null && categories === null ? null : { within, categories };
    }
    if (reader.state === 'waiting') reader.goLive();
    if (frame.type === 'ping' && reader.state === 'live') reader.write(plainFrame({ type: 'tick', head: hub.head() }));
  };
};
