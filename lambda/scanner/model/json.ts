/** Any value that `JSON.parse` can return, read-only. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
