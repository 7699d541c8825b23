import type { CompiledStatement } from '../compile.ts';
import { coverEverything } from './action-coverage.ts';
import { globCovers } from '../glob.ts';
import { services } from '../services.ts';
import { holds } from './allowing-statements.ts';
import { type RequestSetting, plainRequest } from './plain-request.ts';

/** Any resource with an ARN. */
const ANYTHING = 'arn:{partition}:*:*:{account}:*';

const lowered = ({ source: { action } }: CompiledStatement) => ({
  negated: action.negated,
  patterns: action.patterns.map((pattern) => pattern.toLowerCase()),
});

/**
 * The Allow statements that together cover every action on resources that they do not name, however they are written; undefined
 * where they do not. Deny statements are ignored.
 */
export function allowingEverything(
  statements: readonly CompiledStatement[],
  scene: RequestSetting,
): readonly CompiledStatement[] | undefined {
  const request = plainRequest(scene, '*', ANYTHING);
  const broad = statements.filter((statement) => statement.source.effect === 'Allow' && holds(statement, request));
  const resource = { negated: false, patterns: ['*'] };
  return coverEverything(
    broad.map((statement) => ({ id: statement, action: lowered(statement), resource })),
    services,
  );
}

/** Whether one pattern of the statement covers every action of the service. */
export const namesService = ({ source: { action } }: CompiledStatement, service: string): boolean =>
  action.patterns.some((pattern) => coversService(pattern.toLowerCase(), service));

/** Most patterns are ruled out by the text before their first wildcard: the name of another service, or of an action. */
function coversService(pattern: string, service: string): boolean {
  const wild = pattern.search(/[*?]/);
  return wild >= 0 && `${service}:`.startsWith(pattern.slice(0, wild)) && globCovers(pattern, `${service}:?*`);
}
