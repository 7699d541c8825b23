import { pageTokens } from '../requests/page-tokens.ts';
import { type HubQuery, type SecurityHub, SecurityHubError } from './hub.ts';
import { type Sleep, paced } from './pace.ts';

// Three requests per second, with a hundred findings each. https://docs.aws.amazon.com/securityhub/1.0/APIReference/Welcome.html
const MILLISECONDS_A_READ = 334;

/**
 * Every finding that matches the query, page by page, as Security Hub returns it.
 *
 * @throws SecurityHubError when a call fails, or when the list would never end: its page tokens repeat, or there are too many of them.
 */
export async function* findingsOf(hub: SecurityHub, query: HubQuery, sleep: Sleep): AsyncGenerator {
  const check = pageTokens((message) => new SecurityHubError('failed', `securityhub:GetFindings failed: ${message}`, undefined));
  for (let token: string | undefined; ;) {
    const { findings, next } = await paced(() => hub.read(query, token), MILLISECONDS_A_READ, sleep);
    yield* findings;
    if (next === undefined) return;
    check(next);
    token = next;
  }
}
