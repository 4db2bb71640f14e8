import type { Channel } from "./channel.ts";
import { segment } from "./twilio/segments.ts";
import { type Fitting, fit } from "./twilio/texts.ts";

/** `botline chat`: what is typed is the message, what is printed are the texts a phone would get. */
export function createTerminal(fitting: Fitting): Channel {
  return {
    name: "terminal",
    fit: (messages) => fit(messages, fitting),
    countSegments: (text) => segment(text).segments,
  };
}
