import { isGsm, isPlainGsm, isPlainUcs } from "./gsm.ts";

export type Encoding = "GSM-7" | "UCS-2";

/** How a text goes over the air, and how many times it is paid for. */
export interface Segmented {
  readonly encoding: Encoding;
  readonly segments: number;
}

// Whatever the letters, this many are one segment: each costs at most a 70th of it.
const ALWAYS_ONE_SEGMENT = 70;

const GSM_SEGMENT = 160;
const GSM_SEGMENT_OF_MANY = 153;
const UCS_SEGMENT_OF_MANY = 67;

/**
 * The encoding and the segments of a text as Twilio counts them. Twilio's own calculator counts whatever is not
 * obvious (emoji, marks, what costs two): it takes milliseconds for a long text, and most texts are short or obvious.
 */
export function segment(text: string): Segmented {
  const encoding = isGsm(text) ? "GSM-7" : "UCS-2";
  if (text.length <= ALWAYS_ONE_SEGMENT) return { encoding, segments: 1 };
  if (isPlainGsm(text)) return { encoding, segments: countPlain(text.length) };
  if (encoding === "UCS-2" && isPlainUcs(text)) {
    return { encoding, segments: Math.ceil(text.length / UCS_SEGMENT_OF_MANY) };
  }
  return { encoding, segments: countByCalculator(text) };
}

function countPlain(length: number): number {
  return length <= GSM_SEGMENT ? 1 : Math.ceil(length / GSM_SEGMENT_OF_MANY);
}

// Loaded with the first text that needs it: a server that starts for one short text does without.
function countByCalculator(text: string): number {
  const {
    SegmentedMessage,
  }: typeof import("sms-segments-calculator") = require("sms-segments-calculator");
  return new SegmentedMessage(text).segmentsCount;
}
