/** One event of a calendar file. Texts never hold an address, a door or a surname: whoever writes them sees to it. */
export type CalendarEvent = {
  uid: string;
  from: Date;
  to: Date;
  updatedAt: Date;
  summary: string;
  description?: string;
  url?: string;
  /** Where to meet, in the words of whoever proposed it. */
  place?: string;
  isCancelled?: boolean;
  /** Minutes before its beginning at which the reader's calendar rings; absent: it does not. */
  alarmMinutes?: number;
};

const lineMax = 75;

/** An instant as RFC 5545 writes it, in UTC, to the second. */
const stampOf = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');

const escaped = (text: string): string =>
  text
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/\p{Cc}/gu, '');

const octetsOf = (sign: string): number => {
  const point = sign.codePointAt(0) ?? 0;
  return point < 0x80 ? 1 : point < 0x8_00 ? 2 : point < 0x1_00_00 ? 3 : 4;
};

/** A line in pieces of at most 75 octets, no character cut in two (RFC 5545, 3.1). */
const folded = (line: string): string => {
  let text = '';
  let length = 0;
  for (const sign of line) {
    const octets = octetsOf(sign);
    if (length + octets > lineMax) {
      text += '\r\n ';
      length = 1;
    }
    text += sign;
    length += octets;
  }
  return text;
};

const alarmOf = ({ alarmMinutes, summary }: CalendarEvent): string[] =>
  alarmMinutes === undefined
    ? []
    : [
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        `DESCRIPTION:${escaped(summary)}`,
        `TRIGGER:-PT${Math.max(0, Math.round(alarmMinutes))}M`,
        'END:VALARM',
      ];

const linesOf = (event: CalendarEvent): string[] => [
  'BEGIN:VEVENT',
  `UID:${escaped(event.uid)}`,
  `DTSTAMP:${stampOf(event.updatedAt)}`,
  `LAST-MODIFIED:${stampOf(event.updatedAt)}`,
  `SEQUENCE:${Math.max(0, Math.floor(event.updatedAt.getTime() / 1000) % 2_147_483_648)}`,
  `DTSTART:${stampOf(event.from)}`,
  `DTEND:${stampOf(event.to)}`,
  `SUMMARY:${escaped(event.summary)}`,
  ...(event.description ? [`DESCRIPTION:${escaped(event.description)}`] : []),
  ...(event.place ? [`LOCATION:${escaped(event.place)}`] : []),
  ...(event.url ? [`URL:${event.url}`] : []),
  `STATUS:${event.isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
  ...(event.isCancelled ? ['TRANSP:TRANSPARENT'] : []),
  ...alarmOf(event),
  'END:VEVENT',
];

/** A calendar file (RFC 5545) of these events, instants in UTC: one meeting to keep, or a feed to subscribe to under `name`. */
export const calendarOf = (name: string, events: readonly CalendarEvent[]): string =>
  `${[
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Palier//Coups de main//FR',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...events.flatMap(linesOf),
    'END:VCALENDAR',
  ]
    .map(folded)
    .join('\r\n')}\r\n`;
