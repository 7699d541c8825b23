/** Any value that `JSON.parse` can return, never to be changed. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
