import { type BenchmarkName, benchmarkNames } from './benchmark-controls.ts';

/** The standards that a check maps to; values are control ids, comma-separated where there are several. */
export type Standards = Readonly<Partial<Record<StandardName, string>>>;

/** The standards that a check itself names; the others follow from `benchmark-controls.ts`. */
export type OwnStandards = Omit<Standards, BenchmarkName>;

/** The standards that checks are mapped to. */
export const standardNames = [...benchmarkNames, 'NIST 800-53 r5', 'PCI DSS 4.0', 'ISO 27001:2022', 'NIS2'] as const;

/** One of {@link standardNames}. */
export type StandardName = (typeof standardNames)[number];
