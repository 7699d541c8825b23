import { vocabulary } from '../iam/account.ts';
import type { Identities, ManagedPolicy } from '../facts/identity.ts';
import { isAwsManaged } from '../check-support/policies/policy-attachments.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';
import type { Change } from '../model/change.ts';
import type { Json } from '../model/json.ts';
import type { Resource } from '../model/resource.ts';
import { compileDocument } from '../policy/compile.ts';
import { type Breadth, type Levels, compareLevels } from '../policy/queries/allows-more.ts';
import { isSame } from './is-same.ts';
import { type InBoth, pairIdentities } from './identity-pairs.ts';
import { type Comparison, type Pair, cannotCompare, factsOfBoth, together } from './pair.ts';
import { defaultDocument } from './permission-sources.ts';
import { actionsOf } from './permissions-in-words.ts';

const PART = 'policies';

/** Managed policies whose default version allows more or less than before. */
export function comparePolicies(pair: Pair): Comparison {
  const facts = factsOfBoth(pair, ['identities']);
  if (facts.status === 'unavailable') return cannotCompare(PART, facts.reason);
  const { both } = pairIdentities(facts.before.identities.policies, facts.after.identities.policies);
  const bounding = boundariesIn(facts.after.identities);
  return together(
    both
      .filter(({ before, after }) => !isSame(defaultDocument(before), defaultDocument(after)))
      .map((policy) => comparePolicy(pair, policy, bounding.has(policy.after.arn))),
  );
}

const boundariesIn = ({ users, roles }: Identities): ReadonlySet<string | undefined> =>
  new Set([...users, ...roles].map(({ boundaryArn }) => boundaryArn));

function comparePolicy(pair: Pair, { before, after }: InBoth<ManagedPolicy>, isBoundary: boolean): Comparison {
  const [was, is] = [levelOf(defaultDocument(before)), levelOf(defaultDocument(after))];
  const resource: Resource = { type: 'AwsIamPolicy', arn: after.arn, name: after.name, id: after.id };
  if (was === undefined || is === undefined)
    return { changes: [], incomparable: [{ part: PART, resource, reason: 'its document cannot be read in both snapshots' }] };
  const breadth = compareLevels(was, is);
  const change = changeOf(pair, { before, after }, breadth, isBoundary);
  return { changes: change === undefined ? [] : [{ ...change, resource }], incomparable: [] };
}

function changeOf(
  pair: Pair,
  { before, after }: InBoth<ManagedPolicy>,
  { gained, lost, isUnclear }: Breadth,
  isBoundary: boolean,
): Omit<Change, 'resource'> | undefined {
  const versions = `Default version: ${versionOf(before)} before, ${versionOf(after)} now.`;
  const common = {
    account: pair.after.snapshot.accountId,
    message: gained.length === 0 ? versions : `It now allows: ${summarizeList(actionsOf(gained))}. ${versions}`,
    evidence: { before: versionOf(before), after: versionOf(after), gained: actionsOf(gained), lost: actionsOf(lost) },
  };
  const label = `IAM policy ${after.name}`;
  if (gained.length === 0) {
    if (lost.length === 0 && !isUnclear) return undefined;
    return {
      ...{ ...common, kind: 'policy-narrowed', effect: isUnclear ? 'neutral' : 'better', severity: 'INFORMATIONAL' },
      headline: `${label} allows ${isUnclear ? 'other things' : 'less'} than before`,
    };
  }
  if (isBoundary)
    return {
      ...{ ...common, kind: 'boundary-widened', effect: 'worse', severity: 'HIGH' },
      headline: `${label}, a permissions boundary, allows more than before`,
    };
  if (isRolledBack(before, after))
    return {
      ...{ ...common, kind: 'policy-rolled-back', effect: 'worse', severity: after.attachmentCount > 0 ? 'HIGH' : 'LOW' },
      headline: `${label} was set back to version ${versionOf(after)}, which allows more`,
    };
  return {
    ...{ ...common, kind: 'policy-widened', effect: 'worse' },
    severity: isAwsManaged(after.arn) ? 'INFORMATIONAL' : 'LOW',
    headline: `${label} allows more than before`,
  };
}

/** Whether the default version is one that existed before. New versions get higher numbers. */
const isRolledBack = (before: ManagedPolicy, after: ManagedPolicy): boolean =>
  versionNumber(after) < versionNumber(before) && before.versions.some(({ id }) => id === versionOf(after));

const versionOf = ({ versions }: ManagedPolicy): string => versions.find(({ isDefault }) => isDefault)?.id ?? 'unknown';
const versionNumber = (policy: ManagedPolicy): number => Number(versionOf(policy).replace(/^v/, ''));

function levelOf(document: Json | undefined): Levels | undefined {
  if (document === undefined) return undefined;
  const policy = compileDocument(document, vocabulary);
  return policy.kind === 'malformed' ? undefined : [[{ policy, origin: 'policy' }]];
}
