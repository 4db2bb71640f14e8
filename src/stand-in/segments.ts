const GSM_7 = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);

// Each of these takes the room of two.
const GSM_7_EXTENDED = new Set("^{}\\[]~|€\f");

const GSM_7_ROOM = { alone: 160, joined: 153 };
const UCS_2_ROOM = { alone: 70, joined: 67 };

/** Roughly how many segments a text is billed as: a character that falls across two is not moved. */
export function countSegments(text: string): number {
  const septets = countSeptets(text);
  const room = septets === undefined ? UCS_2_ROOM : GSM_7_ROOM;
  const units = septets ?? text.length;
  return units <= room.alone ? 1 : Math.ceil(units / room.joined);
}

/** Undefined where one character has no place in GSM-7. */
function countSeptets(text: string): number | undefined {
  let septets = 0;
  for (const character of text) {
    if (GSM_7.has(character)) septets += 1;
    else if (GSM_7_EXTENDED.has(character)) septets += 2;
    else return undefined;
  }
  return septets;
}
