import type { Action } from "../../delivery.ts";

/** What Twilio's code for a failure means to us. */
export interface ErrorMeaning {
  /** For whoever runs the server. */
  readonly words: string;
  /** When it is told: in the answer to the request, in a status callback later, or in either. */
  readonly when: "at once" | "later" | "either";
  readonly action: Action;
  /** How often it is worth another try; as long as the message is not stale when left out. */
  readonly tries?: number;
}

/** The failures of a message by Twilio's code: https://www.twilio.com/docs/api/errors */
export const ERROR_MEANINGS: ReadonlyMap<number, ErrorMeaning> = new Map<number, ErrorMeaning>([
  // The account and its keys.
  [20003, atOnce("pause", "Twilio does not accept the account's credentials")],
  [20005, atOnce("pause", "The Twilio account is not active: is it out of funds or suspended?")],
  [20404, atOnce("pause", "Twilio does not know the account: compare TWILIO_ACCOUNT_SID")],
  [20429, atOnce("retry", "Twilio gets more requests at once than the account may send")],
  [30002, later("pause", "The Twilio account is suspended")],
  [21608, either("final", "A trial account texts only numbers that were verified at Twilio")],
  [30044, later("final", "A trial account may not send so long a text")],
  [572005, either("final", "The trial account's limit is reached")],
  [572006, either("final", "A trial account may send Twilio's own templates only: upgrade it")],

  [20009, atOnce("retry-later", "Twilio still has something to do with the message")],
  [21609, atOnce("pause", "Twilio does not call back at our address: see PUBLIC_URL")],

  // The two numbers.
  [21211, atOnce("final", "The person's number is no valid number")],
  [21212, atOnce("final", "Our number is no valid sender")],
  [21408, atOnce("final", "The account may not text this country: see Geo permissions at Twilio")],
  [21601, atOnce("final", "Our number cannot send texts")],
  [21606, atOnce("final", "Our number is not the account's, or cannot send texts")],
  [21612, atOnce("final", "Twilio has no way from our number to the person's")],
  [21614, atOnce("final", "The person's number is not a mobile one")],
  [21635, atOnce("final", "The person's number is a landline")],
  [21703, atOnce("final", "The Messaging Service has no number to send from")],
  [21704, atOnce("final", "The Messaging Service has no number to send from")],
  [21705, atOnce("final", "The Messaging Service is not valid")],
  [21610, either("opt-out", "The person replied STOP, and gets nothing until they text START")],

  // What was to be sent.
  [14103, later("final", "The text is longer than 1,600 characters")],
  [14107, later("final", "More than 30 replies went to one person within 30 seconds")],
  [21617, atOnce("final", "The text is longer than 1,600 characters")],
  [21619, atOnce("final", "The message has neither text nor picture")],
  [21620, atOnce("final", "The picture's address is not valid")],
  [21623, atOnce("final", "The message has too many pictures")],
  [21658, atOnce("final", "The text is longer than 1,600 characters")],
  [11751, later("final", "The picture is too large")],

  // The way there.
  [21611, atOnce("retry-later", "More than ten hours of texts wait to leave our number")],
  [30001, later("retry-later", "Too many texts wait to leave our number")],
  [30003, later("retry-later", "The person's phone is off or out of reach", 2)],
  [30004, later("final", "The person or their carrier blocks our texts")],
  [30005, later("final", "The person's number does not exist any more")],
  [30006, later("final", "The person's number is a landline, or their carrier takes no texts")],
  [
    30007,
    later("final", "The carrier took the text for spam: register the number, mind the words"),
  ],
  [30008, later("retry-later", "The carrier does not say why the text was not delivered", 1)],
  [30022, later("retry-later", "More texts a minute than your US registration (A2P 10DLC) allows")],
  [30023, later("retry-later", "More texts a day than your US registration (A2P 10DLC) allows")],
  [30032, later("final", "Your toll-free number is not verified for texts to the US and Canada")],
  [30034, later("final", "Your US number is not registered for A2P 10DLC, so carriers block it")],
  [30035, later("retry-later", "Your US number's registration for A2P 10DLC is not through yet")],
  [30036, later("final", "The text was not sent while it was fresh, and is stale by now")],
  [30410, later("retry-later", "The carrier did not answer Twilio in time", 1)],
  [30450, later("final", "Twilio suspects fraud by texts to this country (SMS pumping)")],

  // WhatsApp.
  [63003, later("final", "The person is not on WhatsApp")],
  [63016, later("final", "The person wrote last over 24 hours ago: WhatsApp takes only templates")],
  [63017, later("retry-later", "More WhatsApp messages than the account may send")],
  [63018, later("retry-later", "More WhatsApp messages than our number may send")],
  [63021, later("final", "WhatsApp does not take the message's content")],
  [63024, later("final", "The person cannot be reached by WhatsApp")],
  [63034, later("final", "WhatsApp does not take the picture")],
]);

function atOnce(action: Action, words: string): ErrorMeaning {
  return { when: "at once", action, words };
}

function later(action: Action, words: string, tries?: number): ErrorMeaning {
  return { when: "later", action, words, ...(tries !== undefined && { tries }) };
}

function either(action: Action, words: string): ErrorMeaning {
  return { when: "either", action, words };
}
