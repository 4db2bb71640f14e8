/** A map that forgets by itself what was not set for a while. */
export interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
}

/**
 * Keeps what was set within the last `spanMs`, and nothing that was set twice as long ago.
 * Two generations of a map: no timer, and no walk through all the keys.
 */
export function createRecent<Value>(spanMs: number, clock: () => number): Recent<Value> {
  let startedAt = clock();
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();

  function age(): void {
    const passed = clock() - startedAt;
    if (passed < spanMs) return;
    old = passed < 2 * spanMs ? young : new Map();
    young = new Map();
    startedAt += passed - (passed % spanMs);
  }

  return {
    get(key) {
      age();
      return young.get(key) ?? old.get(key);
    },
    set(key, value) {
      age();
      old.delete(key);
      young.set(key, value);
    },
    delete(key) {
      young.delete(key);
      old.delete(key);
    },
  };
}
