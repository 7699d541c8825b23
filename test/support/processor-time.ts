/**
 * The processor time in milliseconds that a function takes, which a machine that does much else at the same time makes no longer:
 * tests run side by side.
 */
export function processorTime(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  return process.cpuUsage(before).user / 1_000;
}
