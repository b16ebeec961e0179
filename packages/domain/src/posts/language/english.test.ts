import { describe, expect, it } from 'vitest';
import { detectEmergency, type EmergencyKind } from './detect-emergency.ts';
import { detectPayment } from './detect-payment.ts';

const alarming: [EmergencyKind, string][] = [
  ['fall', 'My mother has fallen and can’t get up'],
  ['fall', 'I fell down the stairs, I cannot move'],
  ['malaise', 'My husband is unconscious'],
  ['malaise', 'Dad has chest pains and feels dizzy'],
  ['malaise', 'She can’t breathe'],
  ['malaise', 'I think he is having a stroke'],
  ['malaise', 'neighbour doesn’t answer the door since yesterday'],
  ['malaise', 'my son won’t wake up'],
  ['poisoning', 'she swallowed bleach'],
  ['poisoning', 'I think it is an overdose'],
  ['fire', 'The flat upstairs is on fire'],
  ['fire', 'There is a fire in the cellar'],
  ['gas', 'It smells of gas in the stairwell'],
  ['gas', 'gas leak in the kitchen'],
  ['suicide', 'I want to die'],
  ['suicide', 'she says she will kill herself'],
  ['violence', 'My husband hits me'],
  ['violence', 'someone is breaking in'],
  ['violence', 'a man with a knife in the hall'],
  ['child-danger', 'The child next door is being beaten'],
  ['choking', 'my baby is choking'],
  ['drowning', 'a kid is drowning in the lake'],
  ['bleeding', 'he is bleeding a lot'],
  ['accident', 'please call an ambulance'],
  ['accident', 'hit by a car outside the building'],
];
const calm = [
  'Can someone help me hang a fire alarm?',
  'I need a hand to carry a gas bottle',
  'Looking for someone to walk my dog in the morning',
  'Could someone water my plants in August?',
  'The smoke detector needs a new battery',
  'Fallen leaves to sweep in the courtyard',
  'I would love to practise French over a coffee',
  'Help with my tax form please',
  'My daughter needs help with maths homework',
  'Lift to the station on Friday evening',
  'My bike chain came off, any tools to lend?',
  'Firewood to stack before winter',
];
const paid = [
  'I pay 15 euros an hour',
  'I will pay you well',
  '20€ per hour for cleaning',
  'My rates are reasonable',
  'Old sofa for sale',
  'cash in hand, two hours a week',
  'small fee for babysitting',
  'Paid work: gardening',
  'how much do you charge?',
  'price negotiable',
];
const free = [
  'I will pay you back for the groceries',
  'Help me pay my electricity bill online',
  'Free, just to help',
  'Could you collect my parcel? I’ll reimburse the postage',
  'Happy to help with shopping',
  'I can lend my drill',
];

describe('English', () => {
  it('misses no labelled emergency, and names its kind', () => {
    expect(alarming.filter(([kind, phrase]) => detectEmergency(phrase)?.kinds.includes(kind) !== true)).toEqual([]);
  });
  it('lets ordinary asks through', () => {
    expect(calm.filter((phrase) => detectEmergency(phrase) !== null)).toEqual([]);
  });
  it('tells payment from paying back', () => {
    expect(paid.filter((phrase) => !detectPayment(phrase).refused)).toEqual([]);
    expect(free.filter((phrase) => detectPayment(phrase).refused)).toEqual([]);
  });
});
