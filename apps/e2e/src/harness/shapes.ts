/** What the contract promises of a post that a list or a frame shows; only what the tests read. */
export type Post = {
  id: string;
  kind: string;
  title: string;
  state: string;
  helpersTaken: number;
  seriesId: string | null;
  author: { id: string; displayName: string };
  place: { nearness: string; cell: string; commune: string };
};

export type Favour = {
  id: string;
  postId: string;
  state: string;
  side: string;
  thanks: { text: string } | null;
  post: { title: string };
};

type Operation = { operationId: string; responses: Record<string, unknown> };

/** Every body that the tests read, laid over one another: a test reads the keys that its route answers. */
export type Body = {
  status: number;
  code: string;
  detail: string;
  errors: { path: string; message: string }[];
  numbers: string[];
  items: (Post & Favour)[];
  next: string | null;
  post: Post;
  favour: Favour;
  account: { id: string; email: string; emailConfirmed: boolean };
  residence: { id: string; name: string };
  resident: { stair: { id: string } | null; floor: number | null; residence: { id: string; name: string } };
  campaign: { id: string };
  stairs: { id: string }[];
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
};

/** Every frame of the server, laid over one another: `type` says which keys are there. */
export type Frame = {
  type: string;
  seq: number;
  after: number;
  head: number;
  post: Post;
  postId: string;
  favourId: string;
  state: string;
  reason: string;
};
