import type { Resource } from './resource.ts';

/** How many characters of a headline are shown at most. */
export const MAX_HEADLINE = 120;

/** How few characters of a name still tell which it is. */
const SHORTEST_NAME = 12;

/** A headline within its length: a long name of the resource loses its middle, and what is still too long is cut off. */
export function fitHeadline(headline: string, name: string): string {
  const excess = [...headline].length - MAX_HEADLINE;
  if (excess <= 0) return headline;
  const room = [...name].length - excess;
  const shorter = headline.replace(name, () => shortenMiddle(name, Math.max(SHORTEST_NAME, room)));
  const characters = [...shorter];
  return characters.length <= MAX_HEADLINE ? shorter : `${characters.slice(0, MAX_HEADLINE - 1).join('')}…`;
}

/** A name of at most so many characters: its beginning and its end. */
export function shortenMiddle(name: string, length: number): string {
  const characters = [...name];
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

/** A resource as a headline names it: `IAM user ann`. */
export const describeResource = ({ type, name, arn }: Pick<Resource, 'type' | 'name' | 'arn'>): string =>
  type === 'AwsIamUser' && arn.endsWith(':root') ? 'Root user' : `${kinds[type]} ${name}`;
