const unit =
  'heure|h|jour|journee|seance|soiree|matinee|visite|passage|promenade|chemise|cours|lecon|nuit|fois|piece|trajet|enfant|personne';
const goods =
  'courses|achats|ingredients|materiel|pieces|fournitures|peinture|medicaments|pain|baguette|essence|peage|parking|ticket|tickets|billets|timbres|place|entree|consommations|cafe|croquettes|terreau|graines|plants|tissu|fil|pharmacie|legumes|fruits|produits|repas|vis|ampoule|commande|colis|pizza|livraison';
const bills =
  'impot*|amende*|facture*|loyer|cantine|taxe*|timbre*|charges|abonnement|stationnement|edf|eau|cotisation*|electricite|assurance*|mutuelle|internet|dossier*|forfait|frais|plombier|caisse|dettes|credit|pv';
const currency = 'euro|francs|sous';

/** What shows that a post offers or asks payment, by the sign it gives; the syntax is `compilePhrases`'. Our own list. */
export const paymentSigns = [
  [
    'rate',
    [
      `euro de|par|la|le|l|chaque|d ${unit}`,
      `euro de l ${unit}`,
      `euro / ${unit}`,
      `euro ${unit}`,
      'taux|tarif horaire',
    ],
  ],
  [
    'pay',
    [
      'je|on|j|nous|vous|te paie|paye|paies|paierai|payerai|paierais|payerais|paierait|payons',
      'veux|peux|peut|pouvons|voudrais|vais|va|allons|propose|souhaite vous|te|t payer',
      'bien|service|heures|mission|travail|job|boulot|boulots|heure paye*',
      'sera|serez|seras|serait|etes|es paye*',
      'fais|fait|faire|faisons payer',
      'payant*',
      'paiement|reglement cash|en|possible|par|accepte*|comptant|a|liquide|demande',
      'pas gratuit*',
      'contre paiement|payement|salaire',
      'me|m payer',
    ],
  ],
  [
    'wage',
    [
      'remuner*',
      'honoraire*',
      'salaire propose|negociable|motivant|selon',
      'salaire a discuter|negocier|debattre|definir|convenir',
      'dedommag*',
      'pourboire*',
      'auto entrepreneur*',
      'autoentrepreneur*',
      'devis gratuit*',
      'facture possible',
      'au|du black',
      'emploi|heures|travail|poste declare*',
      'moyennant*',
      'prestation declare*',
    ],
  ],
  ['voucher', ['cesu', 'cheque* emploi', 'cheque* ..1 service']],
  [
    'price',
    [
      'prix a|bas|attractif*|imbattable*|raisonnable*|competitif*|ami|amis|modique*|selon|sympa|negociable*|abordable*|correct*',
      'votre|mon|mes|vos|nos|notre|petit|petits|bon prix|tarif*',
      'quel|quels|quelle est|sont|serait votre|vos|ton|tes prix|tarif*',
      'sur|du le? prix|tarif',
      'a debattre|negocier',
      'tarif* #',
      'tarif* a|au|sur|selon|interessant*|raisonnable*|attractif*|negociable*|abordable*|imbattable*|degressif*',
      'combien ..2 prenez|demandez|facturez|prendriez|prends|demandes',
      'participation demandee|financiere|de',
      'je facture*',
    ],
  ],
  [
    'transfer',
    [
      'un|par|via|sur|en|envoie|envoi lydia|paylib|paypal|wero',
      'ou paylib|paypal|wero',
      'par|via virement',
      'virement ou|bienvenu|accepte*|possible',
      'en especes|liquide|cash',
      'especes ou|acceptees',
      'lydia|paylib|paypal|wero ou|accepte*|possible',
    ],
  ],
  [
    'money',
    [
      'petit|gros|joli|bon billet*',
      'contre ..3 billet|billets|somme|argent|euro|finance*|monnaie|sous|piece|pieces',
      'modeste|petite|jolie somme',
      'petite* piece* pour|en vous|toi|remercier|te|remerciement|merci',
      'recompens* ..4 argent|euro|financ*|billet',
      'argent de poche',
      'gagner ..3 argent|euro',
    ],
  ],
  [
    'amount',
    [
      `donne|donnerai|donnerais|offre|offrirai|file|propose|verse|laisse|laisserai ..2 # euro`,
      'donne|donnerai|offre|file|propose # e',
      `# ${currency} pour|a qui|celui|celle|toi|vous|votre|faire|aller|m|me|celles|ceux|un|une|la|le|l|deux`,
      'pour # euro',
      'contre # euro',
    ],
  ],
  [
    'sale',
    [
      'je|j|nous|famille|particulier vends|vend|vendons',
      'vends',
      'a vendre',
      'en vente',
      'je|nous loue|louons',
      'a louer',
    ],
  ],
] as const;

/** An amount alone, which counts only where nothing in the sentence explains it otherwise. */
export const bareAmounts = ['# euro', 'quelques|plusieurs euro'] as const;

/** What takes a sign back: a refusal of payment, goods paid back or paid for, a bill or a form to deal with, someone named Lydia. */
export const paymentPardons = [
  'pas|jamais|sans|ni|non|aucun*|plus ..2 paye|payee|payer|payes|paiement*|remuner*|argent|sous|payant*|contrepartie|pourboire*|dedommag*|cesu',
  'pas besoin de me|nous payer|remuner*',
  'rien ..2 payer|payes|regler',
  'gratuit* ..3 pas payant*',
  `paie|paye|paies|paierai|payerai|paierais|regle|reglerai|reglerais|payer|regler ..3 ${goods}`,
  'paie|paye|paierai|payerai|reglerai|regle ce|tout ce? que|qu',
  `payer|paie|paye|regler|paiement|reglement ..4 ${bills}`,
  'deja paye*',
  `donne|laisse|laisserai|donnerai ..2 # euro pour|de les|mes|le|la|l|des|du|acheter|prendre|payer ${goods}`,
  `# euro pour|de les|mes|le|la|l|des|du ${goods}`,
  `# euro pour acheter|prendre|payer|rembours*`,
  `pour # euro de|d ${goods}`,
  'declar* ..4 cesu|remuner*|salaire',
  'compte|site|dossier|formulaire|comprendre|remplir|papiers|inscri* ..3 cesu|remuner*|salaire',
  'fiche*|bulletin*|feuille* de paie|paye|salaire*',
  'tarif* social*|reduit|solidaire|sncf|cantine',
  'aide* ..2 a vendre|louer',
  'je loue un|mon|ce|chez appartement|studio|logement|maison',
  'appartement|studio|logement|maison|chambre|garage|billets|places ..2 a|en louer|vente',
  'parking|stationnement|autoroute|route|musee ..1 payant*',
  'prix|tarif* d|de|du|des',
  'petit|gros|bon billet* de train|bus|loterie',
  'dossier* ..2 paiement*',
  'lydia du|de|est|cherche|habite|au',
] as const;

/** What explains a bare amount in its sentence: something bought, owed, received, lost or compared. */
export const amountReasons = [
  'rembours*|monnaie|avance*|achat*|achet*|ticket*|facture*|amende*|impot*|taxe*|cheque*|caf|apa|allocation*|prime*|loyer|charges|budget|coute*|cout',
  'perdu*|perd|trouve*|caution|syndic|reclame*|edf|mutuelle|retraite|courses|timbre*|percu|croquettes|medicaments|pain|carte|rends|rend|redonne*|pension',
  'me demande*',
  'par mois',
  'fin* ..2 mois',
  'aide sociale',
  'assistante sociale',
] as const;
