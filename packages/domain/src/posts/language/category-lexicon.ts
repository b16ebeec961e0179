import type { Category } from '../categories.ts';

/**
 * Words and pairs of words that speak for a category, by weight (1 hints, 6 nearly decides). Words are written plainly, unaccented; they are compared as
 * stems. A pair counts when its two words stand within four subject words of each other. Our own lexicon, made by imagining neighbours (2026-11);
 * the categories met in other tools' public taxonomies (Entourage, Mutual Aid by Ruby for Good) helped to check that no theme was forgotten.
 */
export const categoryLexicon: Readonly<
  Record<Category, { words: Readonly<Record<number, string>>; pairs: Readonly<Record<number, string>> }>
> = {
  errands: {
    words: {
      4: 'courses commissions emplettes pharmacie ordonnance supermarche superette boulangerie baguette epicerie intermarche leclerc carrefour auchan lidl monoprix doliprane primeur fromagerie poissonnerie picard biocoop aldi casino franprix parapharmacie superu spar netto',
      3: 'marche medicament pain colis paquet poste acheter drive relais provisions ravitaillement boucherie procuration sirop jambon yaourt conserve viande fruit provision lessive fromage timbre tabac journal rayon placard livraison',
      2: 'lait oeufs farine beurre sucre liste magasin rapporter caddie manque pack riz sel huile saut manquer',
      1: 'recuperer prendre ramener sortir eau',
    },
    pairs: {
      6: 'deposer/manger devant/porte',
      4: 'point/relais retirer/colis chercher/pain faire/marche liste/prete recuperer/paquet',
      2: 'pack/eau prendre/chose',
    },
  },
  'heat-check': {
    words: {
      6: 'canicule caniculaire',
      4: 'chaud chaleur hydrater deshydratation gele glacial verglas neige brumisateur frais degre',
      3: 'froid fragile temperature ventilateur alerte poele aine ainee surchauffe climatisation clim radiant',
      2: 'ancien isole sonner toquer verifier surveiller vague fraiche inquiet volet chauffe',
      1: 'age passer chauffage eau',
    },
    pairs: {
      6: 'passage/chaleur forte/chaleur tres/chaud voir/va grand/froid vague/froid vague/chaleur alerte/chaleur',
      4: 'boit/eau boit/assez prendre/nouvelles donner/nouvelles personne/fragile coup/fil passer/chauffage gele/chauffage verifier/chauffage voir/boit fait/chaud',
      2: 'personne/agee passer/voir voir/va isole/chaleur',
    },
  },
  repair: {
    words: {
      5: 'raboter reparer reparation bricolage bricoler bricoleur deboucher bouche fissure serrurier',
      4: 'vidange fuite chaudiere robinet plomberie plombier electricien electricite lavabo evier interrupteur serrure chasse ampoule etagere perceur visser joint radiateur baignoire charniere plaque vaisselle disjoncteur plomb ballon thermostat mitigeur',
      3: 'goutte casse depanner fixer poser percer monter remonter vis cheville clou peinture repeindre prise douche wc toilettes lampe luminaire bloque detecteur colmater carrelage travaux poignee ikea siphon gond resserrer remplacer grince fenetre moustiquaire parquet enduit tapisser interphone coller poncer scier griller',
      2: 'panne bruit volet roulant velo meuble kit notice plafond escabeau marteau tournevis trou mur tringle cadre store porte',
      1: 'changer connait armoire couler etage',
    },
    pairs: {
      6: 'porte/entree porte/ferme porte/grince lave/vaisselle porte/chambre porte/placard',
      4: 'monter/meuble monter/armoire volet/roulant meuble/kit changer/ampoule boite/lettre chasse/eau changer/prise accrocher/cadre monter/etagere connait/bruit',
      2: 'boucher/trou coup/peinture velo/chaine',
    },
  },
  'heavy-lifting': {
    words: {
      6: 'demenager demenagement emmenager',
      5: 'porter lourd costaud ascenseur demenagemt piano sangle hisser demontage',
      4: 'encombrant descendre carton matelas deplacer canape muscle gravats linge congelateur palette',
      3: 'bras camion frigo charger decharger soulever livrer monter gaz vider debarrasser dechetterie',
      2: 'cave meuble armoire etage escalier transporter dos sac pack bois machine hall bouteille',
      1: 'laver sortir buffet commode sommier',
    },
    pairs: {
      6: 'livreur/bas laisser/bas lit/livreur',
      4: 'monter/etage descendre/etage monter/canape machine/laver sortir/canape monter/pack monter/bois sac/course bouteille/gaz paire/bras monter/hall',
      2: 'monter/machine',
    },
  },
  transport: {
    words: {
      6: 'covoiturage covoiturer dialyse ambulance taxi conducteur conductrice autoroute',
      5: 'vehiculer trajet chauffeur aeroport voiturage paris tram metro grenoble chambery valserhone thoiry prevessin oyonnax nantua passager siege embarquement vol',
      4: 'conduire deposer gare voiture emmener amener permis volant geneve lyon annecy hopital route bus km voyage chimio arret peage thonon lausanne',
      3: 'rendez medical ophtalmo clinique conduis bourg bellegarde navette train accompagner essence kine radiologie cimetiere conduit garage hospitalisation',
      2: 'ramener descend depart part aller place consultation medecin docteur ferney divonne genis specialiste dentiste chercher transport',
      1: 'rendre foot',
    },
    pairs: {
      5: 'voiture/panne siege/libre rendez/medical emmener/rendez rendez/hopital conduire/rendez place/voiture aller/hopital faire/route partage/essence reste/place accompagner/voiture accompagner/medecin ramener/gare ramener/clinique ramener/hopital',
      3: 'amener/foot bus/greve conduire/medecin',
    },
  },
  digital: {
    words: {
      6: 'ordinateur informatique internet wifi smartphone imprimante whatsapp logiciel antivirus numerique routeur cloud pirate arnaque hameconnage',
      5: 'portable telephone tablette pc windows visio mail messagerie skype zoom android iphone imprimer scanner usb telechargement virus facebook bluetooth reseau copie colle ecouteur batterie sauvegarde fichier sms selfie video streaming netflix decodeur casque',
      4: 'connecter installer mobile box email application appli ecran connexion scan',
      3: 'tele chaine reglage adresse transferer numerise site fibre clavier souris clignote cliquer',
      2: 'photo cle lent bloque configurer parametrer debutant clique ligne television',
      1: 'creer utiliser marche',
    },
    pairs: {
      6: 'nouveau/telephone marche/telephone',
      5: 'mot/passe boite/mail adresse/mail cle/usb transferer/photos mise/jour mettre/jour document/telephone',
      2: 'ecran/bloque',
    },
  },
  paperwork: {
    words: {
      6: 'paperasse demarche administratif declaration impot caf mdph apa prefecture formulaire',
      5: 'dossier courrier remplir papier retraite facture amende recours bailleur resilier contrat securite logement rediger secretaire ameli urssaf pajemploi notaire succession allocations pension trimestre cerfa rsa tribunal avocat juridique huissier procedure surendettement chomage bourse naturalisation inscrire electorale obseque resiliation plainte reclamation immatriculation franceconnect',
      4: 'lettre ecrire revenus allocation attestation justificatif identite passeport ants edf assurance mutuelle syndic loyer traduire traduction officiel cv banque refus demandeur photocopie dette credit impaye',
      3: 'comprendre sejour social mairie relire demande cpam renouveler contester cantine',
      2: 'lire carte site ligne signer logement',
    },
    pairs: {
      5: 'lire/courrier carte/identite titre/sejour demande/logement ecrire/lettre lettre/bailleur remplir/dossier relire/dossier carte/grise carte/vitale',
      3: 'comprendre/facture',
    },
  },
  company: {
    words: {
      6: 'veuvage esseule bavardage',
      5: 'compagnie discuter papoter bavarder scrabble belote visite echecs solitude ennuyer souvenir raconter tasse tisane domino tarot monopoly rami bridge puzzle confidences amitie',
      4: 'cafe promenade balade isole marcher lecture jouer presence conversation causer tricoter regarder ecoute parle film chanson telephoner',
      3: 'seul boire cartes jeux ecouter deces ennui the rencontrer gouter parler randonnee adorer',
      2: 'plaisir temps malvoyant veuf veuve tranquille partager parc sortir copine cinema musee',
      1: 'personne compagn petanque venir',
    },
    pairs: {
      6: 'emmenager/personne connais/personne',
      5: 'tasse/cafe cafe/voisins marcher/ensemble regarder/film tenir/compagnie boire/cafe boire/the jouer/cartes jouer/belote personne/isolee sent/seule rendre/visite rencontrer/monde sort/seul passer/discuter faire/lecture',
      2: 'personne/agee ose/sortir',
    },
  },
  childcare: {
    words: {
      6: 'babysitting baby sitter sitting nounou creche bebe assmat pedibus babysitter halte garcon garcons periscolaire berceau biberon nourrice',
      5: 'enfant maternelle assistante gosse gamin nourrisson',
      4: 'ecole petit fille fils jumeaux parent maman mamie poupon jumelle couche sieste bercer toboggan',
      3: 'garder garde surveiller garderie poussin bambin papa mercredi rester coucher depose reunion',
      2: 'recuperer sortie chercher emmener gouter confiance',
      1: 'mois accompagner dort',
    },
    pairs: {
      5: 'garder/enfant garde/enfant garder/petit garder/petite sortie/ecole chercher/ecole recuperer/creche recuperer/ecole emmener/ecole accompagner/ecole fille/ecole fils/ecole assistante/maternelle garde/partagee garder/fils garder/fille surveiller/petit surveiller/bebe aller/chercher',
      2: 'apres/midi prendre/ans',
    },
  },
  schoolwork: {
    words: {
      6: 'devoirs maths math mathematiques physique chimie brevet bac college lycee terminale lecon exercice revision scolaire parcoursup collegien lyceen fraction theoreme equation algebre geometrie oral partiel concours latin svt multiplication division addition',
      5: 'reviser soutien philo anglais allemand espagnol memoire expose eleve controle orthographe syllabe dissertation grammaire conjugaison institutrice enseignante decroche moyenne bulletin redoubler cahier redaction poesie vocabulaire verbe fac universite',
      4: 'histoire francais cp ce cm seconde premiere etudiant reciter prof cours licence lecture dictee enseignant instituteur calcul notes rapport fiche compter ecriture',
      3: 'apprendre lire niveau classe galere expliquer ecole professeur geographie motivation table',
      2: 'fils fille relire etude soir lettre',
    },
    pairs: {
      5: 'apprendre/lire aide/devoirs cours/anglais cours/allemand cours/maths lettre/motivation prof/anglais reciter/lecon relire/memoire',
    },
  },
  pets: {
    words: {
      9: 'animal animaux',
      6: 'chat chien chatte chienne lapin hamster poisson poule perruche veterinaire toutou matou veto chaton chiot labrador croquette litiere furet tortue canari perroquet cochon minou tourterelle cobaye gerbille caniche berger bichon bouledogue minet felin canin muselier collier ronronne serpent poney cheval ruche abeille rongeur',
      4: 'laisse nourrir poil oiseau bete aquarium cage pension maitre aboyer miaule adopter puce tique',
      3: 'promener caresse gamelle balader',
      2: 'garder garde vacances absence nourriture manger',
      1: 'occuper sortir surveiller gris',
    },
    pairs: {
      5: 'cochon/inde',
      4: 'garder/chat promener/chien nourrir/chat donner/manger garder/chien sortir/chien occuper/animaux',
    },
  },
  garden: {
    words: {
      6: 'arroser jardin jardinage jardiner tondre pelouse gazon haie desherber potager bouture rempoter tailler debroussailler ratisser beche becher elaguer hortensia massif scarifier ressemer paillage tulipe bulbe lavande basilic persil menthe courgette radis aromatique orchidee cactus bonsai vigne framboise taupe',
      5: 'plante plant fleur graine semis rosier tomate feuille compost taille fruitier semer jardiniere arbuste arosser',
      4: 'tondeuse branche cerisier geranium ficus planter terreau arbre herbe greffer balcon balconniere herbes fleurir rateau secateur arrosage repiquer composteur souche buisson buis olivier pommier',
      2: 'pot pousse mort ramasser cour pluie vacances couper terre pomme',
    },
    pairs: {
      5: 'mauvaises/herbes',
      4: 'arroser/plante tailler/haie tondre/pelouse feuille/morte planter/pomme couper/branche plante/verte',
    },
  },
  lending: {
    words: {
      6: 'ponceuse treteaux barnum tonnelle',
      11: 'preter emprunter emprunt',
      5: 'outil diable raclette fondue nettoyeur pret karcher bache glaciere gaufrier multiprise percolateur decolleuse crepiere plancha videoprojecteur sono couverts bequilles deambulateur',
      4: 'echelle perceuse tondeuse rendre rends cric rallonge poussette parapluie appareil escabeau remorque pliant auto fauteuil betonniere disqueuse visseuse',
      3: 'rend chaise table roulant siege tente jeu disposition barbecue disponible interesse chargeur',
      2: 'livre objet materiel besoin lit cle valise',
    },
    pairs: {
      6: 'rallonge/electrique siege/voiture',
      5: 'mettre/disposition mets/disposition mise/disposition siege/auto lit/parapluie fauteuil/roulant appareil/raclette appareil/fondue rendre/soir rends/soir haute/pression',
      2: 'chercher/perceuse',
    },
  },
  cooking: {
    words: {
      6: 'cuisiner repas plat gateau tajine couscous quiche confiture lasagne tarte crepe recette patisserie ratatouille gratin pizza blanquette risotto gamelle fourneau marmite cocotte curry biscuit cookie brioche madeleine galette potage veloute dessert cuistot',
      5: 'soupe manger cuisine dejeuner diner buffet eplucher congeler mijoter',
      4: 'legume part four anniversaire maison preparer assiette surplus gouter ados menu barquette tupperware poulet pates',
      3: 'apporter partager chaud trop portion servir indien bon',
      2: 'maternite opere platre etudiant',
    },
    pairs: {
      6: 'repas/pret soupe/chaude',
      5: 'plat/pret repas/chaud faire/manger fais/manger preparer/repas apprendre/cuisiner cours/cuisine partager/dejeuner part/soupe gateau/anniversaire eplucher/legume',
      3: 'apporter/soupe apporter/part',
    },
  },
  sewing: {
    words: {
      6: 'coudre couture ourlet recoudre repriser retouche couturiere tricot crochet raccourcir rapiecer couds broderie doublure decoud decousu blouson bonnet echarpe ceinture tailleur mercerie pelote crochete broder canevas housse surjeteuse dentelle layette',
      5: 'bouton fermeture tissu aiguille rideau manteau pantalon jean rallonger manche pull robe jupe costume veste deguisement',
      4: 'fil accroc nappe laine doudoune chaussette coussin eclair chemise elastique dechire coude genou usee elargir retrecir',
      2: 'reprendre large tricoter machine',
    },
    pairs: { 5: 'fermeture/eclair machine/coudre recoudre/bouton faire/ourlet changer/fermeture raccourcir/pantalon' },
  },
  other: {
    words: {
      9: 'perdu',
      6: 'reveiller cafard nuisible pigeon trouve chorale apero petanque troc tennis lunettes musicien guitare menage repassage disparu trottinette voleur club petition brocante concert ecolo recyclage sondage',
      5: 'chante chanter fete organiser partenaire equipe local poubelle nettoyage vetement trousseau',
      4: 'bruit connait conseil association reunion partant foot yoga parking covid copropriete digicode stationnement voisinage mot',
      3: 'hall cle donne donner commune ensemble salle heure renseignement musique danse nettoyer debarras vide grenier stage',
      2: 'sait passe cour coin bon',
    },
    pairs: {
      6: 'cle/trouvee trouve/cle fete/voisins garder/cle faire/menage donne/vetement jouer/guitare connait/dentiste connait/bon chercher/partenaire bruit/nuit',
      4: 'salle/commune trouve/devant camion/encombrants passe/camion',
    },
  },
};
