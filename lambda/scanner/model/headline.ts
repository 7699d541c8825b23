import type { Resource } from './resource.ts';

/** The longest headline, in characters. */
export const MAX_HEADLINE = 120;

/** A name is never shortened below this number of characters. */
const SHORTEST_NAME = 12;

/** Shortens a headline to its limit: first the middle of a long resource name is removed, then the end is cut off. */
export function fitHeadline(headline: string, name: string): string {
  const excess = Array.from(headline).length - MAX_HEADLINE;
  if (excess <= 0) return headline;
  const room = Array.from(name).length - excess;
  const shorter = headline.replace(name, () => shortenMiddle(name, Math.max(SHORTEST_NAME, room)));
  const characters = Array.from(shorter);
  return characters.length <= MAX_HEADLINE ? shorter : `${characters.slice(0, MAX_HEADLINE - 1).join('')}…`;
}

/** Shortens a name to `length` characters: its beginning and its end. */
export function shortenMiddle(name: string, length: number): string {
  const characters = Array.from(name);
  if (characters.length <= length) return name;
  const head = Math.ceil((length - 1) / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (length - 1 - head)).join('')}`;
}

const kinds = {
  AwsAccount: 'Account',
  AwsIamUser: 'IAM user',
  AwsIamRole: 'IAM role',
  AwsIamGroup: 'IAM group',
  AwsIamPolicy: 'IAM policy',
  AwsIamAccessKey: 'Access key',
  AwsIamServerCertificate: 'Server certificate',
  AwsIamIdentityProvider: 'Identity provider',
  AwsRolesAnywhereProfile: 'IAM Roles Anywhere profile',
  AwsRolesAnywhereTrustAnchor: 'IAM Roles Anywhere trust anchor',
} as const satisfies Record<Resource['type'], string>;

/** The name of a resource in a headline: `IAM user ann`. */
export const describeResource = ({ type, name, arn }: Pick<Resource, 'type' | 'name' | 'arn'>): string =>
  type === 'AwsIamUser' && arn.endsWith(':root') ? 'Root user' : `${kinds[type]} ${name}`;
