/** A name that no resource has: a pattern that matches it covers the resources that a policy does not name. */
export const UNNAMED = 'q7x0unnamed';

/** The account in which a policy applies. */
export interface PolicyAccount {
  readonly partition: string;
  readonly accountId: string;
}

/**
 * An ARN that no policy names, of the form of a template: `{partition}` and `{account}` are replaced by those of the account and
 * `*` by {@link UNNAMED}. The template `*` stays, being the resource of an action that has none.
 */
export const unnamed = (template: string, { partition, accountId }: PolicyAccount): string =>
  template === '*'
    ? template
    : template.replace('{partition}', partition).replace('{account}', accountId).replaceAll('*', UNNAMED);
