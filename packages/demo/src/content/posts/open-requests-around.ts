import type { PostDraft } from '../types.ts';

/** Requests from the other communes that still wait for someone. */
export const openRequestsAround: readonly PostDraft[] = [
  {
    kind: 'request',
    category: 'digital',
    author: 135,
    title: 'Une imprimante qui ne veut plus rien savoir',
    details:
      'Elle s’allume, elle clignote, elle soupire. J’ai changé l’encre. Il me faudrait quelqu’un de patient, avec elle et avec moi.',
    audience: 'residence',
    posted: { day: -2, hour: 16 },
  },
  {
    kind: 'request',
    category: 'repair',
    author: 111,
    title: 'A dripping kitchen tap to look at',
    details:
      'It drips all night and I have already bought the wrong washer twice. My French is fine for tea and biscuits, less so for plumbing.',
    audience: 'residence',
    posted: { day: -3, hour: 20 },
  },
  {
    kind: 'request',
    category: 'heavy-lifting',
    author: 128,
    title: 'Monter une machine à laver au deuxième',
    details:
      'Elle est arrivée en bas et n’ira pas plus loin sans nous. Deux personnes solides, un diable serait parfait.',
    audience: 'neighbourhood',
    helpersNeeded: 2,
    posted: { day: -1, hour: 14 },
    window: { from: { day: 2, hour: 18 }, to: { day: 2, hour: 21 } },
    favours: [{ resident: 119, state: 'withdrawn', afterMinutes: 50, endedAfterHours: 3, reason: 'no-time' }],
  },
  {
    kind: 'request',
    category: 'transport',
    author: 189,
    title: 'Covoiturage vers le CERN, départ vers 7 h 30',
    details: 'Je travaille à horaires fixes et ma voiture est au garage pour quelque temps. J’apporte les croissants.',
    audience: 'commune',
    posted: { day: -4, hour: 21 },
  },
  {
    kind: 'request',
    category: 'lending',
    author: 153,
    title: 'Looking for a pram for a visiting baby',
    details:
      'My sister is bringing her six-month-old to meet the mountains. Any pram with four working wheels would make us happy.',
    audience: 'neighbourhood',
    posted: { day: -2, hour: 13 },
  },
  {
    kind: 'request',
    category: 'errands',
    author: 200,
    title: 'Du lait deuxième âge avant ce soir',
    details:
      'La boîte est vide et le petit dort enfin. Si vous passez par le supermarché, n’importe quelle marque nous sauve la soirée.',
    audience: 'neighbourhood',
    urgent: true,
    posted: { minutesAgo: 20 },
  },
  {
    kind: 'request',
    category: 'company',
    author: 169,
    title: 'Un café et une heure de conversation',
    details:
      'Elle a été institutrice ici pendant trente ans et connaît toutes les familles du village. Elle aimerait raconter, et surtout écouter des nouvelles.',
    audience: 'residence',
    posted: { day: -5, hour: 15 },
    onBehalfOf: { name: 'Mme Dubois', consent: 'spoken' },
  },
  {
    kind: 'request',
    category: 'garden',
    author: 176,
    title: 'Ramasser les pommes avant les guêpes',
    details:
      'Deux vieux arbres très généreux. On remplit des cageots, chacun repart avec le sien, et le reste part au pressoir.',
    audience: 'commune',
    helpersNeeded: 4,
    posted: { day: -3, hour: 10 },
    hall: true,
    window: { from: { day: 6, hour: 9 }, to: { day: 6, hour: 17 } },
    favours: [
      { resident: 177, state: 'accepted', afterMinutes: 75 },
      { resident: 170, state: 'accepted', afterMinutes: 320, note: 'Je viens avec mon fils.' },
    ],
  },
  {
    kind: 'request',
    category: 'pets',
    author: 186,
    title: 'Nourrir trois poules et ramasser les œufs',
    details:
      'Elles rentrent toutes seules le soir, il suffit de fermer la porte derrière elles. Les œufs sont pour vous.',
    audience: 'residence',
    tellsAbsence: true,
    posted: { day: -2, hour: 18 },
  },
  {
    kind: 'request',
    category: 'other',
    author: 219,
    title: 'Nouveau dans l’immeuble : où vont les cartons ?',
    details:
      'J’ai trouvé les bacs jaunes, mais pas la place des grands cartons de déménagement. Et bonjour à toutes et à tous.',
    audience: 'residence',
    posted: { day: -1, hour: 20 },
  },
];
