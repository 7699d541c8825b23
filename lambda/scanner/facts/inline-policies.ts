import { z } from 'zod';
import { documentSchema } from '../model/policy-document.ts';
import type { InlinePolicy } from './identity.ts';
import { nameIfReadable, partlyReadList } from './lenient.ts';

const inlinePolicySchema = z.object({ PolicyName: nameIfReadable, PolicyDocument: documentSchema });

/**
 * Reads the inline policies of a user, group or role. There, each is identified by its name, or else by its place. `nameless`: those that
 * findings of other scans know by a name which this answer does not tell.
 */
export const inlinePolicyList = (list: string) =>
  partlyReadList(list, inlinePolicySchema).transform(({ items, unread }) => ({
    items: items.map(({ PolicyName, PolicyDocument }, index): InlinePolicy => ({
      name: PolicyName ?? `without a name (${index + 1})`,
      document: PolicyDocument,
    })),
    unread,
    nameless: items.flatMap(({ PolicyName }, index) => (PolicyName === undefined ? `${list}[${index}]: PolicyName` : [])),
  }));
