declare module 'mailparser' {
  type Addresses = { text: string };
  /** What we read of a parsed mail. */
  export type ParsedMail = {
    to?: Addresses | Addresses[];
    subject?: string;
    text?: string;
    html?: string | false;
    date?: Date;
    headerLines: { key: string; line: string }[];
  };
  export const simpleParser: (mail: Uint8Array) => Promise<ParsedMail>;
}
