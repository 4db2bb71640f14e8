import { validateRequest } from "twilio/lib/webhooks/webhooks";
import type { Form } from "./form.ts";

/** What a webhook claims: its form, the URL it was sent to and the signature over both. */
export interface SignedForm {
  readonly form: Form;
  readonly url: string;
  readonly signature: string;
}

/** Whether one of the account's tokens made the signature: two of them while the token is being changed. */
export function isFromTwilio(
  { form, url, signature }: SignedForm,
  tokens: readonly string[],
): boolean {
  return tokens.some((token) => token !== "" && isSignedWith(token));

  function isSignedWith(token: string): boolean {
    try {
      return validateRequest(token, signature, url, form);
    } catch {
      // The validator throws on URLs it cannot read; what cannot be verified is not from Twilio.
      return false;
    }
  }
}
