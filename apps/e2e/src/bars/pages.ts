/** A page of the product, who reads it, the status it answers (200 unless told); the main ones are where the stories happen. */
export type Place = { path: string; who: 'visitor' | 'resident' | 'officer'; isMain?: boolean; status?: number };

/** Every page, by its path; `:post` and `:own` stand for a neighbour's post and one's own, `:code` for a poster's code. */
export const places: readonly Place[] = [
  { path: '/', who: 'visitor', isMain: true },
  { path: '/connexion', who: 'visitor', isMain: true },
  { path: '/entrer', who: 'visitor' },
  { path: '/entrer?code=:code', who: 'visitor', isMain: true },
  { path: '/mot-de-passe/oublie', who: 'visitor' },
  { path: '/mot-de-passe/nouveau?token=x', who: 'visitor' },
  { path: '/confirmer?token=x', who: 'visitor' },
  { path: '/mentions-legales', who: 'visitor' },
  { path: '/confidentialite', who: 'visitor' },
  { path: '/conditions', who: 'visitor' },
  { path: '/accessibilite', who: 'visitor' },
  { path: '/no-such-page', who: 'visitor', status: 404 },
  { path: '/autour', who: 'resident', isMain: true },
  { path: '/autour?kind=offer&q=velo', who: 'resident' },
  { path: '/demander', who: 'resident', isMain: true },
  { path: '/annonces/:post', who: 'resident', isMain: true },
  { path: '/annonces/:own', who: 'resident' },
  { path: '/coups-de-main', who: 'resident', isMain: true },
  { path: '/coups-de-main?vue=en-attente', who: 'resident' },
  { path: '/demander?genre=offre', who: 'resident' },
  { path: '/messages', who: 'resident', isMain: true },
  { path: '/moi', who: 'resident', isMain: true },
  { path: '/moi/aider', who: 'resident' },
  { path: '/moi/affichage', who: 'resident' },
  { path: '/compte', who: 'officer' },
  { path: '/demander', who: 'officer', status: 403 },
];
