import type { Compute, ComputeKind } from '../../facts/compute.ts';
import type { ClientSettings } from '../aws.ts';
import { FailedCall } from '../failure.ts';

/** One Region of the account, and what is known of its roles. */
export interface Place {
  readonly region: string;
  readonly partition: string;
  readonly accountId: string;
  readonly settings: ClientSettings;
  /** The ARN of a role that a service calls by its ARN or by its name; undefined where there is none of that name. */
  readonly roleArn: (role: string | undefined) => string | undefined;
  /** The ARN of the role in an instance profile, by the ARN of the profile; undefined where it holds none. */
  readonly roleInProfile: (profileArn: string | undefined) => string | undefined;
}

/** A thing that carries a role. */
export type Carrier = Omit<Compute, 'kind'>;

/** What was found of each kind. Each kind fails by itself, with {@link FailedCall}. */
export type Found = Readonly<Partial<Record<ComputeKind, Promise<readonly Carrier[]>>>>;

/** Looks in one Region for what carries a role. */
export type Look = (place: Place) => Found;

/** The answer to a call. */
export async function answered<T>(action: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new FailedCall(action, error);
  }
}

/** Everything in a list, over all its pages. A page may be empty and still lead on. */
export async function listed<Page, Item>(
  action: string,
  request: (token: string | undefined) => Promise<Page>,
  read: (page: Page) => { readonly items: readonly Item[] | undefined; readonly next: string | undefined },
): Promise<readonly Item[]> {
  const found: Item[] = [];
  for (let token: string | undefined; ;) {
    const { items = [], next } = read(await answered(action, request(token)));
    found.push(...items);
    if (!next) return found;
    if (next === token)
      throw new FailedCall(action, new Error('AWS gave the same page token twice, so the list would never end'));
    token = next;
  }
}

/** Lists of at most so many items each, since a call takes no more. */
export const inChunks = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** The thing with its role; nothing where it has no role, or one that is not there. */
export const carrier = (arn: string | undefined, roleArn: string | undefined): readonly Carrier[] =>
  arn === undefined || roleArn === undefined ? [] : [{ arn, roleArn }];
