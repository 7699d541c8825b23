import { z } from 'zod';
import type { LeftOutSteps } from '../../../lambda/scanner/model/told-path.ts';
import type { ReachEntry, ReachedAccounts } from '../../../lambda/scanner/model/reach.ts';
import type { RolePeople, VerdictWithUsers } from '../../../lambda/scanner/model/role-people.ts';
import {
  type Blocker,
  type StatementReference,
  type Step,
  type VerdictCondition,
  verdicts,
} from '../../../lambda/scanner/model/verdict.ts';
import { type Shape, listOf } from './shape.ts';

const text = z.string();
const verdict = z.enum(verdicts);

const statement = z
  .object({
    policy: text,
    group: text.exactOptional(),
    index: z.number(),
    sid: text.exactOptional(),
  } satisfies Shape<StatementReference>)
  .meta({ id: 'StatementReference' });

const condition = z
  .object({
    key: text,
    controlledBy: z.enum(['caller', 'environment', 'time']),
    text,
  } satisfies Shape<VerdictCondition>)
  .meta({ id: 'VerdictCondition' });

const blocker = z
  .object({
    kind: z.enum(['deny', 'permissions-boundary', 'scp', 'rcp', 'trust']),
    text,
    statement: statement.exactOptional(),
  } satisfies Shape<Blocker>)
  .meta({ id: 'Blocker' });

const step = z
  .object({
    rule: text,
    title: text,
    aliases: listOf(text),
    actions: listOf(text),
    from: text,
    to: text,
    statements: listOf(statement),
  } satisfies Shape<Step>)
  .meta({ id: 'Step' });

const leftOutSteps = { pathSteps: z.number().exactOptional() } satisfies Shape<LeftOutSteps>;

const reach = z
  .object({
    account: text,
    verdict: z.enum(['can-become-admin', 'can-grant-admin', 'conditional']),
    would: z.enum(['can-become-admin', 'can-grant-admin']).exactOptional(),
    conditions: listOf(condition),
    asAdmin: z.boolean(),
    path: listOf(step),
    ...leftOutSteps,
  } satisfies Shape<ReachEntry>)
  .meta({ id: 'ReachEntry' });

const reachedAccounts = z
  .object({ count: z.number(), accounts: listOf(text), ifConditions: z.number() } satisfies Shape<ReachedAccounts>)
  .meta({ id: 'ReachedAccounts' });

const people = z
  .object({
    permissionSet: text,
    groups: listOf(text),
    people: listOf(z.object({ person: text, groups: listOf(text) })),
    unseen: text.exactOptional(),
  } satisfies Shape<RolePeople>)
  .meta({ id: 'RolePeople' });

/** A principal in the list of admins of a report. */
export const principalSchema = z
  .object({
    account: text,
    arn: text,
    type: z.enum(['user', 'role', 'root', 'permission-set']),
    verdict,
    would: verdict.exactOptional(),
    platform: z.boolean(),
    conditions: listOf(condition),
    blockedBy: listOf(blocker),
    path: listOf(step),
    ...leftOutSteps,
    reach: listOf(reach).exactOptional(),
    reachedAccounts: reachedAccounts.exactOptional(),
    people: people.exactOptional(),
    abilities: listOf(text).exactOptional(),
  } satisfies Shape<VerdictWithUsers & { readonly account: string }>)
  .meta({ id: 'VerdictWithUsers' });
