import { reasonOf } from '../../scanner/collect/failure.ts';
import { type Store, organizationPageKey } from '../../scanner/deliver/store.ts';
import { renderHtml } from '../../scanner/report/html/html.ts';
import { joined } from '../../scanner/report/html/joined.ts';
import { pageOf } from '../../scanner/report/html/left-out.ts';
import { type ShortenedReport, mostOfOrganization, shortened } from '../../scanner/report/html/shortened.ts';
import type { OrganizationPorts } from './ports.ts';

/** What a run has of the accounts: of all, or of these. */
interface Evaluated {
  readonly kept: { readonly shown: Pick<OrganizationPorts['kept']['shown'], 'inBatches'> };
  readonly accounts?: ReadonlySet<string>;
}

/** What the page is about: the account that stands for the organization, and the accounts that were scanned. */
interface PageSubject {
  readonly account: string;
  readonly scanned: readonly string[];
}

/**
 * Stores the most important of all accounts as one page. Only that much is in memory at a time, however many accounts there are. Returns
 * what went wrong.
 */
export async function keepOrganizationPage(
  store: Pick<Store, 'putPage'>,
  evaluations: readonly Evaluated[],
  { account, scanned }: PageSubject,
): Promise<readonly string[]> {
  try {
    let all: ShortenedReport | undefined;
    for (const { kept, accounts } of evaluations)
      for await (const [first, ...others] of kept.shown.inBatches(accounts))
        if (first !== undefined)
          all = shortened(all === undefined ? joined(first, ...others) : joined(all, first, ...others), mostOfOrganization);
    if (all !== undefined) await store.putPage(organizationPageKey, renderHtml({ ...pageOf(all, scanned), account }));
    return [];
  } catch (error) {
    return [`the page of the organization could not be stored in the bucket: ${reasonOf(error)}`];
  }
}
