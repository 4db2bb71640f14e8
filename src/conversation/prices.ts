import type { Address } from "../message.ts";

/**
 * Estimates of November 2026, not Twilio's list: what one segment sent there costs in USD, the carriers' fees
 * included, rather too dear than too cheap. They only have to hold a cap; the bill is Twilio's.
 */
export const PRICES: readonly (readonly [number, string])[] = [
  [0.005, "whatsapp: messenger:"],
  [0.015, "+1"],
  [0.06, "+31 +33 +34 +41 +44 +45 +46 +47 +48 +61 +65 +66 +82 +86 +351 +353 +354 +358 +370 +420"],
  [0.09, "+39 +40 +52 +54 +55 +56 +57 +81 +91 +385 +421 +852 +886 +1670 +1671 +1684 +1787 +1939"],
  [
    0.13,
    "+27 +30 +32 +36 +43 +49 +51 +60 +64 +84 +90 +352 +356 +357 +371 +372 +386 +502 +506 +507",
  ],
  [0.13, "+593 +595 +598 +971 +974 +1809 +1829 +1849"],
  [
    0.25,
    "+53 +58 +63 +76 +77 +212 +213 +216 +233 +234 +254 +255 +256 +359 +380 +381 +503 +504 +505",
  ],
  [0.25, "+591 +961 +962 +965 +966 +968 +972 +973 +1242 +1246 +1264 +1268 +1284 +1340 +1345 +1441"],
  [0.25, "+1473 +1649 +1658 +1664 +1721 +1758 +1767 +1784 +1868 +1869 +1876"],
  [0.7, "+7"],
];

// To a country that the table leaves out, one of the dearest: better a cap that holds early than a bill.
const PRICE_ELSEWHERE = 0.5;

const PRICE_OF_PREFIX: ReadonlyMap<string, number> = new Map(
  PRICES.flatMap(([price, prefixes]) =>
    prefixes.split(" ").map((prefix): [string, number] => [prefix, price]),
  ),
);

/** The longest first. */
const PREFIX_LENGTHS: readonly number[] = Array.from(
  new Set(Array.from(PRICE_OF_PREFIX.keys(), ({ length }) => length)),
).sort((one, other) => other - one);

/** What so many segments to this address cost, in USD: an estimate. Outside SMS a message is one segment. */
export function estimateCost(segments: number, to: Address): number {
  return segments * priceTo(to.replace(/^rcs:/i, ""));
}

/** By the longest prefix that is known: +1876 is Jamaica, whatever +1 costs. */
function priceTo(address: Address): number {
  const known = address.toLowerCase();
  for (const length of PREFIX_LENGTHS) {
    const price = PRICE_OF_PREFIX.get(known.slice(0, length));
    if (price !== undefined) return price;
  }
  return PRICE_ELSEWHERE;
}
