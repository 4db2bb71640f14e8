import { afterEach, beforeEach } from "bun:test";
import type { Store } from "../../../src/store/store.ts";

/** A store that is opened for each test and closed after it. */
export function openedEach(open: () => Store): () => Store {
  let store: Store;

  beforeEach(() => {
    store = open();
  });

  afterEach(() => store.close());

  return () => store;
}
