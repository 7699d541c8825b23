import type { Role } from '../../lambda/scanner/facts/identity.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { aRole } from './builders.ts';

/** Condition operators with their keys and values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** A statement of a trust policy that lets the principal in by `sts:AssumeRole`. */
export const letting = (principal: Json, conditions?: Conditions, more: Readonly<Record<string, Json>> = {}): Json => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...(conditions ? { Condition: conditions } : {}),
  ...more,
});

/** A statement that keeps everybody out for whom the conditions hold. */
export const keepingOut = (conditions: Conditions): Json => ({
  Effect: 'Deny',
  Principal: '*',
  Action: '*',
  Condition: conditions,
});

/** A role with a trust policy of these statements. */
export const aTrustingRole = (name: string, statements: readonly Json[], role: Partial<Role> = {}): Role =>
  aRole(name, { trustPolicy: { Version: '2012-10-17', Statement: statements }, ...role });
