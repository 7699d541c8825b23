import { parseArn } from '../model/arn.ts';
import { conditionsInWords } from '../model/conditions-in-words.ts';
import { CLOSING_RULE, pathInWords } from '../model/path-in-words.ts';
import type { Report } from '../model/report.ts';
import type { StatementReference } from '../model/verdict.ts';
import { csvLines } from './csv.ts';

/** The first six are those that https://github.com/salesforce/cloudsplaining/issues/186 asks for. */
const columns = [
  ...['account', 'principal_name', 'principal_type', 'policy_names', 'policy_types', 'privesc_methods'],
  ...['account_name', 'principal_arn', 'verdict', 'platform_role', 'path', 'conditions', 'other_accounts', 'people'],
];

/** Every principal that is admin or can become it as CSV, a row a principal, with the policies that its path uses. */
export function renderPrincipalsCsv({ admins, accounts }: Report): Iterable<string> {
  const names = new Map(accounts.map(({ account, name }) => [account, name]));
  const rows = admins.map((principal) => {
    const { account, arn, type, verdict, platform, path, reach = [], conditions, reachedAccounts, people } = principal;
    const steps = [path, ...reach.map((entry) => entry.path)].flat();
    const policies = unique(
      steps.flatMap(({ statements }) => statements),
      ({ policy }) => policy,
    );
    const rules = unique(
      steps.filter(({ rule }) => rule !== CLOSING_RULE),
      ({ rule }) => rule,
    );
    return [
      account,
      nameOf(arn),
      type,
      policies.map(policyName).join('; '),
      [...new Set(policies.map(policyType))].join('; '),
      rules.map(({ rule, aliases }) => [rule, ...aliases].join(' ')).join('; '),
      names.get(account) ?? '',
      arn,
      verdict,
      platform ? 'yes' : 'no',
      pathInWords({ path }),
      conditionsInWords(conditions),
      reachedAccounts?.accounts.join('; ') ?? '',
      people?.people.map(({ person }) => person).join('; ') ?? '',
    ];
  });
  return csvLines(columns, rows);
}

const unique = <T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
];

const nameOf = (arn: string): string => {
  const resource = parseArn(arn)?.resource ?? arn;
  return resource.slice(resource.lastIndexOf('/') + 1);
};

const policyName = ({ policy }: StatementReference): string => {
  if (policy.startsWith('inline:')) return policy.slice('inline:'.length);
  return policy.startsWith('trust:') ? `trust policy of ${nameOf(policy)}` : nameOf(policy);
};

const policyType = ({ policy }: StatementReference): string => {
  if (policy.startsWith('inline:')) return 'inline';
  if (policy.startsWith('trust:')) return 'trust';
  return parseArn(policy)?.accountId === 'aws' ? 'AWS managed' : 'customer managed';
};
