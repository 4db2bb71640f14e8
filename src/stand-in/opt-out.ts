import { type Account, type PhoneNumber, type Service, serviceOf, showOnPhone } from "./account.ts";

/** What a word does, in Twilio's own name for it. */
export type OptOutType = "STOP" | "START" | "HELP";

type Keywords = Readonly<Record<OptOutType, readonly string[]>>;

const STOP_WORDS = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"];

const LONG_CODE: Keywords = {
  STOP: STOP_WORDS,
  START: ["START", "UNSTOP", "YES"],
  HELP: ["HELP", "INFO"],
};

/** The network itself minds these, and does not know YES. */
const TOLL_FREE: Keywords = { STOP: ["STOP"], START: ["START", "UNSTOP"], HELP: ["HELP", "INFO"] };

/** Nobody answers for a short code but its owner. */
const SHORT_CODE: Keywords = { STOP: [], START: [], HELP: [] };

const KEYWORDS = { long: LONG_CODE, "toll-free": TOLL_FREE, short: SHORT_CODE } as const;

const ANSWERS: Readonly<Record<OptOutType, string>> = {
  STOP: "You will get no more texts from this number. Text START to get them again.",
  START: "You will get texts from this number again. Text STOP to end them.",
  HELP: "Text STOP to get no more texts. Message and data rates may apply.",
};

/** Twilio's own part in a text that is nothing but a keyword: the block list and the answer. */
export function heedOptOut(
  account: Account,
  { from, to, body }: { readonly from: string; readonly to: string; readonly body: string },
): OptOutType | undefined {
  const type = readKeyword(keywordsOf(account, to), body);
  if (!type) return undefined;
  const pair = blockKey(account, to, from);
  const wasBlocked = account.blocked.has(pair);
  if (type === "STOP") account.blocked.add(pair);
  if (type === "START") account.blocked.delete(pair);
  if (isAnswered(type, wasBlocked)) answer(account, { from: to, to: from, text: ANSWERS[type] });
  return type;
}

/** Whether the person took back the consent to be texted by this number, or by any of its service. */
export function isBlocked(account: Account, sender: string, person: string): boolean {
  return account.blocked.has(blockKey(account, sender, person));
}

function keywordsOf(account: Account, number: string): Keywords {
  if (serviceOf(account, number)?.hasAdvancedOptOut) return LONG_CODE;
  return KEYWORDS[kindOf(account.numbers.get(number))];
}

function kindOf(number: PhoneNumber | undefined): keyof typeof KEYWORDS {
  return number?.kind ?? "long";
}

/** "STOP please" is talk: the word must stand alone. */
function readKeyword(keywords: Keywords, body: string): OptOutType | undefined {
  const word = body.trim().toUpperCase();
  return (["STOP", "START", "HELP"] as const).find((type) => keywords[type].includes(word));
}

function blockKey(account: Account, sender: string, person: string): string {
  const service: Service | undefined = serviceOf(account, sender);
  return `${service?.sid ?? sender} ${person}`;
}

/** Only what changes something is confirmed, and who is blocked gets no help. */
function isAnswered(type: OptOutType, wasBlocked: boolean): boolean {
  return type === "START" ? wasBlocked : !wasBlocked;
}

function answer(
  account: Account,
  { from, to, text }: { readonly from: string; readonly to: string; readonly text: string },
): void {
  const sid = account.newSid("SM");
  showOnPhone(account, to, { sid, from, text, media: [], by: "twilio", at: account.now() });
}
