import { type CheckContext, type Judgement, unknown } from '../../check.ts';
import type { CompiledPolicy } from '../../policy/compile.ts';
import { type TrustSubject, judgeTrust } from './trust-policies.ts';

/** Judges by which callers the role can be assumed. A failure is unknown where an RCP that may prevent it cannot be read. */
export function judgeCallers(
  subject: TrustSubject,
  { account }: Pick<CheckContext, 'account'>,
  judge: (trust: CompiledPolicy) => Judgement,
): Judgement {
  const judgement = judgeTrust(subject, judge);
  const unread = account().rcpLimits.find(({ policies }) => policies === 'unreadable');
  return judgement.status === 'fail' && unread ? unknown(`the RCPs ${unread.name} cannot be read`) : judgement;
}
