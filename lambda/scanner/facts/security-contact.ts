import { z } from 'zod';
import type { Fact } from './fact.ts';

/** The security contact: AWS notifies it of security issues. */
export interface SecurityContact {
  readonly email: string;
}

/** Reads `account get-alternate-contact`; undefined: there is none. */
export const securityContactSchema = z
  .object({ AlternateContact: z.object({ EmailAddress: z.string() }) })
  .nullable()
  .transform((answer): SecurityContact | undefined =>
    answer === null ? undefined : { email: answer.AlternateContact.EmailAddress },
  );

/** What `account get-alternate-contact --alternate-contact-type SECURITY` prints; `null`: there is none. */
export const securityContact = {
  name: 'securityContact',
  schema: securityContactSchema,
  actions: ['account:GetAlternateContact'],
  awsCliFile: 'security-contact.json',
  dependsOn: [],
} as const satisfies Fact;
