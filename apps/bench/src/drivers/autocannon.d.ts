declare module 'autocannon' {
  type Client = {
    setRequests(requests: { method: string; path: string; headers: Record<string, string>; body?: string }[]): void;
  };
  type Options = { url: string; connections: number; duration: number; setupClient: (client: Client) => void };
  type Result = {
    requests: { total: number };
    latency: { p50: number; p99: number };
    duration: number;
    non2xx: number;
    errors: number;
    '2xx': number;
  };
  export default function autocannon(options: Options): Promise<Result>;
}
