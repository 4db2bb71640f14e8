import type { Account, Service } from "./account.ts";
import type { Refusal } from "./api-errors.ts";
import type { Draft } from "./delivery.ts";
import { isBlocked } from "./opt-out.ts";
import { CREATE_PARAMETERS, findFault } from "./parameters.ts";

const MAX_TEXT_LENGTH = 1600;
const MAX_MEDIA = 10;
const MAX_URL_LENGTH = 4000;
const MAX_VALIDITY_S = 36_000;

const E_164 = /^\+[1-9]\d{6,14}$/;
const SHORT_CODE = /^\d{3,8}$/;

/** A request to send as a message to be sent, or the first reason why it is none. */
export function readCreate(account: Account, form: URLSearchParams): Draft | Refusal {
  const fault = findFault(CREATE_PARAMETERS, form) ?? findMissing(form);
  if (fault !== undefined) return { code: 20001, detail: fault };
  const request = toRequest(account, form);
  const code = RULES.find(([, isBroken]) => isBroken(request, account))?.[0];
  return code === undefined ? toDraft(request) : { code };
}

/** Whether a reading is a refusal. */
export function isRefusal(reading: Draft | Refusal): reading is Refusal {
  return "code" in reading;
}

/** Better refused than taken for done. */
function findMissing(form: URLSearchParams): string | undefined {
  const name = ["ContentSid", "SendAt", "ScheduleType"].find((unknown) => form.has(unknown));
  return name && `${name} is not part of this stand-in`;
}

interface CreateRequest {
  readonly to: string;
  /** As asked for, or picked from the service. */
  readonly from: string;
  readonly isFromGiven: boolean;
  readonly serviceSid: string;
  readonly service: Service | undefined;
  readonly body: string;
  readonly media: readonly string[];
  readonly statusCallback: string;
  readonly validityPeriod: string;
}

function toRequest(account: Account, form: URLSearchParams): CreateRequest {
  const text = (name: string) => form.get(name) ?? "";
  const to = text("To");
  const serviceSid = text("MessagingServiceSid");
  const service = account.services.get(serviceSid);
  return {
    to,
    from: text("From") || pickSender(account, service, to),
    isFromGiven: text("From") !== "",
    serviceSid,
    service,
    body: text("Body"),
    media: form.getAll("MediaUrl"),
    statusCallback: text("StatusCallback"),
    validityPeriod: text("ValidityPeriod"),
  };
}

/** A service stays with the number that a person has texted with before. */
function pickSender(account: Account, service: Service | undefined, person: string): string {
  const numbers = service?.numbers ?? [];
  const known = account.messages
    .newestFirst()
    .find(
      ({ from, to }) =>
        (from === person && numbers.includes(to)) || (to === person && numbers.includes(from)),
    );
  return (known?.from === person ? known.to : known?.from) ?? numbers[0] ?? "";
}

type Rule = readonly [
  code: number,
  isBroken: (request: CreateRequest, account: Account) => boolean,
];

/** In the order in which they are looked at. */
const RULES: readonly Rule[] = [
  [21604, ({ to }) => to === ""],
  [21603, ({ isFromGiven, serviceSid }) => !isFromGiven && serviceSid === ""],
  [21705, ({ serviceSid, service }) => serviceSid !== "" && !service],
  [21703, ({ service }) => service?.numbers.length === 0],
  [21602, (request) => isEmpty(request) && !request.service],
  [21619, isEmpty],
  [21617, ({ body }) => body.length > MAX_TEXT_LENGTH],
  [21623, ({ media }) => media.length > MAX_MEDIA],
  [21620, ({ media }) => !media.every(isWebAddress)],
  [21609, ({ statusCallback }) => statusCallback !== "" && !isCallable(statusCallback)],
  [21624, ({ validityPeriod }) => validityPeriod !== "" && !isValidity(Number(validityPeriod))],
  [21212, ({ from }) => !isNumber(from)],
  [
    21606,
    ({ from, service }, { numbers }) => !(service?.numbers.includes(from) ?? numbers.has(from)),
  ],
  [21211, ({ to }) => !isNumber(to)],
  [
    21408,
    ({ to }, { permittedPrefixes }) => !permittedPrefixes.some((prefix) => to.startsWith(prefix)),
  ],
  // A service finds out later, and says it by the message's status.
  [21610, ({ from, to, service }, account) => !service && isBlocked(account, from, to)],
];

function isEmpty({ body, media }: CreateRequest): boolean {
  return body === "" && media.length === 0;
}

function isNumber(text: string): boolean {
  return E_164.test(text) || SHORT_CODE.test(text);
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

function isCallable(url: string): boolean {
  return url.length <= MAX_URL_LENGTH && isWebAddress(url) && !new URL(url).hostname.includes("_");
}

function isValidity(seconds: number): boolean {
  return seconds >= 1 && seconds <= MAX_VALIDITY_S;
}

function toDraft(request: CreateRequest): Draft {
  const { from, to, body, media, service, statusCallback } = request;
  return {
    by: "rest",
    from,
    to,
    body,
    media,
    serviceSid: service?.sid,
    statusCallback: statusCallback || service?.statusCallback,
  };
}
