/** The next step where something could not be collected. */
export const GRANT_ACCESS = 'Grant the scanner access to the missing data and scan again.';
