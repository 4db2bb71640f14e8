import type { ToldMessage } from "../app/messages.ts";
import { toColumns, toOneLine } from "./output.ts";

/** Messages as a table for people; below what failed stands why. */
export function toMessageTable(messages: readonly ToldMessage[]): string {
  const rows = [HEAD, ...messages.map(toRow)];
  const [head = "", ...lines] = toColumns(rows).split(/(?<=\n)/);
  return head + messages.map((message, index) => (lines[index] ?? "") + toNote(message)).join("");
}

/** A time as a table shows it. */
export function toTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}

const HEAD = ["TIME (UTC)", "", "PERSON", "STATE", "SEGMENTS", "COST", "TEXT"];

const TEXT_CHARACTERS = 50;
const STATE_CHARACTERS = 45;

type Sent = Extract<ToldMessage, { direction: "out" }>;
type Received = Extract<ToldMessage, { direction: "in" }>;

function toRow(message: ToldMessage): readonly string[] {
  const { at, direction, person } = message;
  const [state, ...sizes] =
    direction === "in"
      ? [stateOfReceived(message), "", ""]
      : [stateOfSent(message), String(message.segments), toPrice(message.cost)];
  return [
    toTime(at),
    direction,
    toOneLine(person),
    toOneLine(state, STATE_CHARACTERS),
    ...sizes,
    toOneLine(toWords(message), TEXT_CHARACTERS),
  ];
}

function stateOfReceived({ outcome, reason }: Received): string {
  return outcome === "silence" ? `silence: ${reason}` : OUTCOMES[outcome];
}

const OUTCOMES = {
  open: "open",
  reply: "answered",
  fallback: "fallback",
} as const satisfies Partial<Record<Received["outcome"], string>>;

function stateOfSent({ state, status, attempts }: Sent): string {
  if (state === "sent") return STATUSES[status];
  return state === "owed" && attempts > 0 ? "waiting to be sent again" : STATES[state];
}

const STATES = {
  answered: "given in the webhook's answer",
  owed: "waiting to be sent",
  sending: "being sent",
  uncertain: "looked for at Twilio",
  kept: "kept for the next text",
  held: "held until they ask for more",
  failed: "not delivered",
  dropped: "not sent",
} as const satisfies Record<Exclude<Sent["state"], "sent">, string>;

const STATUSES = {
  unknown: "with Twilio",
  accepted: "with Twilio",
  scheduled: "with Twilio",
  queued: "with Twilio",
  sending: "with Twilio",
  sent: "with the carrier",
  canceled: "not delivered",
  failed: "not delivered",
  undelivered: "not delivered",
  delivered: "delivered",
  read: "read",
} as const satisfies Record<Sent["status"], string>;

// An estimate of nothing is none: what the channel charges nothing for, or from before there were estimates.
function toPrice(cost: number): string {
  return cost === 0 ? "" : `$${cost.toFixed(3)}`;
}

function toWords(message: ToldMessage): string {
  const files = message.direction === "in" ? message.media.length : 0;
  if (files > 0) return `[${files} ${files === 1 ? "file" : "files"}] ${message.text}`;
  return message.text || "[empty]";
}

function toNote({ error }: ToldMessage): string {
  return error === null ? "" : `    ${toOneLine(error)}\n`;
}
