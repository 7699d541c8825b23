import { textIn } from './lenient.ts';

/**
 * Fills in the ids of an organization and of its management account from its ARN, which has both, where they cannot be read:
 * `arn:aws:organizations::111122223333:organization/o-exampleorgid`.
 */
export function completeOrganization(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  const fields = new Map<string, unknown>(Object.entries(answer));
  const arn = textIn(fields.get('Arn')) ?? '';
  const [, account, id] = /^arn:[^:]+:organizations::(\d{12}):organization\/(o-[a-z0-9]+)$/.exec(arn) ?? [];
  return {
    ...answer,
    Id: textIn(fields.get('Id')) ?? id,
    MasterAccountId: textIn(fields.get('MasterAccountId')) ?? account,
  };
}
