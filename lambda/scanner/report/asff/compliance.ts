import type { StandardName } from '../../model/standards.ts';
import type { Reported } from '../../model/informational-record.ts';
import type { AsffCompliance, ComplianceStatus } from './finding.ts';
import { fit, limits } from './limits.ts';

const statuses = {
  FAILED: 'FAILED',
  // An exception accepts a failure. The check still fails.
  SUPPRESSED: 'FAILED',
  UNKNOWN: 'NOT_AVAILABLE',
  PASSED: 'PASSED',
} as const satisfies Record<Reported['status'], ComplianceStatus>;

const reasonCodes = {
  FAILED: 'CHECK_FAILED',
  SUPPRESSED: 'CHECK_FAILED_AND_ACCEPTED',
  UNKNOWN: 'COULD_NOT_BE_EVALUATED',
  PASSED: 'CHECK_PASSED',
} as const satisfies Record<Reported['status'], string>;

const BEST_PRACTICES = 'Software and Configuration Checks/AWS Security Best Practices';
const REGULATORY = 'Software and Configuration Checks/Industry and Regulatory Standards';

/** The classifiers of AWS for standards. The other standards have none. https://docs.aws.amazon.com/securityhub/latest/userguide/asff-findingproviderfields.html */
const classifiers: Readonly<Record<StandardName, string | undefined>> = {
  'CIS AWS 3.0': 'CIS AWS Foundations Benchmark',
  'CIS AWS 5.0': 'CIS AWS Foundations Benchmark',
  'CIS AWS 7.0': 'CIS AWS Foundations Benchmark',
  'AWS FSBP': 'AWS Foundational Security Best Practices',
  'AWS Security Hub': undefined,
  'NIST 800-53 r5': 'NIST 800-53 Controls (USA)',
  'PCI DSS 4.0': 'PCI-DSS',
  'ISO 27001:2022': 'ISO 27001 Controls',
  NIS2: undefined,
};

const standardsOf = ({ standards }: Reported) => Object.entries(standards) as readonly [StandardName, string][];

/** The finding types, in the taxonomy of AWS. */
export function typesOf(finding: Reported): readonly string[] {
  const path = finding.evidence['path'];
  const isEscalation = Array.isArray(path) && path.length > 0;
  const regulatory = standardsOf(finding).flatMap(([name]) => {
    const classifier = classifiers[name];
    return classifier === undefined ? [] : [`${REGULATORY}/${classifier}`];
  });
  const types = [BEST_PRACTICES, ...(isEscalation ? ['TTPs/Privilege Escalation'] : []), ...regulatory];
  return [...new Set(types)].slice(0, limits.types);
}

/** The result of the check, its reason, and the requirements that the check maps to. */
export function complianceOf(finding: Reported): AsffCompliance {
  const requirements = standardsOf(finding).flatMap(([name, controls]) =>
    controls.split(/,\s*/).map((control) => fit(`${name} ${control}`, limits.productFieldValue)),
  );
  const standards = standardsOf(finding).map(([name]) => ({ StandardsId: name }));
  return {
    Status: statuses[finding.status],
    StatusReasons: [{ ReasonCode: reasonCodes[finding.status], Description: fit(finding.message, limits.statusReason) }],
    ...(requirements.length > 0 ? { RelatedRequirements: requirements.slice(0, limits.relatedRequirements) } : {}),
    ...(standards.length > 0 ? { AssociatedStandards: standards } : {}),
  };
}
