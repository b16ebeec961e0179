/** Written before a second widening of the lexicon (it had 79.7 % right then), tuned on since: own imagining, 2026-11. */
export const secondPhrases = {
  errands: [
    'Si vous allez en grande surface cette semaine, pourriez-vous me prendre deux ou trois choses ? Je vous rembourse bien sûr',
    'jsuis covid positif qqn peut deposer a manger devant ma porte, du pain des pates',
    'Chercher mon traitement à la pharmacie du centre avant 19h',
    'Je fais mes courses le jeudi, dites-moi ce qu’il vous faut',
  ],
  'heat-check': [
    'Canicule annoncée jusqu’à dimanche, je me propose de passer chez les voisins âgés',
    'ma mere a 91 ans et il fait tres chaud sous les toits qqn peut aller voir si ca va',
    'Avec le grand froid, je m’inquiète pour le monsieur du rez-de-chaussée',
    'Passage quotidien chez mon oncle pendant les fortes chaleurs, je suis à l’étranger',
  ],
  repair: [
    'Ma porte d’entrée ferme mal, il faudrait raboter',
    'le lave vaisselle ne vidange plus',
    'Qui aurait le coup de main pour poser une tringle à rideaux ?',
    'lampe du salon qui ne s’allume plus, je crois que c’est l’interrupteur',
  ],
  'heavy-lifting': [
    'J’ai acheté une commode et elle est trop lourde pour moi toute seule',
    'besoin de gros bras dimanche pour un demenagement studio',
    'Descendre trois sacs de gravats jusqu’à la benne',
    'Je reçois un lit demain, les livreurs le laissent en bas',
  ],
  transport: [
    'Quelqu’un pour m’emmener faire ma radio à la clinique lundi matin',
    'jai plus de voiture cette semaine je bosse a meyrin, un covoit possible ?',
    'J’accompagne volontiers en voiture ceux qui ont un rendez-vous chez le médecin',
    'aller retour gare de Bellegarde vendredi',
  ],
  digital: [
    'Je n’arrive pas à envoyer une photo par mail à ma sœur',
    'pb de connexion wifi depuis hier',
    'Expliquer à mon mari comment marche son nouveau téléphone',
    'Je dépanne ordinateurs et tablettes, patience garantie',
  ],
  paperwork: [
    'J’ai reçu une lettre des impôts et je panique',
    'remplir un dossier de retraite avec moi svp',
    'Quelqu’un pour m’aider à faire mon CV et une lettre',
    'demande de carte vitale pour ma mère, on tourne en rond',
  ],
  company: [
    'Une dame de mon escalier s’ennuie, elle aimerait de la visite l’après-midi',
    'qui pour un scrabble mercredi',
    'Je viens d’emménager et ne connais personne, un café ?',
    'Sortir marcher une demi-heure avec moi, le médecin me l’a conseillé',
  ],
  childcare: [
    'Je cherche quelqu’un pour garder ma fille de 6 ans pendant les vacances scolaires, deux matinées',
    'nounou malade qui peut prendre mon bb demain',
    'Conduire mon garçon à l’école le jeudi matin',
    'Disponible pour garder des enfants en soirée, j’ai 22 ans et le BAFA',
  ],
  schoolwork: [
    'Ma fille passe le brevet en juin et panique en géométrie',
    'aide devoir cm2 le soir 1h',
    'Je suis prof de SVT à la retraite, je peux aider vos ados',
    'Mon fils apprend l’espagnol et voudrait converser',
  ],
  pets: [
    'Qui pourrait passer donner à manger à mon chat ce week-end ?',
    'jai un rdv toute la journee qqn peut sortir rex le midi, cest un gros chien gentil',
    'Je garde volontiers vos petits animaux',
    'Mon vieux chien ne monte plus les escaliers, il faut le porter chez le vétérinaire',
  ],
  garden: [
    'Je pars trois semaines, quelqu’un pour arroser mon balcon ?',
    'couper l’herbe devant chez ma mère',
    'Besoin d’un avis sur mon rosier malade',
    'jai des plants de salades en trop',
  ],
  lending: [
    'Auriez-vous un escabeau à me prêter ce soir ?',
    'emprunter une remorque samedi',
    'Je prête volontiers mon appareil à raclette et ma machine à pain',
    'besoin dune rallonge electrique pour 2 jours',
  ],
  cooking: [
    'Je rentre de l’hôpital, quelques repas tout prêts m’aideraient',
    'g fait trop de gateaux pour lanniversaire venez en prendre',
    'Qui m’apprend à faire une bonne pâte à crêpes ?',
    'Cuisiner ensemble le dimanche pour la semaine',
  ],
  sewing: [
    'Mon pantalon est trop long, un petit ourlet à faire',
    'changer un zip de blouson',
    'J’ai une machine à coudre et du temps, je fais vos retouches',
    'le doudou de ma fille est déchiré, qui sait le recoudre',
  ],
  other: [
    'Perdu un doudou lapin gris entre l’école et la résidence',
    'Quelqu’un a une idée pour les pigeons sur les balcons ?',
    'on cherche des bénévoles pour la fête de la musique',
    'Réveillez-moi à 5 h mardi, j’ai peur de rater mon concours',
  ],
} as const;
