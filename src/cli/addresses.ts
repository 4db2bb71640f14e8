import { UsageError } from "../errors.ts";

/** Hosts that a server listens on and that nobody can call. */
const EVERY_ADDRESS = new Set(["0.0.0.0", "::", "[::]"]);

/** Whether only this machine can reach the host. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

/** Where this machine reaches a server with these settings. */
export function localUrl({ HOST, PORT }: { readonly HOST: string; readonly PORT: number }): string {
  const host = EVERY_ADDRESS.has(HOST) ? "127.0.0.1" : HOST;
  const isBareV6 = host.includes(":") && !host.startsWith("[");
  return `http://${isBareV6 ? `[${host}]` : host}:${PORT}`;
}

/** The port a URL is called at. */
export function portOf({ port, protocol }: URL): number {
  if (port) return Number(port);
  return protocol === "https:" ? 443 : 80;
}

/** Reads `--url`; throws a UsageError for what is no web address. */
export function readUrl(text: string): URL {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new UsageError(`Cannot read --url: expected an http or https address, found "${text}"`, {
    hint: "For example: --url http://127.0.0.1:3000",
  });
}
