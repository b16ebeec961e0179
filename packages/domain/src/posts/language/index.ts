export { detectEmergency, type EmergencyKind, type EmergencyNumber } from './detect-emergency.ts';
export { detectHarm, type Harm } from './detect-harm.ts';
export { detectPayment, type PaymentSign } from './detect-payment.ts';
export { type Contact, findContacts } from './find-contacts.ts';
export { fold } from './fold.ts';
export { type CategoryProposal, proposeCategory } from './propose-category.ts';
export { stems } from './stems.ts';
