/** Phrases written before the lexicon and never used to tune it: our own imagining of neighbours, 2026-11, no source copied. */
export const heldOutPhrases = {
  errands: [
    'Je suis clouée au lit avec une bronchite, est ce que quelqu’un pourrait passer a la pharmacie avec mon ordonnance',
    'Je descends à la boulangerie tous les matins vers 8h, je peux vous ramener votre baguette',
    'kelkun va a leclerc samedi ? jaurai besoin de 2 packs d eau',
    'Retirer un colis au point relais à ma place, je travaille toute la journée',
  ],
  'heat-check': [
    'Avec ces températures qui grimpent, je m’inquiète pour Mme Roux au 4e, quelqu’un peut voir si elle boit bien ?',
    'alerte orange canicule je peux toquer chez les personnes agees de lescalier 2 fois par jour',
    'Il gèle à pierre fendre, qui irait vérifier que M. Blanc a bien du chauffage',
    'prendre des nouvelles des anciens de l’immeuble pendant les grosses chaleurs',
  ],
  repair: [
    'Le robinet de ma cuisine goutte jour et nuit, qui s’y connaît un peu ?',
    'Monter une armoire ikea, la notice est du chinois pour moi',
    'ma chasse deau coule sans arret help',
    'Je suis électricien à la retraite, je peux vous changer une prise ou un interrupteur',
  ],
  'heavy-lifting': [
    'Deux paires de bras pour descendre un canapé du troisième sans ascenseur samedi matin',
    'jdemenage le 28 besoin de monde pour les cartons',
    'Je ne peux plus monter mes packs d’eau à l’étage, mon dos me fait souffrir',
    'On a livré ma machine à laver dans le hall et je suis incapable de la monter',
  ],
  transport: [
    'Bonjour, j’ai rendez-vous à l’hôpital d’Annecy mardi à 10 h et je ne conduis plus, quelqu’un pourrait-il m’emmener ?',
    'je vais a geneve ts les jours depart 7h il me reste 2 places',
    'Qui pourrait me déposer à la gare dimanche soir ?',
    'Je cherche quelqu’un qui descend à Lyon vendredi, je partage l’essence',
  ],
  digital: [
    'Mon imprimante ne veut plus imprimer depuis que j’ai changé de box',
    'g oublié le mot de passe de ma boite mail',
    'Apprendre à ma mère à faire des visios sur sa tablette avec ses petits-enfants',
    'Je m’y connais en informatique, je peux nettoyer un PC lent ou enlever un virus',
  ],
  paperwork: [
    'Je ne comprends rien au courrier de la CAF que j’ai reçu',
    'besoin aide pr remplir déclaration impot',
    'Écrire une lettre au bailleur, je ne maîtrise pas bien le français',
    'Ancienne secrétaire de mairie, je relis vos dossiers de retraite ou de MDPH',
  ],
  company: [
    'Depuis que mon mari est parti je me sens bien seule, j’aimerais quelqu’un avec qui boire le thé de temps en temps',
    'Qui veut jouer à la belote le jeudi après midi ?',
    'je peux passer discuter une heure avec une personne isolée',
    'Une promenade tranquille à deux autour du parc, je n’ose plus sortir sans personne',
  ],
  childcare: [
    'Notre nounou est malade demain, qui pourrait prendre Léo 3 ans de 8h à 12h ?',
    'aller chercher ma fille a la sortie de l ecole le mardi je finis trop tard',
    'Étudiante, je peux surveiller vos petits le mercredi après-midi',
    'un baby sitter de confiance pour vendredi soir, les jumeaux dorment à 20h',
  ],
  schoolwork: [
    'Mon fils en 4e n’y arrive pas du tout en maths, il a un contrôle lundi',
    'Prof d’anglais retraitée, j’aide volontiers un collégien ou un lycéen',
    'koi de + dur que la physique en 1ere… qqn pr mexpliquer ?',
    'Faire réciter ses leçons à ma fille de CE2 car je rentre tard',
  ],
  pets: [
    'Qui pourrait nourrir Minou pendant nos vacances du 3 au 10 ?',
    'sortir mon labrador le midi quand je bosse',
    'J’adore les bêtes, je peux prendre votre lapin ou votre hamster quand vous partez',
    'Emmener ma chatte chez le véto, je n’ai pas de caisse de transport',
  ],
  garden: [
    'La haie a poussé d’un mètre, mes épaules ne suivent plus pour la tailler',
    'arroser mes plantes vertes du 1 au 15 aout',
    'J’ai trop de plants de tomates et de boutures de géranium à donner',
    'tondre la pelouse devant le batiment une fois',
  ],
  lending: [
    'Quelqu’un aurait une perceuse à me prêter pour le week-end ?',
    'jai une echelle de 4m dispo si ca interesse',
    'Je cherche à emprunter un lit parapluie pour la venue de mon petit-fils',
    'appareil a raclette pour 8 pers ce soir svp on vous le rend demain',
  ],
  cooking: [
    'Sortie de maternité, je n’ai plus une minute, un plat tout prêt me sauverait la vie',
    'Je fais toujours trop de soupe, je peux en apporter une part à qui veut',
    'qqn pour mapprendre a faire le couscous comme une vraie tunisienne',
    'Un repas chaud par jour pour mon voisin qui s’est cassé le poignet',
  ],
  sewing: [
    'Raccourcir un pantalon avant le mariage de samedi',
    'ma fermeture éclair de doudoune est morte qui sait changer ca',
    'Je couds depuis quarante ans, je peux faire vos ourlets',
    'Recoudre des boutons, je n’y vois plus assez pour enfiler l’aiguille',
  ],
  other: [
    'Trouvé un trousseau de clés devant le hall B',
    'Qui est partant pour organiser la fête des voisins fin mai ?',
    'Quelqu’un sait à quelle heure passe le camion des encombrants ?',
    'cherche partenaire pour le tennis le dimanche',
  ],
} as const;
