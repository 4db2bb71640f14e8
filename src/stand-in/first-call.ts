import type { Account } from "./account.ts";
import { type CallOut, type CallResult, callOut } from "./call-out.ts";

const CROWD = 20;

/** A webhook that is late, or comes again, does so up to this much later. */
const MOST_LATE_MS = 5_000;

/** Tells a webhook of a text for the first time, with whatever goes wrong with that. */
export async function callFirst(account: Account, sid: string, call: CallOut): Promise<CallResult> {
  const fault = account.faults.pick("webhook", sid);
  const pause = () => account.work.pause(MOST_LATE_MS * account.chance(`pause ${sid}`));
  switch (fault) {
    case "crowd":
      return callInCrowd(account, sid, call);
    case "again":
      // Nobody listens to what is answered then.
      void account.work.run(() => pause().then(() => callOut(account, call)));
      return callOut(account, call);
    case "late":
      await pause();
      return callOut(account, call);
    default:
      return callOut(account, { ...call, fault });
  }
}

/** The same request many times at once; which one Twilio listens to, nobody can tell. */
async function callInCrowd(account: Account, sid: string, call: CallOut): Promise<CallResult> {
  const results = await Promise.all(Array.from({ length: CROWD }, () => callOut(account, call)));
  const heard = results[Math.floor(account.chance(`crowd ${sid}`) * CROWD)];
  const attempts = results.flatMap((result) => result.attempts);
  return { attempts, answer: heard?.answer, errorCode: heard?.errorCode };
}
