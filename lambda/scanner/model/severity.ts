/** The severities, lowest first; the labels are those of AWS Security Hub. */
export const severities = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

/** One of {@link severities}. */
export type Severity = (typeof severities)[number];

/** Whether `severity` is `threshold` or worse. */
export const isAtLeast = (severity: Severity, threshold: Severity): boolean =>
  severities.indexOf(severity) >= severities.indexOf(threshold);

/** Orders severities, highest first, for `sort`. */
export const worstFirst = (a: Severity, b: Severity): number => severities.indexOf(b) - severities.indexOf(a);

/** The next higher severity; CRITICAL stays. */
export const raised = (severity: Severity): Severity => severities[severities.indexOf(severity) + 1] ?? severity;
