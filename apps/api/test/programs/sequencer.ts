// A process of its own that stamps until it is stopped: `node sequencer.ts <url>`; says `holder` when it is elected.
import { pino } from 'pino';
import { startSequencer } from '../../src/live/index.ts';

const [url = ''] = process.argv.slice(2);
const sequencer = await startSequencer({
  url,
  log: pino({ level: 'silent' }),
  publish: (events) => process.stdout.write(`stamped ${events.length}\n`),
});
const timer = setInterval(() => {
  if (!sequencer.isHolder()) return;
  process.stdout.write('holder\n');
  clearInterval(timer);
}, 5);
process.on('SIGTERM', () => void sequencer.stop().then(() => process.exit(0)));
