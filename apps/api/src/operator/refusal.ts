/** What an operator asked that cannot be done, in a sentence for them; the command ends with status 1. */
export class OperatorRefusal extends Error {}

/** The value, or a refusal that says what is missing. */
export const orRefuse = <T>(value: T | null | undefined, sentence: string): T => {
  if (value === null || value === undefined) throw new OperatorRefusal(sentence);
  return value;
};
