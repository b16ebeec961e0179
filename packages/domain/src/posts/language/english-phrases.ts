/**
 * The same signs for neighbours who write in English; words no French sentence holds side by side. The syntax is `compilePhrases`'. Our own list,
 * shorter than the French one: one card too many rather than one missed.
 */
export const englishEmergencySigns = [
  [
    'fall',
    [
      'has|have|ve|s|just|had|i|she|he fallen',
      'fell down|off|over|from',
      'fell ..4 stairs|ladder|bed|bath|shower',
      't|cannot get up',
      'unable to get up',
      'on|lying the? floor ..4 t|not|cannot',
    ],
  ],
  [
    'malaise',
    [
      'unconscious*',
      'unresponsive',
      'passed out',
      'fainted',
      'colapsed',
      'heart atack',
      'a|having|had stroke',
      'having|has|had a? seizure*',
      'chest pain*',
      'pain ..3 chest',
      't|cannot|not|stoped|hardly|barely|trouble|dificulty breathe|breathing',
      't wake ..2 up',
      'won t wake',
      'not|isn t? responding',
      't answer ..3 door|phone',
      'alergic reaction',
      'heat stroke',
      'heatstroke',
      'in labour|labor',
      'waters broke',
      'asthma atack',
    ],
  ],
  [
    'poisoning',
    [
      'overdose*',
      'swallowed ..3 pills|bleach|tablets|medicine|detergent',
      'took ..3 too many',
      'poisoned',
      'carbon monoxide',
    ],
  ],
  [
    'fire',
    [
      'on fire',
      'house|flat|kitchen|building|caravan fire',
      'there s|is a? fire',
      'smell* ..2 burning',
      'smoke coming',
      'ful of smoke',
    ],
  ],
  ['gas', ['gas leak', 'leak* of? gas', 'smel* ..3 gas', 'gas smel*']],
  [
    'suicide',
    [
      'kill|hurt|harm myself|himself|herself|themselves',
      'want|wants|wanted to die',
      'end my|his|her life',
      'end it al',
      'suicid*',
      'no reason to live',
      'beter of dead',
    ],
  ],
  [
    'violence',
    [
      'hits|hit|hiting|beats|beating|strangl*|punch*|atacked|atacking|threaten* me|her|him|us',
      'is|being|been atacked|asaulted|raped|stabed|beaten',
      'with a knife|gun',
      'domestic violence',
      'scared|afraid of my husband|wife|partner|boyfriend|father',
      'someone ..3 breaking in',
      'screaming ..2 help',
      'cal the police',
    ],
  ],
  [
    'child-danger',
    [
      'child|baby|kid|boy|girl|toddler ..4 abused|beaten|locked|mising|disapeared',
      'child|baby|kid|toddler ..2 alone in',
    ],
  ],
  ['choking', ['choking', 'choked']],
  ['drowning', ['drowning', 'drowned', 'fell ..3 pool|lake|river']],
  ['bleeding', ['bleeding', 'losing ..2 blood', 'lots|lot of blood', 'cut ..4 deep*|badly']],
  ['burn', ['badly|severely|seriously burned|burnt', 'scalded', 'electrocuted']],
  [
    'accident',
    [
      'car|road|serious accident',
      'hit by a? car|bus|train',
      'broken|broke ..2 hip',
      'traped ..3 lift|elevator|car|inside|under',
      'cal an? ambulance',
      'need* an? ambulance',
      'emergency services',
    ],
  ],
] as const;

/** What tells, in English, that the alarming words are not: a film, a detector, a job title. */
export const englishCalmReadings = [
  'fire alarm|drill|place|wood|works|pit|extinguisher',
  'smoke detector*|alarm*',
  'gas botle*|cooker|boiler|canister|stove|meter|bil',
  'first aid',
  'fel in love',
  'fallen ..2 leaves|branch*|tree|fence|apples',
  'heart atack of',
  'on fire sale',
] as const;

/** Words of payment in English, by the sign they give. */
export const englishPaymentSigns = [
  ['rate', ['euro an|per|a hour|day|visit|session|time', 'hourly rate', 'euro # hour', '# an hour']],
  [
    'pay',
    [
      'wil|can|i|we|happy pay',
      'to pay ..3 for|well',
      'pay you|well|cash',
      'paid work|job|help|per|by',
      'get|be|being paid',
      'payment ..3 cash|transfer|paypal|negotiable|posible',
    ],
  ],
  ['wage', ['wage*', 'salary', 'for a fee', 'smal fee', 'my fee*', 'remunerat*', 'cash in hand', 'tip included']],
  [
    'price',
    [
      'price negotiable|to|list',
      'what|how ..3 charge',
      'i|we charge',
      'my rate*',
      'good|low|fair|best|reasonable price*|rates',
    ],
  ],
  ['sale', ['for sale', 'seling my|a|an|our', 'to rent out', 'for rent']],
  ['money', ['in exchange for money', 'earn ..2 money', 'pocket money', 'smal reward']],
] as const;

/** Paying back, and bills one asks help with, are not payment. */
export const englishPaymentPardons = [
  'pay you back',
  'pay ..1 back',
  'reimburse',
  'pay for the shoping|groceries|medicine|petrol|tickets|paint|materials|ingredients',
  'help ..3 pay ..3 bil*|tax*|fine*|rent',
  'no payment',
  'to pay ..2 bil*|tax*|fine*',
] as const;
