import { z } from 'zod';
import type { Observed } from './observed.ts';

const accountIdOf = (number: number): string => String(number).padStart(12, '0');

/** The name of an account or of a group of accounts. YAML reads an account ID without quotes as a number. */
export const accountNameSchema = z.union([z.string().min(1), z.int().transform(accountIdOf)]);

const arnPattern = z.string().regex(/^(arn:|\*)/, 'must be an ARN, in which * and ? are wildcards');
const accountId = accountNameSchema.refine((id) => /^\d{12}$/.test(id), 'must be the ID of an account');

const oneAssertionSchema = z
  .strictObject({
    name: z.string().min(1).max(80).describe('What must hold, in words. It is part of the ID of a finding.'),
    onlyAdmins: z
      .array(arnPattern)
      .describe('The ARNs of the users and roles that may be, become or appoint administrators. * and ? are wildcards.')
      .exactOptional(),
    noOutsideAssume: z
      .array(arnPattern)
      .min(1)
      .describe('The ARNs of roles that no AWS account outside the organization may assume. * and ? are wildcards.')
      .exactOptional(),
    except: z.array(accountId).describe('With noOutsideAssume: the IDs of outside accounts that may.').exactOptional(),
    in: z
      .array(accountNameSchema)
      .min(1)
      .describe('In which accounts: IDs, environments, and IDs or names of organizational units. Absent: in all.')
      .exactOptional(),
  })
  .refine(
    ({ onlyAdmins, noOutsideAssume }) => (onlyAdmins === undefined) !== (noOutsideAssume === undefined),
    'must have either onlyAdmins or noOutsideAssume',
  )
  .refine(({ onlyAdmins, except }) => onlyAdmins === undefined || except === undefined, {
    message: 'goes with noOutsideAssume only',
    path: ['except'],
  });

/** What the configuration asserts about access. Exactly one of `onlyAdmins` and `noOutsideAssume` is there. */
export type Assertion = z.output<typeof oneAssertionSchema>;

/** Reads the assertions of `iam-vigil.yaml`. */
export const assertionsSchema = z
  .array(oneAssertionSchema)
  .refine((assertions) => new Set(assertions.map(({ name }) => name)).size === assertions.length, 'must have different names');

/** Whether an account is, or lies in, one of these; without a list, every account does. Unavailable where that cannot be told. */
export type IsAmong = (accountId: string, names: readonly string[] | undefined) => Observed<boolean>;
