/** Waits for a number of milliseconds. */
export type Sleep = (milliseconds: number) => Promise<unknown>;

/** Makes a call that takes at least `milliseconds`, so that consecutive calls stay below a rate. */
export async function paced<T>(call: () => Promise<T>, milliseconds: number, sleep: Sleep): Promise<T> {
  const [result] = await Promise.all([call(), sleep(milliseconds)]);
  return result;
}
