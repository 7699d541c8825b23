import type { AsffContent, AsffResource } from './finding.ts';
import { bytesOf, limits } from './limits.ts';

// Room for the times, which are added later, and for the commas between findings.
const RESERVE = 512;

const withoutLists = ({ Details, ...resource }: AsffResource): AsffResource => ({
  ...resource,
  ...(Details
    ? {
        Details: Object.fromEntries(
          Object.entries(Details).map(([type, fields]) => [type, typeof fields === 'object' ? scalarsOf(fields) : fields]),
        ),
      }
    : {}),
});

/** The short fields of the details: names, IDs, dates, numbers. */
const scalarsOf = (fields: object | null) =>
  Object.fromEntries(
    Object.entries(fields ?? {}).filter(
      ([key, value]) => key !== 'AssumeRolePolicyDocument' && (typeof value !== 'object' || value === null),
    ),
  );

const withoutDetails = ({ Type, Id, Partition, Region }: AsffResource): AsffResource => ({ Type, Id, Partition, Region });

const FIELDS_KEPT = 16;

/** The first product fields, which include the fingerprint. */
const firstOf = (fields: AsffContent['ProductFields'] = {}) => Object.fromEntries(Object.entries(fields).slice(0, FIELDS_KEPT));

const least = (content: AsffContent): AsffContent => ({
  ...content,
  Resources: content.Resources.map(withoutDetails),
  ProductFields: firstOf(content.ProductFields),
});

/** Versions of a finding, each with fewer details of the resource than the one before. */
const slimmer: readonly ((content: AsffContent) => AsffContent)[] = [
  (content) => content,
  (content) => ({ ...content, Resources: content.Resources.map(withoutLists) }),
  (content) => ({ ...content, Resources: content.Resources.map(withoutDetails) }),
];

/**
 * The finding in at most 240 KB, with as many details of the resource as fit. The smallest version always fits, because the limits of
 * its texts add up to less. https://docs.aws.amazon.com/securityhub/latest/partnerguide/guidelines-batchimportfindings.html
 */
export function fitSize(content: AsffContent): AsffContent {
  for (const slim of slimmer) {
    const slimmed = slim(content);
    if (bytesOf(slimmed) <= limits.findingBytes - RESERVE) return slimmed;
  }
  return least(content);
}
