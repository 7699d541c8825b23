/** The next step where something could not be collected. */
export const GRANT_ACCESS = 'Grant the scanner access to the missing data and scan again.';

/** The next step where a part of an answer of AWS cannot be read. */
export const SCAN_AGAIN =
  'Scan again, or collect the saved files again. If it still cannot be read, report it as an issue of iam-vigil.';
