/** Why an attempt may be repeated: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides */
type RetryReason = "4xx" | "5xx" | "ct" | "rt";

/** How Twilio calls one URL. */
export interface CallPolicy {
  /** What is requested and signed: without the fragment, which only Twilio reads. */
  readonly url: string;
  readonly connectMs: number;
  /** To the first byte of the answer, and from each packet to the next. */
  readonly readMs: number;
  /** For all attempts together. */
  readonly totalMs: number;
  /** Only then is its end told apart from that of any other wait. */
  readonly isTotalSet: boolean;
  readonly retries: number;
  /** "all" stands for every reason there is, also those without a name. */
  readonly retryOn: ReadonlySet<RetryReason | "all">;
}

/** Takes a configured URL apart: what stands behind # overrides Twilio's own limits, as far as it may. */
export function readPolicy(configured: string): CallPolicy {
  const [url = "", fragment = ""] = configured.split("#", 2);
  const overrides = new URLSearchParams(fragment);
  return {
    url,
    connectMs: within(overrides.get("ct"), { least: 100, most: 10_000, otherwise: 5_000 }),
    readMs: within(overrides.get("rt"), { least: 100, most: 15_000, otherwise: 15_000 }),
    totalMs: within(overrides.get("tt"), { least: 100, most: 15_000, otherwise: 15_000 }),
    isTotalSet: overrides.has("tt"),
    retries: within(overrides.get("rc"), { least: 0, most: 5, otherwise: 1 }),
    retryOn: new Set(overrides.get("rp")?.split(",").filter(isReason) ?? ["ct"]),
  };
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly otherwise: number;
}

function within(value: string | null, { least, most, otherwise }: Range): number {
  if (value === null || !/^\d+$/.test(value)) return otherwise;
  return Math.min(Math.max(Number(value), least), most);
}

const REASONS: readonly string[] = ["4xx", "5xx", "ct", "rt", "all"];

function isReason(text: string): text is RetryReason | "all" {
  return REASONS.includes(text);
}
