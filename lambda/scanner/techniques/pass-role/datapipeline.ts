import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Data Pipeline, closed to new customers:
 * https://docs.aws.amazon.com/datapipeline/latest/DeveloperGuide/what-is-datapipeline.html
 */
export const datapipeline: readonly PassRoleTechnique[] = [
  {
    id: 'datapipeline-create-pipeline',
    aliases: ['datapipeline-001'],
    title: 'Pass the role to a new Data Pipeline pipeline that runs custom commands',
    actions: ['datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition', 'datapipeline:ActivatePipeline'],
    service: 'datapipeline.amazonaws.com',
    retired: true,
  },
];
