import { describe } from "bun:test";
import type { Store } from "../../src/store/store.ts";
import { claimsContract } from "./store/claims.ts";
import { consentContract } from "./store/consent.ts";
import { endingsContract } from "./store/endings.ts";
import { memoriesContract } from "./store/memories.ts";
import { outboxContract } from "./store/outbox.ts";
import { peopleContract } from "./store/people.ts";
import { textChangesContract } from "./store/text-changes.ts";
import { usageContract } from "./store/usage.ts";

/** What every store must do, whatever keeps its data. */
export function storeContract(name: string, open: () => Store): void {
  describe(`${name} store`, () => {
    claimsContract(open);
    endingsContract(open);
    memoriesContract(open);
    outboxContract(open);
    textChangesContract(open);
    consentContract(open);
    usageContract(open);
    peopleContract(open);
  });
}
