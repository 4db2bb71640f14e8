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
