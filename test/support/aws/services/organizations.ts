import type { Json } from '../../../../lambda/scanner/model/json.ts';
import type { Call, Handler, Handlers, Served } from '../call.ts';
import { type JsonObject, field, isObject, list, text } from '../json-access.ts';
import { Refusal, accessDenied } from '../refusal.ts';
import { factOf } from '../served.ts';
import { tokenPage } from '../token-page.ts';

const describeOrganization: Handler = (served, call) => {
  if (served.quirks.organization !== undefined) return { Organization: partOf(served, call, 'Organization') };
  const organization = factOf(served, call, 'organization');
  if (organization !== null) return organization;
  throw new Refusal(400, 'AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
};

/** A part of the Organization that is served. Throws a refusal where there is none: the account is not the management account. */
function partOf(served: Served, call: Call, name: string): Json {
  const part = field(served.quirks.organization, name);
  if (part === undefined) throw accessDenied(served.caller, call);
  return part;
}

const itemsOf = (served: Served, call: Call, name: string): readonly JsonObject[] => {
  partOf(served, call, name);
  return list(served.quirks.organization, name).filter(isObject);
};

/** The policies of all types; a type that the test does not mention has none. */
const policiesOf = (served: Served, call: Call): readonly JsonObject[] => [
  ...itemsOf(served, call, 'Policies'),
  ...list(served.quirks.organization, 'AiOptOutPolicies').filter(isObject),
];

/** A list with a token, of the items of a part that the call is about. */
const listing =
  (part: string, name: string, isAsked: (item: JsonObject, call: Call) => boolean = () => true): Handler =>
  (served, call) =>
    tokenPage(
      served,
      call,
      name,
      itemsOf(served, call, part).filter((item) => isAsked(item, call)),
    );

const policyOf = (served: Served, call: Call): JsonObject => {
  const id = call.parameters.get('PolicyId');
  const policy = policiesOf(served, call).find((item) => text(field(item, 'PolicySummary'), 'Id') === id);
  if (policy === undefined) throw new Refusal(400, 'PolicyNotFoundException', `There is no policy ${id ?? ''}`);
  return policy;
};

const withoutParent = ({ ParentId: _, ...item }: JsonObject): JsonObject => item;

const withoutServices = ({ DelegatedServices: _, ...item }: JsonObject): JsonObject => item;

const describeResourcePolicy: Handler = (served, call) => {
  const policy = partOf(served, call, 'ResourcePolicy');
  if (!isObject(policy)) throw new Refusal(400, 'ResourcePolicyNotFoundException', 'There is no resource policy.');
  return { ResourcePolicy: { ...policy, Content: JSON.stringify(field(policy, 'Content') ?? {}) } };
};

/** The actions of Organizations. */
export const organizations: Handlers = new Map<string, Handler>([
  ['DescribeOrganization', describeOrganization],
  ['ListAccounts', listing('Accounts', 'Accounts')],
  ['ListRoots', listing('Roots', 'Roots')],
  [
    'ListOrganizationalUnitsForParent',
    (served, call) => {
      const inside = itemsOf(served, call, 'OrganizationalUnits').filter(
        (unit) => text(unit, 'ParentId') === call.parameters.get('ParentId'),
      );
      return tokenPage(served, call, 'OrganizationalUnits', inside.map(withoutParent));
    },
  ],
  [
    'ListAccountsForParent',
    (served, call) => {
      const parents = field(served.quirks.organization, 'ParentsOfAccounts');
      const inside = itemsOf(served, call, 'Accounts').filter(
        (account) => text(parents, text(account, 'Id') ?? '') === call.parameters.get('ParentId'),
      );
      return tokenPage(served, call, 'Accounts', inside);
    },
  ],
  [
    'ListPolicies',
    (served, call) => {
      const summaries = policiesOf(served, call).flatMap((policy) => field(policy, 'PolicySummary') ?? []);
      return tokenPage(
        served,
        call,
        'Policies',
        summaries.filter((summary) => text(summary, 'Type') === call.parameters.get('Filter')),
      );
    },
  ],
  [
    'DescribePolicy',
    (served, call) => {
      const policy = policyOf(served, call);
      return {
        Policy: {
          PolicySummary: field(policy, 'PolicySummary') ?? null,
          Content: JSON.stringify(field(policy, 'Content') ?? {}),
        },
      };
    },
  ],
  ['ListTargetsForPolicy', (served, call) => tokenPage(served, call, 'Targets', list(policyOf(served, call), 'Targets'))],
  [
    'ListDelegatedAdministrators',
    (served, call) =>
      tokenPage(served, call, 'DelegatedAdministrators', itemsOf(served, call, 'DelegatedAdministrators').map(withoutServices)),
  ],
  [
    'ListDelegatedServicesForAccount',
    (served, call) => {
      const id = call.parameters.get('AccountId');
      const administrator = itemsOf(served, call, 'DelegatedAdministrators').find((item) => text(item, 'Id') === id);
      return tokenPage(served, call, 'DelegatedServices', list(administrator, 'DelegatedServices'));
    },
  ],
  ['DescribeResourcePolicy', describeResourcePolicy],
  ['ListAWSServiceAccessForOrganization', listing('EnabledServicePrincipals', 'EnabledServicePrincipals')],
]);
