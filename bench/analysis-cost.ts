/** The analysis, in the order in which it goes. */
export const phases = ['compile', 'screen', 'search', 'verdicts'] as const;

/** One of {@link phases}. */
export type Phase = (typeof phases)[number];

/** What the analysis cost, from a parsed snapshot on. */
export interface AnalysisCost {
  /** User and system time of all threads, garbage collection included. */
  readonly cpuSeconds: number;
  /** What was resident when it began: Node, the program and the parsed snapshot. */
  readonly parsedMegabytes: number;
  /** The most that was resident while it ran. */
  readonly peakMegabytes: number;
}
