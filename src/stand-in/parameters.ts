/** What Twilio's published description says of one parameter. */
interface ParameterRule {
  readonly type: "string" | "integer" | "number" | "boolean" | "array";
  readonly enum?: readonly string[];
  readonly pattern?: string;
  /** Only what is checked: `phone-number` is not, the account's own rules are narrower. */
  readonly format?: "uri" | "date-time";
}

export type ParameterRules = Readonly<Record<string, ParameterRule>>;

const TEXT = { type: "string" } as const;
const BOOLEAN = { type: "boolean" } as const;
const DATE = { type: "string", format: "date-time" } as const;

// A test compares these tables with api-v2010-openapi.json wherever that lies at hand.

/** Of a request to send. */
export const CREATE_PARAMETERS: ParameterRules = {
  AddressRetention: { type: "string", enum: ["retain", "obfuscate"] },
  ApplicationSid: { type: "string", pattern: "^AP[0-9a-fA-F]{32}$" },
  Attempt: { type: "integer" },
  Body: TEXT,
  ContentRetention: { type: "string", enum: ["retain", "discard"] },
  ContentSid: { type: "string", pattern: "^HX[0-9a-fA-F]{32}$" },
  ContentVariables: TEXT,
  FallbackFrom: TEXT,
  ForceDelivery: BOOLEAN,
  From: TEXT,
  MaxPrice: { type: "number" },
  MediaUrl: { type: "array" },
  MessagingServiceSid: { type: "string", pattern: "^MG[0-9a-fA-F]{32}$" },
  PersistentAction: { type: "array" },
  ProvideFeedback: BOOLEAN,
  RiskCheck: { type: "string", enum: ["enable", "disable"] },
  ScheduleType: { type: "string", enum: ["fixed"] },
  SendAsMms: BOOLEAN,
  SendAt: DATE,
  ShortenUrls: BOOLEAN,
  SmartEncoded: BOOLEAN,
  StatusCallback: { type: "string", format: "uri" },
  To: TEXT,
  TrafficType: { type: "string", enum: ["free"] },
  ValidityPeriod: { type: "integer" },
};

/** Of a change to a message. */
export const UPDATE_PARAMETERS: ParameterRules = {
  Body: TEXT,
  Status: { type: "string", enum: ["canceled"] },
};

/** Of the list. */
export const LIST_PARAMETERS: ParameterRules = {
  To: TEXT,
  From: TEXT,
  DateSent: DATE,
  "DateSent<": DATE,
  "DateSent>": DATE,
  PageSize: { type: "integer" },
  Page: { type: "integer" },
  PageToken: TEXT,
};

/** What is wrong with the names or values, in a word for the developer; undefined where nothing is. */
export function findFault(rules: ParameterRules, given: URLSearchParams): string | undefined {
  for (const [name, value] of given) {
    const rule = rules[name];
    if (!rule) return `unknown parameter ${name}`;
    if (rule.type !== "array" && given.getAll(name).length > 1) return `${name} given twice`;
    if (value !== "" && !isValid(rule, value)) return `invalid value of ${name}`;
  }
  return undefined;
}

const SHAPES: Readonly<Record<string, RegExp>> = {
  integer: /^-?\d+$/,
  number: /^-?\d+(?:\.\d+)?$/,
  boolean: /^(?:true|false)$/i,
};

function isValid({ type, enum: words, pattern, format }: ParameterRule, value: string): boolean {
  if (words && !words.includes(value)) return false;
  if (pattern && !new RegExp(pattern).test(value)) return false;
  if (format === "date-time") return !Number.isNaN(Date.parse(value));
  return SHAPES[type]?.test(value) ?? true;
}
