import type { Report } from '../../model/report.ts';
import type { AsffContext } from '../asff.ts';
import { pageOfCheck } from '../page-of-check.ts';

/** What a finding says of its check beyond itself: why it matters, and the link to its page, if the configuration has an address. */
export function documentationOf(
  report: Pick<Report, 'docsUrl' | 'tool'>,
  checks: readonly { readonly id: string; readonly rationale?: string }[],
): Pick<AsffContext, 'pageOf' | 'rationaleOf'> {
  const rationales = new Map(checks.map(({ id, rationale }) => [id, rationale]));
  return { rationaleOf: (id) => rationales.get(id), pageOf: pageOfCheck(report) };
}
