import { m } from '@palier/messages';

type Locale = 'fr' | 'en';

const minute = 60_000;
const hour = 60 * minute;
const tags = { fr: 'fr-FR', en: 'en-GB' } as const;

const formats = new Map<string, Intl.DateTimeFormat>();
const format = (locale: Locale, timeZone: string, options: Intl.DateTimeFormatOptions) => {
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(tags[locale], { ...options, timeZone });
  formats.set(key, made);
  return made;
};

const partsOf = (at: Date, timeZone: string) => {
  const parts = format('en', timeZone, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return {
    day: Date.UTC(value('year'), value('month') - 1, value('day')) / (24 * hour),
    year: value('year'),
    hour: value('hour'),
    minute: value('minute'),
  };
};

/** The hour as people say it in a time zone: « 20 h », « 9 h 30 », “8 pm”, “9.30 am”. */
export const peopleHour = (at: Date, locale: Locale, timeZone: string): string => {
  const { hour: hours, minute: minutes } = partsOf(at, timeZone);
  const padded = String(minutes).padStart(2, '0');
  if (locale === 'fr') return minutes === 0 ? `${hours}\u00A0h` : `${hours}\u00A0h\u00A0${padded}`;
  return `${hours % 12 === 0 ? 12 : hours % 12}${minutes === 0 ? '' : `.${padded}`}\u00A0${hours < 12 ? 'am' : 'pm'}`;
};

const dayParts = ['night', 'morning', 'afternoon', 'evening'] as const;
const partOfDay = (hours: number): (typeof dayParts)[number] =>
  hours < 5 ? 'night' : hours < 12 ? 'morning' : hours < 18 ? 'afternoon' : 'evening';

/**
 * A day and part of day as people say it, seen from `now`, in the commune's time zone: « ce soir », « demain matin »,
 * « mardi après-midi » within six days either way, else « le 3 mars » with the year when it is another one.
 */
const peopleMoment = (at: Date, now: Date, locale: Locale, timeZone: string): string => {
  const there = partsOf(at, timeZone);
  const here = partsOf(now, timeZone);
  const days = there.day - here.day;
  const part = partOfDay(there.hour);
  const say = { locale };
  if (days === 0)
    return {
      night: m.time_today_night,
      morning: m.time_today_morning,
      afternoon: m.time_today_afternoon,
      evening: m.time_today_evening,
    }[part]({}, say);
  if (days === 1)
    return {
      night: m.time_tomorrow_night,
      morning: m.time_tomorrow_morning,
      afternoon: m.time_tomorrow_afternoon,
      evening: m.time_tomorrow_evening,
    }[part]({}, say);
  if (days === -1)
    return {
      night: m.time_yesterday_night,
      morning: m.time_yesterday_morning,
      afternoon: m.time_yesterday_afternoon,
      evening: m.time_yesterday_evening,
    }[part]({}, say);
  const weekday = format(locale, timeZone, { weekday: 'long' }).format(at);
  if (days > 1 && days < 7)
    return {
      night: m.time_weekday_night,
      morning: m.time_weekday_morning,
      afternoon: m.time_weekday_afternoon,
      evening: m.time_weekday_evening,
    }[part]({ weekday }, say);
  if (days < -1 && days > -7) return m.time_weekday_last({ weekday }, say);
  const sameYear = there.year === here.year;
  return m.time_on(
    {
      date: format(locale, timeZone, { day: 'numeric', month: 'long', ...(!sameYear && { year: 'numeric' }) }).format(
        at,
      ),
    },
    say,
  );
};

/**
 * An instant as people say it, seen from `now`, in the commune's time zone (IANA name): « il y a 5 minutes » and
 * « dans 20 minutes » within the hour, « il y a 3 heures » within six hours back, else « demain matin », « le 3 mars ».
 */
export const peopleTime = (at: Date, now: Date, locale: Locale, timeZone: string): string => {
  const ahead = at.getTime() - now.getTime();
  const say = { locale };
  if (Math.abs(ahead) < minute) return m.time_now({}, say);
  if (ahead < 0 && ahead > -hour) return m.time_minutes_ago({ count: Math.floor(-ahead / minute) }, say);
  if (ahead > 0 && ahead < hour) return m.time_in_minutes({ count: Math.ceil(ahead / minute) }, say);
  if (ahead < 0 && ahead > -6 * hour) return m.time_hours_ago({ count: Math.floor(-ahead / hour) }, say);
  return peopleMoment(at, now, locale, timeZone);
};

/** « à le 3 mars » and « de le 3 mars » as French contracts them; English has nothing of the kind. */
const contracted = (text: string): string => text.replaceAll(/à le (?=\d)/g, 'au ').replaceAll(/de le (?=\d)/g, 'du ');

/**
 * A window as people say it: « ce soir avant 20 h » once it has begun and ends today, « demain entre 14 h et 18 h » within
 * one day, else « jusqu’à mardi soir », « jusqu’au 3 mars » or « de demain matin à samedi soir ».
 */
export const peopleWindow = (window: { from: Date; to: Date }, now: Date, locale: Locale, timeZone: string): string => {
  const { from, to } = window;
  const say = { locale };
  const moment = (at: Date) => peopleMoment(at, now, locale, timeZone);
  const isOneDay = partsOf(from, timeZone).day === partsOf(to, timeZone).day;
  const hasBegun = from.getTime() <= now.getTime();
  const endsToday = partsOf(to, timeZone).day === partsOf(now, timeZone).day;
  if (hasBegun && endsToday) return m.time_before({ moment: moment(to), hour: peopleHour(to, locale, timeZone) }, say);
  if (hasBegun) return contracted(m.time_until({ moment: moment(to) }, say));
  if (isOneDay)
    return m.time_between(
      { day: moment(from), from: peopleHour(from, locale, timeZone), to: peopleHour(to, locale, timeZone) },
      say,
    );
  return contracted(m.time_from_to({ from: moment(from), to: moment(to) }, say));
};

/** The exact date and hour, for a `title`: « mardi 3 mars 2026 à 18:30 » in the time zone given. */
export const exactTime = (at: Date, locale: Locale, timeZone: string): string =>
  format(locale, timeZone, { dateStyle: 'full', timeStyle: 'short' }).format(at);
