import {
  CompleteFavour,
  DeclineFavour,
  ExcuseNoShow,
  type FavourAct,
  NoShow,
  Thank,
  WithdrawFavour,
} from '@palier/domain/favours';
import { m } from '@palier/messages';
import type { RequestEvent } from '@sveltejs/kit';
import { inWords } from '#lib/accounts/in-words.server.ts';
import { apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';

const bodies = {
  done: CompleteFavour,
  thank: Thank,
  withdraw: WithdrawFavour,
  decline: DeclineFavour,
  'no-show': NoShow,
  excuse: ExcuseNoShow,
} as const satisfies Record<FavourAct, unknown>;

const said = {
  done: m.favours_done_said,
  thank: m.favours_thank_said,
  withdraw: m.favours_withdraw_said,
  decline: m.favours_decline_said,
  'no-show': m.favours_no_show_said,
  excuse: m.favours_excuse_said,
} as const satisfies Record<FavourAct, unknown>;

const words = () => ({ fields: { reason: m.favours_reason_missing(), text: m.favours_thank_wrong() } });

/**
 * An action of the page: one gesture on the favour that the form names. A word of thanks that comes with « C’est fait » is
 * sent after it. Answers the sentence that says so, or the form's refusal.
 */
export const gesture =
  (act: FavourAct) =>
  async ({ request, fetch }: RequestEvent) => {
    const form = await readForm(request);
    const path = `/api/favours/${encodeURIComponent(form.text('favourId'))}`;
    const name = form.text('name');
    const minutes = Number(form.text('minutes'));
    const filled =
      act === 'thank'
        ? { text: form.text('text') }
        : act === 'excuse'
          ? { excuse: form.text('excuse') }
          : { reason: form.text('reason') };
    const input = bodies[act].safeParse(act === 'done' ? (minutes > 0 ? { minutes } : {}) : filled);
    if (!input.success) return inWords(refuseInput(form, input.error.issues), words());
    const api = apiFor(fetch);
    try {
      await api.post(`${path}/${act}`, input.data);
      const word = act === 'done' ? Thank.safeParse({ text: form.text('text') }) : null;
      if (word?.success) await api.post(`${path}/thank`, word.data);
      return {
        said: word?.success ? m.favours_thank_said() : said[act]({ name }),
        worried: form.text('reason') === 'nobody-home' ? name : null,
      };
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
  };
