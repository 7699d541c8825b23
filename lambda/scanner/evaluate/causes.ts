import type { FactCoverage } from '../facts/coverage.ts';
import { derivedFrom } from '../facts/derived.ts';
import { type RawFactName, rawFactNames, rawFacts } from '../facts/index.ts';
import { declaredParts, organizationParts } from '../facts/organization-parts/index.ts';
import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import type { FactName, Snapshot } from '../facts/snapshot.ts';
import { type Finding, findingId } from '../model/finding.ts';
import type { Observed } from '../model/observed.ts';
import type { UnreadData } from '../model/report.ts';
import { factCoverage, itemsOf, partialGap } from './coverage.ts';
import { elementsOfPart } from './unread.ts';

/** The check that reports data that could not be collected. */
const MISSING_DATA = 'fact-unavailable';
/** The check that reports policy documents and other parts of identities that cannot be read. */
const UNREADABLE = 'policy-document-unreadable';

/** What of an account, and of the organization that it reports for, a scan could collect. */
export interface ObservedData extends Pick<Snapshot, 'facts'> {
  readonly organization?: OrganizationSnapshot | undefined;
}

/**
 * How much of each requested fact was collected, and the checks with results that are UNKNOWN because of what is missing. A fact that is
 * missing only because another one is missing is joined to that one. Parts of the organization are included if a check depends on them.
 */
export function coverageFor(
  data: ObservedData,
  findings: readonly Finding[],
  unread: readonly UnreadData[],
): readonly FactCoverage[] {
  const own = joinDependent(factCoverage(data), data);
  const depended = new Set(unread.map(({ fact }) => fact));
  const waits = (fact: FactCoverage): FactCoverage => {
    const reasons = reasonsOf(fact.name, data);
    const waiting = [...new Set(findings.flatMap((finding) => (quotes(finding, reasons) ? finding.checkId : [])))];
    return waiting.length === 0 ? fact : { ...fact, waiting: waiting.toSorted() };
  };
  const parts = partCoverage(data).filter(({ name }) => depended.has(name));
  return [...own.map(waits), ...parts.map(waits)];
}

/** Returns a function that adds to an UNKNOWN finding the IDs of those of the findings that report why it is UNKNOWN. */
export function withCauses(
  findings: readonly Finding[],
  { accountId, ...data }: ObservedData & { readonly accountId: string },
): (finding: Finding) => Finding {
  const ids = new Set(findings.map(({ id }) => id));
  const missing = [...rawFactNames, ...organizationParts].flatMap((name) => {
    const id = findingId(accountId, MISSING_DATA, name);
    return ids.has(id) ? [{ id, reasons: reasonsOf(name, data) }] : [];
  });
  const unreadable = findings.filter(({ checkId, resource }) => checkId === UNREADABLE && resource.type !== 'AwsAccount');
  return (finding) => {
    if (finding.status !== 'UNKNOWN' || finding.checkId === UNREADABLE) return finding;
    const causes = [
      ...missing.flatMap(({ id, reasons }) => (quotes(finding, reasons) ? id : [])),
      ...unreadable.flatMap(({ id, resource }) => (resource.arn === finding.resource.arn && isUnread(finding) ? id : [])),
    ];
    return causes.length === 0 ? finding : { ...finding, causes };
  };
}

/** Whether the finding is UNKNOWN for one of these reasons. Checks quote the reason why something could not be collected. */
const quotes = ({ status, message }: Finding, reasons: readonly string[]): boolean =>
  status === 'UNKNOWN' && reasons.some((reason) => message.includes(reason));

const isUnread = ({ message }: Finding): boolean => /\b(cannot|could not) be read\b/.test(message);

/** Why the fact or part, or items of it, could not be collected. */
function reasonsOf(name: FactCoverage['name'], { facts, organization }: ObservedData): readonly string[] {
  const observed = isRaw(name) ? facts[name] : organization?.[name];
  return observed === undefined ? [] : [...new Set(failuresIn(observed).map(({ reason }) => reason))];
}

/** What was denied or failed: of a whole fact, or of its items. What was not requested has no action. */
const failuresIn = (observed: Observed<unknown>) =>
  (observed.status === 'unavailable' ? [observed] : itemsOf(observed.value)).flatMap((item) =>
    item.status === 'unavailable' && item.action !== undefined ? [item] : [],
  );

const isRaw = (name: string): name is RawFactName => Object.hasOwn(rawFacts, name);

function partCoverage({ organization }: ObservedData): readonly FactCoverage[] {
  if (organization === undefined) return [];
  return organizationParts.flatMap((name) => {
    const part = organization[name];
    const elements = elementsOfPart(name, organization);
    if (part.status === 'collected')
      return elements.length === 0 ? [] : [{ name, gaps: [partialGap(declaredParts[name].actions, elements)] }];
    return part.action === undefined ? [] : [{ name, gaps: [{ action: part.action, reason: part.reason }] }];
  });
}

function joinDependent(coverage: readonly FactCoverage[], { facts }: Pick<Snapshot, 'facts'>): readonly FactCoverage[] {
  const sources = new Map(coverage.map(({ name }) => [name, isRaw(name) ? sourceOf(name, facts) : undefined]));
  return coverage
    .filter(({ name }) => sources.get(name) === undefined)
    .map((fact) => {
      const alsoMissing = coverage.flatMap(({ name }) => (isRaw(name) && sources.get(name) === fact.name ? name : []));
      return alsoMissing.length === 0 ? fact : { ...fact, alsoMissing };
    });
}

/** The fact that could not be collected and so left this one without data: it has the same action and reason. */
function sourceOf(name: RawFactName, facts: Snapshot['facts']): RawFactName | undefined {
  const own = facts[name];
  if (own.status === 'collected') return undefined;
  return behind(name).find((source) => {
    const fact = facts[source];
    return fact.status === 'unavailable' && fact.action === own.action && fact.reason === own.reason;
  });
}

/** The facts that the fact depends on, directly or not; those that depend on no other come first. */
const behind = (name: RawFactName): readonly RawFactName[] =>
  rawFacts[name].dependsOn
    .flatMap((needed: FactName) =>
      needed in derivedFrom ? derivedFrom[needed as keyof typeof derivedFrom] : [needed as RawFactName],
    )
    .flatMap((source) => [...behind(source), source]);
