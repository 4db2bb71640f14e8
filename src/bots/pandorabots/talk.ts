import { type Static, Type } from "@sinclair/typebox";
import { BotError } from "../../errors.ts";
import { type Answer, postForm } from "../request.ts";

/** Where the bot lives and how it is asked. */
export interface Host {
  readonly service: string;
  readonly base: string;
  /** What follows `/talk` and `/atalk`: nothing where a botkey names the bot. */
  readonly path: string;
  readonly botname: string;
  /** Keys and switches that go with every call. */
  readonly fields: Readonly<Record<string, string>>;
  readonly maxInput: number;
  readonly timeoutMs: number;
}

/** One call of the API. */
export interface Call {
  readonly verb: keyof typeof ANSWERS;
  readonly fields: Readonly<Record<string, string>>;
}

/** Asks the host; a refusal is a value, every other failure a BotError. */
export function ask(
  host: Host,
  { verb, fields }: Call,
  signal: AbortSignal,
): Promise<Answer<Heard>> {
  const request = {
    service: host.service,
    url: `${host.base}/${verb}${host.path}`,
    form: new URLSearchParams({ ...fields, ...host.fields }),
    timeoutMs: host.timeoutMs,
    schema: ANSWERS[verb],
  };
  return postForm(request, signal);
}

const ClientName = Type.String({ minLength: 1 });
const said = {
  status: Type.Literal("ok"),
  responses: Type.Array(Type.String()),
  sessionid: Type.Optional(Type.Union([Type.Number(), Type.String()])),
};
const Said = Type.Object({ ...said, client_name: Type.Optional(ClientName) });
const Named = Type.Object({ ...said, client_name: ClientName });
const Failed = Type.Object({ status: Type.Literal("error") });

/** What the bot said, and to whom. */
export type Said = Static<typeof Said>;
/** What the host may answer with. */
export type Heard = Said | Static<typeof Failed>;

const ANSWERS = { talk: Type.Union([Said, Failed]), atalk: Type.Union([Named, Failed]) };

/** The bot's words; throws a BotError with the cause when the host had none. */
export function accepted(answer: Answer<Heard>, { service }: Host): Said {
  if (answer.kind === "refusal") throw toRefused(answer.status, service);
  if (answer.value.status === "ok") return answer.value;
  throw new BotError(`Cannot ask ${service}: expected status "ok", found "error"`, {
    code: "not-ok",
    hint: "Talk to the bot in the Pandorabots dashboard: it should fail there too",
  });
}

interface Refusal {
  readonly code: string;
  readonly why: string;
  readonly hint: string;
}

const REFUSALS: Readonly<Record<number, Refusal>> = {
  400: {
    code: "bad-request",
    why: "it found the text too long or malformed",
    hint: "Check PANDORABOTS_URL: an older host takes 500 characters where the present one takes 2000",
  },
  401: {
    code: "wrong-key",
    why: "the key is wrong",
    hint:
      "Check PANDORABOTS_BOTKEY, or PANDORABOTS_USER_KEY and PANDORABOTS_APP_ID; keys work on their own host" +
      " (PANDORABOTS_URL) alone, and not while the account lists the referrers it allows",
  },
  412: {
    code: "not-compiled",
    why: "the bot is unknown there or was never compiled",
    hint:
      "Compile the bot, or check PANDORABOTS_BOTNAME and PANDORABOTS_APP_ID;" +
      " PANDORABOTS_RECENT=true answers while files are being changed",
  },
  429: {
    code: "limit-reached",
    why: "the limit of the account's plan is reached",
    hint: "Wait until the limit is lifted, or move to a larger plan",
  },
};

/** The host's own message is left out: it may quote the person's text or a key. */
function toRefused(status: number, service: string): BotError {
  const { code, why, hint } = REFUSALS[status] ?? toOtherRefusal(status);
  return new BotError(`Cannot ask ${service}: ${why} (status ${status})`, { code, hint });
}

function toOtherRefusal(status: number): Refusal {
  if (status === 404 || status >= 500)
    return {
      code: "out-of-order",
      why: "it is out of order, or has no API at this address",
      hint: "It often passes within a minute; if not, check PANDORABOTS_URL",
    };
  return { code: "refused", why: "it refused", hint: "Check PANDORABOTS_URL" };
}
