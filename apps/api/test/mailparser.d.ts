declare module 'mailparser' {
  /** The parts of a parsed message that the tests read. */
  export type ParsedMail = {
    subject?: string;
    text?: string;
    html?: string | false;
    date?: Date;
    messageId?: string;
    from?: { text: string };
    headerLines: { key: string; line: string }[];
  };
  export const simpleParser: (raw: string) => Promise<ParsedMail>;
}
