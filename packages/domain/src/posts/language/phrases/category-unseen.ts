/** Phrases written after the last change to the lexicon and never used to tune it: own imagining, 2026-11. */
export const unseenPhrases = {
  errands: [
    'Je ne peux pas sortir, le médecin me l’interdit, il me faudrait du lait, du beurre et des bananes',
    'qqn passe par la boulangerie demain matin ?',
    'Prendre mes médicaments, l’ordonnance est déjà chez le pharmacien',
    'aller au drive a ma place mardi',
  ],
  'heat-check': [
    'Pendant la canicule je peux appeler deux ou trois personnes âgées chaque jour',
    'papa est seul avec ses 85 ans et cette chaleur, pourriez-vous sonner chez lui vers midi',
    'ya til des voisins fragiles a visiter pdt le grand froid',
    'Vérifier que ma tante a bien fermé ses volets et qu’elle boit',
  ],
  repair: [
    'Mon lavabo se vide très lentement',
    'fixer un miroir au mur je nai pas de perceuse et je sais pas men servir',
    'Je suis menuisier à la retraite, je répare volontiers chaises et tiroirs',
    'Le chauffe-eau ne marche plus',
  ],
  'heavy-lifting': [
    'Monter un frigo au quatrième, il y a un ascenseur mais il est étroit',
    'demenagement le 2, qui a un peu de force ?',
    'Déplacer mon canapé pour nettoyer derrière',
    'jai des cartons de livres a descendre a la cave',
  ],
  transport: [
    'Qui va à Genève le matin et pourrait m’emmener ?',
    'rdv chez le kiné je ne peux plus conduire',
    'Je vais à Lyon samedi en voiture, j’ai trois places',
    'Venir me chercher à l’aéroport mercredi à 22h',
  ],
  digital: [
    'Mon ordinateur ne démarre plus',
    'jarrive pas a installer lappli de la banque',
    'Imprimer mon billet de train',
    'Montrer à une débutante comment envoyer des mails',
  ],
  paperwork: [
    'Il faut que je fasse ma déclaration d’impôts et je n’y comprends goutte',
    'ecrire au proprietaire pour la caution',
    'Je peux vous aider avec la CAF, Ameli et la retraite',
    'Un courrier de l’assurance que je ne comprends pas',
  ],
  company: [
    'J’aimerais de la compagnie pour mes après-midi, je ne vois plus grand monde',
    'qui veut jouer aux dames avec mon grand pere',
    'Je propose d’aller lire le journal à une personne qui voit mal',
    'faire une petite balade avec une voisine le matin',
  ],
  childcare: [
    'Garder mon fils de 5 ans mercredi de 14h à 17h',
    'la creche est en greve demain qui peut prendre ma puce de 18 mois',
    'Je peux accompagner vos enfants à l’école avec les miens',
    'Une soirée par mois, quelqu’un pour coucher les enfants',
  ],
  schoolwork: [
    'Ma fille prépare le bac de français',
    'explication de maths 5e svp, les fractions',
    'Je donne volontiers un coup de main pour les devoirs après 17 h',
    'mon ado ne comprend rien en anglais',
  ],
  pets: [
    'Promener ma petite chienne deux fois par jour, je me suis foulé la cheville',
    'garder mes 2 chats a noel',
    'Je m’occupe volontiers d’un chien le week-end',
    'Le lapin des enfants cherche une famille pendant les vacances',
  ],
  garden: [
    'Ma pelouse est haute comme ça et ma tondeuse est morte',
    'qui peut arroser mes fleurs en juillet',
    'Tailler deux rosiers et un laurier',
    'Donne graines de courges et plants de fraisiers',
  ],
  lending: [
    'Je cherche une grande marmite à emprunter pour un anniversaire',
    'qqn a une scie sauteuse a preter ?',
    'J’ai une poussette double que je peux prêter',
    'Besoin d’une échelle une petite heure',
  ],
  cooking: [
    'Je sors d’opération et je ne peux pas cuisiner pendant dix jours',
    'il me reste de la soupe au potiron pour 4',
    'Un gâteau sans gluten pour ma fille, qui sait faire ?',
    'preparer un repas de noel a plusieurs',
  ],
  sewing: [
    'Réparer la manche de ma veste',
    'faire un ourlet a 2 pantalons',
    'Je tricote et je peux apprendre à qui veut',
    'Il me manque un bouton et je n’ai pas de fil',
  ],
  other: [
    'J’ai trouvé un téléphone dans l’ascenseur',
    'qui vient au vide grenier dimanche',
    'Monter une équipe de foot de quartier',
    'Donne canapé trois places, à venir chercher',
  ],
} as const;
