import { type Static, Type } from "@sinclair/typebox";
import type { InboundMessage, Keyword, Media } from "../../message.ts";

// Neither E.164 nor anything else is asked of an address but that it can stand on one line.
const AddressText = Type.String({ pattern: "^(?=.*\\S)[^\\x00-\\x1f\\x7f]{1,255}$" });

/** The parameters of a message webhook that we read; Twilio adds others without notice. */
export const InboundForm = Type.Object(
  {
    MessageSid: Type.String({ pattern: "^(SM|MM)[0-9a-fA-F]{32}$" }),
    AccountSid: Type.String({ pattern: "^AC[0-9a-fA-F]{32}$" }),
    From: AddressText,
    To: AddressText,
    Body: Type.Optional(Type.String()),
    // Only where a Messaging Service has Advanced Opt-Out.
    OptOutType: Type.Optional(Type.String()),
    NumMedia: Type.Optional(Type.String({ pattern: "^\\d{0,3}$" })),
  },
  { additionalProperties: Type.String() },
);

/** A webhook's verified form as a message of ours. */
export function toInboundMessage(
  form: Static<typeof InboundForm>,
  receivedAt: number,
): InboundMessage {
  return {
    id: form.MessageSid,
    channel: "sms",
    from: form.From,
    to: form.To,
    text: form.Body ?? "",
    handledAs: KEYWORDS.get(form.OptOutType ?? ""),
    media: toMedia(form),
    receivedAt,
  };
}

const KEYWORDS: ReadonlyMap<string, Keyword> = new Map([
  ["STOP", "stop"],
  ["START", "start"],
  ["HELP", "help"],
]);

function toMedia(form: Static<typeof InboundForm>): readonly Media[] {
  const parameters: Readonly<Record<string, string | undefined>> = form;
  return Array.from({ length: Number(form.NumMedia ?? 0) }, (_, index) => ({
    url: parameters[`MediaUrl${index}`] ?? "",
    contentType: parameters[`MediaContentType${index}`] ?? "",
  })).filter(({ url }) => url !== "");
}
