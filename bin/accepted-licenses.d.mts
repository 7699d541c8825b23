/** The licenses under which a package may be part of what is published. */
export const accepted: readonly string[];
