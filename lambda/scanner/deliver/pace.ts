/** Waits so many milliseconds. */
export type Sleep = (milliseconds: number) => Promise<unknown>;

/** Makes a call, and lets at least so many milliseconds pass before it is done, so that one after the other keeps a rate. */
export async function paced<T>(call: () => Promise<T>, milliseconds: number, sleep: Sleep): Promise<T> {
  const [result] = await Promise.all([call(), sleep(milliseconds)]);
  return result;
}
