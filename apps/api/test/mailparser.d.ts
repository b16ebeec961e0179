declare module 'mailparser' {
  /** The parts of a parsed message that the tests read. */
  export const simpleParser: (raw: string) => Promise<{ subject?: string; text?: string; html?: string | false }>;
}
