import type { Compute, ComputeKind } from '../../facts/compute.ts';
import type { ClientSettings } from '../aws.ts';
import { FailedCall } from '../failure.ts';
import { pageTokens } from '../../requests/page-tokens.ts';
import { listIn, textIn } from '../pages.ts';

/** One Region of the account, with lookups for its roles. */
export interface RegionalService {
  readonly region: string;
  readonly partition: string;
  readonly accountId: string;
  readonly settings: ClientSettings;
  /** The ARN of a role that a service names by ARN or by name. Undefined if it does not exist. */
  readonly roleArn: (role: string | undefined) => string | undefined;
  /** The ARN of the role in an instance profile, by the ARN of the profile. Undefined if the profile has no role. */
  readonly roleInProfile: (profileArn: string | undefined) => string | undefined;
}

/** Compute, without its kind. */
export type Carrier = Omit<Compute, 'kind'>;

/** The compute of each kind. Each kind fails separately, with {@link FailedCall}. */
export type Found = Readonly<Partial<Record<ComputeKind, Promise<readonly Carrier[]>>>>;

/** Lists the compute of one Region that runs with a role, or to which one can be passed. */
export type Look = (place: RegionalService) => Found;

/** The response of a call. Throws {@link FailedCall} if the call fails. */
export async function answered<T>(action: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new FailedCall(action, error);
  }
}

/** The list in the answer to an action. Throws {@link FailedCall} if there is none. */
export const listAnswered = <Item>(action: string, items: readonly Item[] | undefined): readonly Item[] =>
  readAnswer(action, () => listIn(items));

/** A text that the answer to an action has of every item, such as its ID. Throws {@link FailedCall} if there is none. */
export const textAnswered = (action: string, text: string | undefined): string => readAnswer(action, () => textIn(text));

function readAnswer<T>(action: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new FailedCall(action, error);
  }
}

/** All items of a paginated list. A page can be empty although more pages follow. */
export async function listed<Page, Item>(
  action: string,
  request: (token: string | undefined) => Promise<Page>,
  read: (page: Page) => { readonly items: readonly Item[] | undefined; readonly next: string | undefined },
): Promise<readonly Item[]> {
  const found: Item[] = [];
  const check = pageTokens((message) => new FailedCall(action, new Error(message)));
  for (let token: string | undefined; ;) {
    const { items, next } = read(await answered(action, request(token)));
    found.push(...listAnswered(action, items));
    if (!next) return found;
    check(next);
    token = next;
  }
}

/** Splits a list into lists of at most `size` items, the limit of a call. */
export const inChunks = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** The compute, with its role if it has one that exists. Empty if AWS does not name it. */
export const computeAt = (arn: string | undefined, roleArn?: string, code?: string): readonly Carrier[] =>
  arn === undefined ? [] : [{ arn, ...(roleArn === undefined ? {} : { roleArn }), ...(code === undefined ? {} : { code }) }];

/** The same for compute to which no role can be passed: empty without a role. */
export const carrier = (arn: string | undefined, roleArn: string | undefined): readonly Carrier[] =>
  roleArn === undefined ? [] : computeAt(arn, roleArn);
