import { parseArn } from '../model/arn.ts';
import { textIn } from './lenient.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What an answer calls the identities of one list. */
interface Kind {
  readonly list: string;
  /** The first part of the resource in the ARN. */
  readonly resource: string;
  readonly name: string;
  readonly id: string;
}

const kinds: readonly Kind[] = [
  { list: 'UserDetailList', resource: 'user', name: 'UserName', id: 'UserId' },
  { list: 'GroupDetailList', resource: 'group', name: 'GroupName', id: 'GroupId' },
  { list: 'RoleDetailList', resource: 'role', name: 'RoleName', id: 'RoleId' },
  { list: 'Policies', resource: 'policy', name: 'PolicyName', id: 'PolicyId' },
];

/**
 * Fills in what an answer of `iam get-account-authorization-details` tells twice, where one of the two cannot be read: an ARN has
 * the path and the name, and the name has the ARN together with the account of the others. Without its id, the ARN identifies it.
 */
export function completeIdentities(answer: unknown): unknown {
  if (!isFields(answer)) return answer;
  const home = homeOf(answer);
  const lists = kinds.flatMap((kind) => {
    const items = answer[kind.list];
    if (!Array.isArray(items)) return [];
    return [[kind.list, (items as readonly unknown[]).map((item) => (isFields(item) ? complete(item, kind, home) : item))]];
  });
  return { ...answer, ...Object.fromEntries(lists) };
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `arn:aws:iam::111122223333`, of the first identity that has an ARN of its own. */
function homeOf(answer: Fields): string | undefined {
  for (const { list } of kinds) {
    const items = answer[list];
    for (const item of Array.isArray(items) ? (items as readonly unknown[]) : []) {
      const arn = isFields(item) && typeof item['Arn'] === 'string' ? parseArn(item['Arn']) : undefined;
      if (arn && /^\d{12}$/.test(arn.accountId)) return `arn:${arn.partition}:iam::${arn.accountId}`;
    }
  }
  return undefined;
}

function complete(item: Fields, kind: Kind, home: string | undefined): Fields {
  const known = partsOf(item['Arn'], kind);
  const name = textIn(item[kind.name]) ?? known?.name;
  const path = pathIn(item['Path']) ?? known?.path ?? '/';
  const Arn = textIn(item['Arn']) ?? arnOf({ name, path }, kind, home);
  return { ...item, Arn, [kind.name]: name, Path: path, [kind.id]: textIn(item[kind.id]) ?? Arn };
}

const pathIn = (value: unknown): string | undefined => (typeof value === 'string' && value.startsWith('/') ? value : undefined);

function partsOf(arn: unknown, { resource }: Kind) {
  const text = typeof arn === 'string' ? parseArn(arn)?.resource : undefined;
  const [, path, name] = text === undefined ? [] : (/^[a-z]+(\/(?:.*\/)?)([^/]+)$/.exec(text) ?? []);
  return text?.startsWith(`${resource}/`) && path !== undefined && name !== undefined ? { path, name } : undefined;
}

/** A policy may be of AWS or of the account: its name alone does not say which. */
const arnOf = (
  { name, path }: { readonly name: string | undefined; readonly path: string },
  { resource }: Kind,
  home: string | undefined,
): string | undefined =>
  name === undefined || home === undefined || resource === 'policy' ? undefined : `${home}:${resource}${path}${name}`;
