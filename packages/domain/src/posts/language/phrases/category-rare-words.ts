/** Phrases written to catch a first lexicon out by rarer words (it had 50 % right), then used to widen it: own imagining, 2026-11. */
export const rareWordPhrases = {
  errands: [
    'Plus rien dans le placard et 39 de fièvre, qui fait un saut chez le primeur ?',
    'je suis plâtrée, il me faudrait juste du jambon et des yaourts',
    'Je passe chez Picard tout à l’heure, envoyez-moi vos envies',
  ],
  'heat-check': [
    'Il fait une chaleur à crever, pensez à Mme Costa qui ne sort plus de chez elle',
    'Volontaire pour faire le tour des aînés de la tour tant que dure l’épisode de canicule',
    'Moins quinze cette nuit, mon oncle n’a qu’un petit poêle, qui peut s’assurer qu’il va bien',
  ],
  repair: [
    'L’évier est bouché depuis deux jours',
    'la poignée de ma fenêtre me reste dans la main',
    'Qui sait remplacer un joint de baignoire ?',
  ],
  'heavy-lifting': [
    'Mon piano droit doit changer de pièce, il faut être quatre',
    'qui maide a vider ma cave, il y a des choses lourdes',
    'Hisser un lave-linge jusqu’au deuxième, j’ai des sangles',
  ],
  transport: [
    'Ma dialyse est à 7 h et l’ambulance m’a lâché, un conducteur matinal ?',
    'voiture en panne, qqn va vers thoiry demain matin',
    'Je monte à Paris le 3, deux sièges libres',
  ],
  digital: [
    'Skype ne s’ouvre plus et je voudrais voir ma fille au Canada',
    'comment on fait un copié collé, j’ai 81 ans et envie d’apprendre le clavier',
    'Le routeur clignote rouge, plus de réseau',
  ],
  paperwork: [
    'Je dois contester un refus de pension et je ne sais pas comment tourner ma lettre',
    'prise de rdv en prefecture sur internet, tout est complet',
    'Faire ma carte grise, le site me rend fou',
  ],
  company: [
    'Mon papa parle peu depuis son veuvage, il adorerait quelqu’un pour regarder le Tour de France avec lui',
    'une tasse de café et des souvenirs à raconter, porte 3',
    'On marche ensemble autour du lac le mardi ?',
  ],
  childcare: [
    'Réunion imprévue ce soir, mes deux garçons peuvent-ils rester chez vous jusqu’à 20 h ?',
    'cherche mamie gateau pour mon nourrisson 2h le mardi',
    'Je dépose le mien à la maternelle à 8h20, je peux prendre le vôtre au passage',
  ],
  schoolwork: [
    'Fractions, théorème de Thalès : ma fille a décroché, qui aurait une heure ?',
    'oral du bac français dans 10 jours, besoin de m’entraîner',
    'Ancien instituteur, je fais lire les petits après la classe',
  ],
  pets: [
    'Ma tourterelle a besoin de graines pendant mon hospitalisation',
    'le chien du 6 aboie seul toute la journée, je peux le sortir si son maître veut',
    'Deux cochons d’Inde à loger une semaine',
  ],
  garden: [
    'Les mauvaises herbes envahissent les massifs',
    'qq1 pour scarifier et resemer la pelouse',
    'Mes hortensias vont mourir de soif en août',
  ],
  lending: [
    'Auriez-vous des tréteaux dont vous n’avez pas besoin dimanche ?',
    'jai besoin dune ponceuse juste une aprem',
    'Barnum 3x3 à votre disposition pour vos fêtes',
  ],
  cooking: [
    'Trop de courgettes : ratatouille offerte, venez avec votre boîte',
    'je sais plus quoi faire a manger a mes 3 ados, des idees et un coup de main au fourneau',
    'Ma belle-mère sort de l’hôpital, une gamelle chaude le midi lui ferait du bien',
  ],
  sewing: [
    'La doublure de mon manteau s’est décousue',
    'qui sait mettre une piece au coude d un blouson',
    'Je crochète des bonnets pour la maternité, venez apprendre',
  ],
  other: [
    'Quelqu’un a-t-il vu une trottinette bleue disparue du local ?',
    'on monte un club de lecture au printemps',
    'Le digicode de l’entrée change lundi, passez le mot',
  ],
} as const;
