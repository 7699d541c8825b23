import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Resource Groups: a tag-sync task tags resources with the role.
 * https://docs.aws.amazon.com/servicecatalog/latest/arguide/app-tag-sync.html
 */
export const resourceGroups: readonly PassRoleTechnique[] = [
  {
    id: 'resource-groups-start-tag-sync-task',
    aliases: [],
    title: 'Pass the role to a tag-sync task, which puts a tag that grants access on a resource',
    actions: ['resource-groups:StartTagSyncTask'],
    service: 'resource-groups.amazonaws.com',
    existing: 'a policy that grants admin by a tag',
  },
];
