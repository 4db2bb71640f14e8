const WITHIN_MS = 2000;

/** Asks again until the expectation holds; its own complaint is the test's when it does not in time. */
export async function eventually(expectation: () => unknown): Promise<void> {
  for (const giveUpAt = Date.now() + WITHIN_MS; Date.now() < giveUpAt; await Bun.sleep(2)) {
    try {
      await expectation();
      return;
    } catch {
      // Not yet.
    }
  }
  await expectation();
}
