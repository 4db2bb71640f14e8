import type { Entries } from "./entries.ts";
import type { Lookup } from "./lookup.ts";
import type { ToSample } from "./samples.ts";

/** What the rules work on that see more than one category. */
export interface WholeBot {
  readonly entries: Entries;
  readonly lookup: Lookup;
  readonly toSample: ToSample;
}
