import { z } from 'zod';
import type { Fact } from './fact.ts';

/**
 * Reads `account get-contact-information`: whether the account has a primary contact. AWS demands a name, an address and a phone number
 * of each; iam-vigil does not read them.
 */
export const contactDetailsSchema = z
  .object({ ContactInformation: z.object({}) })
  .nullable()
  .transform((answer): boolean => answer !== null);

/**
 * What `account get-contact-information` prints; `null`: there is none.
 * https://docs.aws.amazon.com/accounts/latest/reference/API_GetContactInformation.html
 */
export const contactDetails = {
  name: 'contactDetails',
  schema: contactDetailsSchema,
  actions: ['account:GetContactInformation'],
  awsCliFile: 'contact-details.json',
  dependsOn: [],
} as const satisfies Fact;
