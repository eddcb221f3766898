/** Waits until something is so; the last value is told when it never is. */
export async function until(what, look, { timeout = 20_000 } = {}) {
  const end = Date.now() + timeout;
  let last;
  for (;;) {
    try {
      last = await look();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`${what} did not come: ${last}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
