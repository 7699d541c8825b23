import type { Json } from '../../model/json.ts';
import type { StatementReference } from '../../model/verdict.ts';

/** Statements of policies as evidence: where each stands. */
export const statementEvidence = (statements: readonly StatementReference[]): readonly Json[] =>
  statements.map(({ policy, index, sid }) => ({ policy, index, ...(sid === undefined ? {} : { sid }) }));
