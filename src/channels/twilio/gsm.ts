const PLAIN = "\\n\\r !\"#$%&'()*+,\\-./0-9:;<=>?@A-Z_a-z¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ";
const EXTENSION = "\\f\\[\\\\\\]^{|}~€";

const IS_PLAIN = new RegExp(`^[${PLAIN}]*$`);
const IS_GSM = new RegExp(`^[${PLAIN}${EXTENSION}]*$`);

/** Whether a text can be sent in the alphabet of GSM 03.38, of which more fit into a segment than of any other. */
export function isGsm(text: string): boolean {
  return IS_GSM.test(text);
}

/** Whether a text needs nothing of the alphabet's extension, whose characters take two places. */
export function isPlainGsm(text: string): boolean {
  return IS_PLAIN.test(text);
}

const LETTERS = "[\\n\\p{L}\\p{N}\\p{P}\\p{S}\\p{Zs}]";
// Letters by their class, but written on or around their neighbours.
const JOINING =
  "[\\u0d4e\\u0e33\\u0eb3\\u1100-\\u11ff\\u1cf2\\u1cf3\\ua960-\\ua97c\\ud7b0-\\ud7fb\\uff9e\\uff9f]";

const IS_PLAIN_UCS = new RegExp(`^[[${LETTERS}&&[\\0-\\uffff]]--${JOINING}]*$`, "v");

/** Whether a text in UCS-2 takes one place for each character, none of which joins with another. */
export function isPlainUcs(text: string): boolean {
  return IS_PLAIN_UCS.test(text);
}
