/**
 * Example announcements of Entourage, as ordinary posts that must pass: ReseauEntourage/entourage-ror, MIT, "Copyright 2018 Entourage", read in November 2026;
 * the source's own warnings to authors are left out.
 */
export const entouragePosts: readonly string[] = [
  "Rencontrez Tatiana !. Tatiana sur les Champs Elysées est pleine d'humour ! Elle a besoin de produits d'hygiène (et d'une valise de billets me dit elle en riant). Entourez-la!",
  "Appel aux bonnes volontés 😊👍🏻  pour la Collecte nationale des Restos du Coeur à Ternes 75017. Besoin de bénévoles pour la collecte nationale des Restos du Coeur dans notre équipe locale. Samedi de 17h à 21h ➜ 5 bénévoles  Dimanche de 10h à 13h ➜ 2 bénévoles  Ensemble aidons ceux qui en ont vraiment besoin ! Merci d'avance",
  "Gilles a besoin d'une paire de gants. Gilles passe la journée dehors la main tendue. Avec ce froid, il a les doigts tout engourdis. Qui aurait des gants à donner ?",
  "Nathalie aimerait l'aide d'un voisin pour laver et sécher ses vêtements.. J'ai rencontré Nathalie à la Soupe Populaire. Elle tient à sa propreté. Le top serait de pouvoir lui donner votre contact pour qu'elle puisse laver ses vêtements",
  "Y a-t-il un foyer d'hébergement qui accepte les animaux, pour Laurent et son chat ?. Laurent dort à la rue actuellement, avec son chat. Connaissez-vous une solution d'hébergement ?",
  "Recherche quelqu'un pour parler polonais avec Grégory. Grégory est polonais et discuter dans sa langue lui manque. Si quelqu'un peut lui parler dans sa langue, ce serait top !",
  'Sarah a besoin de faire garder son chien pendant un RDV administratif',
  "Qui peut me faire rencontrer une personne de la rue dans le quartier ?. Je ne suis jamais allé à la rencontre de personnes sans-abri. Qui peut me présenter à une personne qu'il connait bien ?",
  'Notre association vous invite à ses Portes ouvertes samedi 20 mars !. Venez tous, voisins avec ou sans abri, à nos Portes ouvertes le 20 mars de 12h à 18h.  - Rencontrez les membres de la communauté - Participez à nos ateliers  - Trouvez la forme de bénévolat qui vous convient',
  "Je donne : 1 sac de couchage chaud. J'ai 1 sac de couchage en bon état que je n'utilise pas.  Je suis disponible pour le donner dans mon quartier, les soirs de semaine après 18h",
  "Je mets à disposition ma machine à laver et vous invite à ma table !. Le temps d'une soirée, on est une colocation sympa vous permettant de vous mettre au chaud quelques heures. On serait heureux de partager un repas en ta compagnie",
  'Le saviez-vous ? De + en + de familles à la rue. En 2012, il y avait 30 000 enfants parmi les 141 500 SDF. (Source Insee)',
  'Je peux vous aider dans vos démarches administratives. Je suis ancien employé de mairie et je peux aider dans des démarches administratives',
  "Je souhaite devenir bénévole pour une association qui lutte contre l'exclusion.",
];
