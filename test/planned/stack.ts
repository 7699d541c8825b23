import { readTemplate } from '../../lambda/scanner/planned/cloudformation/read.ts';
import { ACCOUNT } from '../support/builders.ts';
import { quietNight } from '../drift/nights.ts';

/** What a template declares in the account of the quiet night. */
export const read = (text: string, parameters: Readonly<Record<string, string>> = {}) =>
  readTemplate(
    text,
    'stack.yaml',
    { partition: 'aws', accountId: ACCOUNT, parameters: new Map(Object.entries(parameters)) },
    quietNight.identities,
  );
