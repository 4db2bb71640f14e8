import type { InboundMessage } from "../../src/message.ts";

let count = 0;

/** A text from Ada; every call makes another message unless an id is given. */
export function textFrom(changes: Partial<InboundMessage> = {}): InboundMessage {
  count += 1;
  return {
    id: `SM${count.toString(16).padStart(32, "0")}`,
    channel: "sms",
    from: "+15550001111",
    to: "+15550009999",
    text: "hello",
    media: [],
    receivedAt: 1_700_000_000_000 + count,
    ...changes,
  };
}
