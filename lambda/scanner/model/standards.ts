/** The standards that a check maps to; values are control ids, comma-separated where there are several. */
export type Standards = Readonly<Partial<Record<StandardName, string>>>;

/** The standards that checks are mapped to. */
export type StandardName =
  'CIS AWS 3.0' | 'CIS AWS 5.0' | 'CIS AWS 7.0' | 'AWS FSBP' | 'NIST 800-53 r5' | 'PCI DSS 4.0' | 'ISO 27001:2022' | 'NIS2';
