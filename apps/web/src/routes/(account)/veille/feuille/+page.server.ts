import type { WatchBoard } from '@palier/domain/watch';
import { m } from '@palier/messages';
import { fail, redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import { inHundreds } from '#lib/watch/in-hundreds.ts';
import type { Actions, PageServerLoad } from './$types';

const isOpen = (state: string): boolean => ['due', 'claimed', 'no-answer', 'escalated'].includes(state);

export const load: PageServerLoad = async ({ fetch, url }) => {
  const board = await forPage(url, apiFor(fetch).get<WatchBoard>('/api/watch/sheet'));
  return {
    checks: board.checks.filter(({ state }) => isOpen(state)),
    printedAt: new Date().toISOString(),
    isSent: url.searchParams.has('enregistree'),
    idempotencyKey: crypto.randomUUID(),
  };
};

/** When an hour of the commune's wall clock last was, today or, if it is still to come, yesterday: paper is typed in afterwards. */
const lastAt = (clock: string, now: Date, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  const ago = (minutes(parts.format(now)) - minutes(clock) + 1440) % 1440;
  return new Date(now.getTime() - ago * 60_000).toISOString();
};

export const actions: Actions = {
  default: async ({ request, fetch, url }) => {
    const form = await readForm(request);
    const now = new Date();
    const { checks } = await forPage(url, apiFor(fetch).get<WatchBoard>('/api/watch/sheet'));
    const zones = new Map(checks.map((check) => [check.checkId, check.timeZone]));
    const entries = form.list('checkId').flatMap((checkId) =>
      [1, 2, 3, 4].flatMap((n) => {
        const outcome = form.text(`outcome-${n}-${checkId}`);
        const clock = form.text(`hour-${n}-${checkId}`);
        return outcome
          ? [
              {
                checkId,
                outcome,
                at: /^\d\d:\d\d$/.test(clock)
                  ? lastAt(clock, now, zones.get(checkId) ?? 'Europe/Paris')
                  : now.toISOString(),
              },
            ]
          : [];
      }),
    );
    if (entries.length === 0) return fail(400, { message: m.rounds_enter_empty() });
    try {
      for (const [n, some] of inHundreds(entries).entries())
        await apiFor(fetch).post('/api/watch/entries', { entries: some }, `${form.idempotencyKey}${n || ''}`);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/veille/feuille?enregistree=1');
  },
};
