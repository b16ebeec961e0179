declare module 'mailparser' {
  type Addresses = { text: string };
  /** What we read of a parsed mail. */
  export const simpleParser: (
    mail: Uint8Array,
  ) => Promise<{ to?: Addresses | Addresses[]; subject?: string; text?: string }>;
}
