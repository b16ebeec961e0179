const things =
  'colis|ordinateur|telephone|portable|tablette|imprimante|pluie|neige|nuit|branche|branches|tuile|tuiles|arbre|feuille|feuilles|panneau|volet|cadre|etagere|linge|cle|cles|pot|tapis|temperature|prix|porte|lampe|plafond|papier|voiture|machine|box|internet|reseau|chaudiere|frigo|telecommande|clavier|souris|ecran|tele|site|application|appli|message|messages|antenne|tringle|rideau|poignee|vis|anniversaire|fete|rendez|date|robinet|chaine|meuble|armoire|velo|dent|dents|fleur|fleurs|fruit|fruits|pomme|pommes';

/** What is said with the same words and is no emergency: objects that fall, love, illness, metaphors, lessons, appliances. */
export const calmReadings = [
  'tombe* ..1 malade*|amoureu*|enceinte*|fatigue|sommeil|accord|charme|hasard',
  'tombe* en panne|amour|ruine|rade|morceaux|desuetude|rupture',
  'ca tombe bien|mal|juste|pile',
  'tombe* sur votre|vous|toi',
  'tombe* sur ..1 annonce|message|poste|site|mot|application',
  `${things} est|sont|a|ont|etait|qui|s? tombe*`,
  `${things} qui est|sont|a tombe*`,
  `${things} tombe*`,
  `${things} ..2 repond|ouvre|reagit|bouge plus|pas`,
  `${things} est|sont|a|traine*|etait? par terre`,
  `${things} est|sont|traine* sur|au le? sol`,
  'repond pas|plus a mes|mon|ses|nos message*|mails|mail|appels|sms|annonce',
  'ouvre pas|plus depuis|et|a|la|sa clef|cle',
  'exercice|assurance|alarme|detecteur|securite|anti|consigne*|extincteur|porte incendi*',
  'au feu rouge|vert|orange|tricolore|de|doux|et',
  'pot au feu',
  'feu ..1 artifice|camp|joie|cheminee|rouge|vert|bois',
  'gestes|apprendre|formation|expose|conference|prevention ..5 malaise*|suicid*|violence*|etouffe*|noyade|incendi*|brulure*|avc|saign*',
  'cours|atelier|film|livre|exposition|benevole ..2 malaise*|suicid*|violence*|etouffe*|noyade|incendi*|brulure*|avc|saign*',
  'finir avec ce|ces|cette|les|le|mes|mon|l|ma|un|une tapis|cartons|carton|travaux|papiers|paperasse|rangement|puzzle|fuite|demarches|robinet|bruit|meuble|meubles|peinture|dossier|administration|haie',
  'plus vivre dans|ici|avec|en|a',
  'saign* ..4 radiateur*|chauffage',
  'chat|chatte|chien|chienne|lapin|hamster|tortue a|est|qui|s ..1 avale*|tombe*|saign*',
  'bat|battent|battre pour|contre',
  'bat ..1 aile|record|oeuf*|tapis|linge',
  'noie|noyer|noye|noyee|noient sous|dans ..2 papier*|paperasse|dossier*|travail|carton*|demarche*|verre|administr*|courrier*',
  'fumee* ..3 detecteur|pile*|bip*',
  'detecteur* ..2 fumee*',
  'detecteur* ..2 bip*',
  'odeur|sent ..1 fumee de|du cigarette*|barbecue|tabac|cigare',
  'mourir|mort|morte|crever|meurs de faim|rire|soif|chaud|honte|ennui',
  'depuis|apres|suite a? ma|mon|sa|son|une|un avc|infarctus|chute*|malaise*|crise',
  'avc|infarctus|malaise*|crise ..5 an|ans|annee|annees|mois|dernier*',
  'violence* dans le|un|les film*|jeu|jeux|livre*',
  'me harcel* de pub|publicite|mails|spam*|appels|demarchage',
  'viole ma|de|en gambe|musique|orchestre',
  'coup de chaleur plantes|tomates',
  'va|vais|peut|veut me tuer le|de bruit|dos|rire|fatigue',
] as const;

/** An accident told as past: a month, a year ago. */
export const longAgo = [
  'il y a ..1 # ans|mois|semaines|annees',
  'il y a ..1 un|une|quelques|plusieurs|longtemps ans|an|mois|semaine|semaines|annee|annees',
  'an|annee|mois|ete|hiver|automne|printemps|semaine dernier*|passe*|derniere',
  'en janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre',
] as const;
