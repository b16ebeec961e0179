import { SetColour, WeatherHazard, type WeatherView } from '@palier/domain/weather';
import { m } from '@palier/messages';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import { departmentDrawings } from '#lib/weather/department-shapes.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const { body: weather, seq } = await forPage(url, apiFor(fetch).read<WeatherView>('/api/weather'));
  const isWatched = (hazard: WeatherHazard) => weather.departments.some((each) => each[hazard].state !== 'unwatched');
  const asked = WeatherHazard.safeParse(url.searchParams.get('danger'));
  const hazard = asked.success ? asked.data : isWatched('cold') && !isWatched('heat') ? 'cold' : 'heat';
  return {
    weather,
    seq,
    hazard,
    isWatched: isWatched(hazard),
    drawings: departmentDrawings(),
    said: url.searchParams.has('reglee') ? m.weather_set_saved() : null,
  };
};

export const actions: Actions = {
  set: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = SetColour.safeParse({
      department: form.text('department'),
      hazard: form.text('hazard'),
      colour: form.text('colour') === 'source' ? null : form.text('colour'),
    });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post(`/api/territories/${encodeURIComponent(form.text('territoryId'))}/weather`, input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `/meteo?danger=${input.data.hazard}&reglee=1`);
  },
};
