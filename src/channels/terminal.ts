import type { Channel } from "./channel.ts";
import { fit } from "./twilio/texts.ts";

/** `botline chat`: what is typed is the message, what is printed are the texts a phone would get. */
export const terminal: Channel = { name: "terminal", fit };
