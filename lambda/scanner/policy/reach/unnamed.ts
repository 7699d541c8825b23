/** A name that nobody gives anything: what matches it takes in the things that a policy does not single out. */
export const UNNAMED = 'q7x0unnamed';

/** Where a policy is in force. */
export interface Place {
  readonly partition: string;
  readonly accountId: string;
}

/**
 * An ARN that no policy singles out, of the form of a template: `{partition}` and `{account}` stand for those of the place and `*` for
 * anything. The template `*` stays, being the resource of an action that has none.
 */
export const unnamed = (template: string, { partition, accountId }: Place): string =>
  template === '*'
    ? template
    : template.replace('{partition}', partition).replace('{account}', accountId).replaceAll('*', UNNAMED);
