import type { Sender } from "../../src/channels/channel.ts";
import type { ListedText, Sending, TextToSend, Verdict } from "../../src/delivery.ts";
import { SendError } from "../../src/errors.ts";
import type { InboundMessage } from "../../src/message.ts";

/** How the next sending goes: refused, or taken and yet not told so. */
export type Mishap = Verdict | "lost" | "taken but not told";

interface FakeSender extends Sender {
  /** What it was asked to send, in order, also what it refused. */
  readonly asked: readonly TextToSend[];
  /** What it has taken; more may be put in. */
  readonly list: (ListedText & { readonly to: string })[];
  readonly received: InboundMessage[];
  readonly erased: string[];
  /** How the next sendings go; well, when nothing is left. */
  readonly mishaps: Mishap[];
  /** While set, whatever is asked for fails like this. */
  outage: Verdict | undefined;
}

const UNKNOWN: Verdict = { action: "unknown-outcome", words: "the connection broke" };

/** A provider's API in memory. */
export function fakeSender(now: () => number = Date.now): FakeSender {
  const list: FakeSender["list"] = [];
  const asked: TextToSend[] = [];
  const sender: FakeSender = {
    asked,
    list,
    received: [],
    erased: [],
    mishaps: [],
    outage: undefined,
    async send(text): Promise<Sending> {
      asked.push(text);
      if (sender.outage) return { kind: "refused", verdict: sender.outage };
      const mishap = sender.mishaps.shift();
      if (typeof mishap === "object") return { kind: "refused", verdict: mishap };
      if (mishap === "lost") return { kind: "refused", verdict: UNKNOWN };
      const sid = sidOf(list.length + 1);
      list.unshift({ sid, status: "queued", text: text.text, to: text.to, createdAt: now() });
      if (mishap === "taken but not told") return { kind: "refused", verdict: UNKNOWN };
      return { kind: "accepted", sid, status: "queued" };
    },
    async listSent({ to, since }) {
      failIf(sender.outage);
      return list.filter((text) => text.to === to && text.createdAt >= since);
    },
    async fetchReport(sid) {
      failIf(sender.outage);
      const found = list.find((text) => text.sid === sid);
      return found ?? { sid, status: "unknown" };
    },
    async *listReceived({ since, isOurs }) {
      failIf(sender.outage);
      yield sender.received
        .filter(({ receivedAt, to }) => receivedAt >= since && isOurs(to))
        .toReversed();
    },
    async erase(sid) {
      failIf(sender.outage);
      sender.erased.push(sid);
    },
  };
  return sender;
}

/** A provider's identifier. */
export function sidOf(count: number): string {
  return `SMf${count.toString(16).padStart(31, "0")}`;
}

function failIf(verdict: Verdict | undefined): void {
  if (verdict) throw new SendError("Cannot ask Twilio", { verdict });
}
