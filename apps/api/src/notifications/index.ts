export { hashMailToken } from './mail-tokens.ts';
export { type Mailer, openMailer } from './mailer.ts';
export { sendConfirmation } from './send-confirmation.ts';
export { sendReset } from './send-reset.ts';
