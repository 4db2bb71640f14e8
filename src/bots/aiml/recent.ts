/** Things by name, those used longest ago let go while all together cost too much. */
export interface Recent<Thing> {
  get(name: string): Thing | undefined;
  /** Keeps a thing as the one used last; the same name again replaces it. */
  keep(name: string, thing: Thing, cost: number): void;
}

export function createRecent<Thing>(maxCost: number): Recent<Thing> {
  const entries = new Map<string, { readonly thing: Thing; readonly cost: number }>();
  let total = 0;
  const drop = (name: string) => {
    total -= entries.get(name)?.cost ?? 0;
    entries.delete(name);
  };
  return {
    get: (name) => entries.get(name)?.thing,
    keep(name, thing, cost) {
      drop(name);
      entries.set(name, { thing, cost });
      total += cost;
      for (const oldest of entries.keys()) {
        if (total <= maxCost) return;
        drop(oldest);
      }
    },
  };
}
